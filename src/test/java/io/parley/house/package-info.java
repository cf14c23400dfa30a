/**
 * The house rules as tests: how the code looks, what may see what, and that the written contracts
 * say what the code does.
 *
 * <p>Each rule names the breach and the place. What may break a rule is listed in {@link
 * io.parley.house.Exemptions} with the reason; that list can only shrink, since an entry that is
 * needed no more fails, too.
 */
package io.parley.house;
