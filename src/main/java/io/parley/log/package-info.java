/**
 * The logs: ordered, durable, gapless sequences of entries, one for each room and each user, and
 * the owners that write them.
 *
 * <p>Everybody may ask through {@link io.parley.log.LogApi}, best by {@link
 * io.parley.log.LogClient}. Nothing here knows what a room is; who may append is asked of {@link
 * io.parley.log.Admission}. Never may an entry be acknowledged or delivered before the store has
 * committed it, and never may the outcome of a write be guessed.
 */
@NullMarked
package io.parley.log;

import org.jspecify.annotations.NullMarked;
