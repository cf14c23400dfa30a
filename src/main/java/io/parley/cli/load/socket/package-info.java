/**
 * WebSockets by the thousand at the lowest cost: what comes is counted and searched where it lies,
 * and nothing is made of it that nobody asked for.
 *
 * <p>For tools that share a machine with the server they measure. It must never happen that a frame
 * costs an object, or that bytes are kept beyond the call that shows them.
 */
@NullMarked
package io.parley.cli.load.socket;

import org.jspecify.annotations.NullMarked;
