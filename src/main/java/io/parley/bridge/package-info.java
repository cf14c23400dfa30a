/**
 * The socket edge: browsers and programs that speak the Vert.x event-bus bridge protocol over
 * SockJS or a raw WebSocket.
 *
 * <p>{@link io.parley.bridge.Bridge} is the only door; {@code Deployment} makes one for a node and
 * deploys its verticles. Nobody else calls in.
 *
 * <p>What must never happen here: an entry reaches somebody who may not read it; an entry is passed
 * over or shown twice to a socket; one reader makes another wait; memory grows with a peer that
 * does not read; a name that is not in the table of commands reaches the event bus.
 */
@NullMarked
package io.parley.bridge;

import org.jspecify.annotations.NullMarked;
