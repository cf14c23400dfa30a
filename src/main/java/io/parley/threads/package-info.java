/**
 * Threads: who follows them, and how far they have read.
 *
 * <p>What stands in a thread is in the room's log, and what is unread there is counted from it,
 * each time. Remembered is only who follows and where their markers stand; a follower of the logs
 * makes those follow who take part. Others ask through {@link io.parley.threads.FollowsApi}. It
 * must never happen that something is told of a room in which one is not.
 */
@NullMarked
package io.parley.threads;

import org.jspecify.annotations.NullMarked;
