/**
 * What Parley keeps in Redis, and how it gets there.
 *
 * <p>Used by the capabilities whose stores these are, and wired by the deployment. Nothing true may
 * live only here: its loss must degrade, say so, and heal by itself.
 */
@NullMarked
package io.parley.stores.redis;

import org.jspecify.annotations.NullMarked;
