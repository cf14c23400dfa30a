/**
 * Accounts: who somebody is, how they prove it, and for how long they are believed.
 *
 * <p>Others ask through {@link io.parley.accounts.AccountsApi}; the edges hold an {@link
 * io.parley.accounts.Authenticator}. No password and no token may ever reach a log, an error text
 * or a store in the clear, and no password is hashed on an event loop.
 */
@NullMarked
package io.parley.accounts;

import org.jspecify.annotations.NullMarked;
