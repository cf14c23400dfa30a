/**
 * Finding messages: an index beside the logs, and what may be looked for in it.
 *
 * <p>Everybody may ask through {@link io.parley.search.SearchApi}. The index follows the logs
 * ({@link io.parley.log.Follower}) and can be made anew from them at any time; it says where
 * something may be found, and what is shown comes from the log. It must never happen that somebody
 * finds what they may not read, nor that words stay here that were deleted there.
 */
@NullMarked
package io.parley.search;

import org.jspecify.annotations.NullMarked;
