package io.parley.threads;

import io.parley.accounts.UserId;
import io.parley.rooms.RoomId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered of who follows which thread. Nothing is remembered of who is not a member of
 * the room, and all is forgotten when a membership ends. All fail UNAVAILABLE when the store cannot
 * be reached.
 */
public interface FollowStore {

  /**
   * A position read up to.
   *
   * @param n messages of the thread up to there
   */
  record Marker(long seq, long n) {}

  /** What is remembered of somebody and a thread. */
  record Following(ThreadId thread, UserId user, boolean following, Marker marker) {}

  /**
   * What was said last in a thread.
   *
   * @param seq its place
   * @param at epoch milliseconds
   */
  record Activity(ThreadId thread, long seq, long at) {}

  /**
   * Why somebody is to follow a thread.
   *
   * @param seq the place of the message that is the reason
   * @param at epoch milliseconds of it
   * @param own whether they wrote it, which brings back who did not want to follow
   * @param from where their marker begins
   */
  record Cause(ThreadId thread, UserId user, long seq, long at, boolean own, Marker from) {}

  /**
   * Where a page of threads begins.
   *
   * @param at epoch milliseconds of what was said last in the thread before
   */
  record Position(long at, ThreadId thread) {}

  /** A thread in a list. */
  record Listed(Following following, Position position) {}

  /**
   * Takes note of what was said, which changes nothing where something newer is known, and lets
   * those follow who have a reason and are members of the room since before it, by their places, or
   * by time where that of their entry is not known: who follows stays as they are, and so does who
   * does not want to, but for what they wrote after they said so. Of each person and room the
   * {@link FollowsApi#MOST} liveliest threads are kept. May be done twice.
   */
  Future<Void> take(List<Activity> said, List<Cause> causes);

  /**
   * Since when threads can be followed, in epoch milliseconds; never changes. What was said before
   * is news to nobody.
   */
  Future<Long> since();

  /** Those in whose badge these threads are, so many of each at most. */
  Future<List<Following>> followers(List<ThreadId> threads, int most);

  Future<Optional<Following>> find(ThreadId thread, UserId user);

  /**
   * Makes somebody follow a thread from a marker on, unless they do. Keeps the liveliest as above,
   * and this one whether it is among them or not.
   *
   * @return what they follow no more for it
   */
  Future<List<ThreadId>> follow(Activity said, UserId user, Marker from);

  /** Remembers that somebody does not want to follow, whatever was said up to a marker. */
  Future<Void> unfollow(ThreadId thread, UserId user, Marker upTo);

  /**
   * Moves a marker forward; writes nothing where it stands there already, or further, or for who
   * does not follow. Completes with whether it moved.
   */
  Future<Boolean> advance(ThreadId thread, UserId user, Marker to);

  /**
   * The threads that somebody follows and may read, the liveliest first.
   *
   * @param unread only those in which something was said after the marker
   */
  Future<List<Listed>> list(
      UserId user, Optional<RoomId> room, boolean unread, Optional<Position> after, int limit);
}
