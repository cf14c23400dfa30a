/**
 * The commands of clients: one closed table from a name to a typed question.
 *
 * <p>REST and the socket bridge both run what is in it, so that a command means the same over
 * either; they bring the checked identity and pass on the answer. A command reads its arguments,
 * asks the capability and shapes the answer. It must never hold a rule of a capability, nor trust
 * anything that a client says about itself.
 */
@NullMarked
package io.parley.commands;

import org.jspecify.annotations.NullMarked;
