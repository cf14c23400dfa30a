/**
 * Limits: how much anybody may ask, counted over all nodes.
 *
 * <p>The edges hold {@link io.parley.limits.Rates}, which a node answers from its own memory and
 * compares with what the others have counted once a second; whoever proves who people are asks
 * {@link io.parley.limits.LimitsApi} before each proof. Nothing true may live here: what is lost is
 * counted anew, and rates go on without the rest of the cluster. Nobody's address or name may reach
 * the store in a form from which it could be read.
 */
@NullMarked
package io.parley.limits;

import org.jspecify.annotations.NullMarked;
