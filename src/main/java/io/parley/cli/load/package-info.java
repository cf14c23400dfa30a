/**
 * The load tool: many people at once, and what that costs the server.
 *
 * <p>It is a client like any other: REST to sign up, sockets to talk; only minting reaches around
 * the front door. It must never happen that it measures from the moment a late message was sent
 * instead of the moment it was due, or that a frame costs it more than reading it off the
 * connection.
 */
@NullMarked
package io.parley.cli.load;

import org.jspecify.annotations.NullMarked;
