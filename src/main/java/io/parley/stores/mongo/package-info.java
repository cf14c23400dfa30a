/**
 * Logs in MongoDB, for servers whose writes outgrow one PostgreSQL.
 *
 * <p>Used through {@code LogStore} only, and wired by the deployment. A write must never count
 * before the majority of the replica set has it in its journal, and no read that decides something
 * may see less.
 */
@NullMarked
package io.parley.stores.mongo;

import org.jspecify.annotations.NullMarked;
