/**
 * The proof by trial: people who talk, listen, are cut off and are removed, and whose histories are
 * then checked against the logs.
 *
 * <p>Called by the command line and by tests. It is a client like any other, and everything of a
 * run happens on one event loop, so that one clock and one order of events hold for all of it. It
 * must never happen that a client repairs or hides what the server got wrong: it writes down what
 * came, as it came.
 */
@NullMarked
package io.parley.cli.verify;

import org.jspecify.annotations.NullMarked;
