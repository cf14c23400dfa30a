/**
 * The command line: what an operator can ask of this program.
 *
 * <p>Called by {@code Main} only. It is the one place that blocks, prints and ends the process; it
 * prepares the configuration and the stores, and hands them to what runs a node. Whatever goes
 * wrong must end in one line that says what to do, with exit code 1, or 2 when the command or the
 * configuration is at fault; a secret must never be printed.
 */
@NullMarked
package io.parley.cli;

import org.jspecify.annotations.NullMarked;
