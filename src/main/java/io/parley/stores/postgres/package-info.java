/**
 * What Parley remembers in PostgreSQL: one class for each capability's store, one method for each
 * statement or transaction.
 *
 * <p>Only the wiring and the command line know this package. It must never happen that a statement
 * is put together from what somebody typed, or that a write is reported before its commit.
 */
@NullMarked
package io.parley.stores.postgres;

import org.jspecify.annotations.NullMarked;
