/**
 * The load tool: people who talk at a given rate, and what that costs the server.
 *
 * <p>It is a client like any other: REST to sign up, sockets to talk. It must never happen that it
 * measures from the moment a late message was sent instead of the moment it was due.
 */
@NullMarked
package io.parley.cli.load;

import org.jspecify.annotations.NullMarked;
