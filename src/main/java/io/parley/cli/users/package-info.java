/**
 * Accounts at the command line, for whoever may reach the stores of a server: the first admin is
 * made here.
 *
 * <p>Everything is decided by the classes that decide it on a node; {@link
 * io.parley.cli.users.Desk} puts them together beside the stores. It must never happen that a
 * password is taken from an argument, where other users of the machine see it, or printed; nor that
 * anything is done that the audit log does not tell of.
 */
@NullMarked
package io.parley.cli.users;

import org.jspecify.annotations.NullMarked;
