/**
 * The event bus with types: endpoints and topics, the codec that carries their records, failures.
 *
 * <p>Capabilities declare what may be asked in their {@code *Api}; whoever asks or answers uses
 * {@link io.parley.bus.Bus}. Nothing but this package and the browsers' bridge touches the event
 * bus of Vert.x. It must never happen that a class is chosen by a name from the wire, or that media
 * travel here.
 */
@NullMarked
package io.parley.bus;

import org.jspecify.annotations.NullMarked;
