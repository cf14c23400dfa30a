/**
 * What the tools that play clients share: REST calls, people who sign up, and the frames of a raw
 * socket.
 *
 * <p>Called by the tools of the command line. It knows of the server only what is documented for
 * everybody; it must never happen that a tool gets at something that another client could not.
 */
@NullMarked
package io.parley.cli.client;

import org.jspecify.annotations.NullMarked;
