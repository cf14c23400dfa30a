/**
 * Messages: what people write, and reading it back.
 *
 * <p>A message is an entry of its room's log; {@link io.parley.messages.Posts} makes it, and the
 * owner of the log gives it its place. Reading is answered here, after asking whether the reader is
 * a member. It must never happen that somebody reads what was written before they were allowed to.
 */
@NullMarked
package io.parley.messages;

import org.jspecify.annotations.NullMarked;
