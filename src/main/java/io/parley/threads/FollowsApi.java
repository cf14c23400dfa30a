package io.parley.threads;

import io.parley.accounts.UserId;
import io.parley.bus.Contract;
import io.parley.bus.Endpoint;
import io.parley.log.LogApi;
import io.parley.rooms.ReadersApi;
import io.parley.rooms.RoomId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What may be asked of the threads that somebody follows. Who began a thread, who writes in it and
 * who is mentioned there follows it unasked, a moment later; who has said that they do not want to
 * is left alone until they write there again.
 */
public interface FollowsApi {

  /**
   * How many threads of a room somebody follows at most. With one more, the one in which nothing
   * has been said for longest is let go.
   */
  int MOST = 500;

  /**
   * Follows a thread from now on: nothing of it is unread. Doing so twice is no error, and moves no
   * marker. Fails NOT_FOUND where no message stands that may have a thread, NOT_MEMBER.
   */
  Endpoint<Follow, Followed> FOLLOW =
      new Endpoint<>("follows.follow", Follow.class, Followed.class);

  /**
   * Follows it no more, and is not made to by mentions; also for who does not follow yet. Fails as
   * above.
   */
  Endpoint<Unfollow, Followed> UNFOLLOW =
      new Endpoint<>("follows.unfollow", Unfollow.class, Followed.class);

  /**
   * Says how far somebody has read a thread. Only moves forward, never past its newest message; of
   * a thread that is not followed nothing is remembered. Fails as above.
   */
  Endpoint<Read, Followed> READ = new Endpoint<>("follows.read", Read.class, Followed.class);

  /** How a thread stands for somebody. Fails as above. */
  Endpoint<Look, Followed> LOOK = new Endpoint<>("follows.look", Look.class, Followed.class);

  /**
   * The threads that somebody follows in rooms they are in, those first in which something was said
   * last; paged. Fails INVALID for what is no cursor.
   */
  Endpoint<ListFollowed, FollowedPage> LIST =
      new Endpoint<>("follows.list", ListFollowed.class, FollowedPage.class);

  /**
   * What stands behind the badge of a thread: the messages of others after the caller's marker,
   * oldest first, paged, and which of them mention the caller. Of a thread that is not followed
   * there is nothing. Fails as above.
   */
  Endpoint<Explain, ReadersApi.Explained> EXPLAIN =
      new Endpoint<>("follows.explain", Explain.class, ReadersApi.Explained.class);

  Contract CONTRACT = Contract.of(FollowsApi.class);

  record Follow(UserId user, ThreadId thread) {}

  record Unfollow(UserId user, ThreadId thread) {}

  record Read(UserId user, ThreadId thread, long seq) {}

  record Look(UserId user, ThreadId thread) {}

  /**
   * @param room those of one room only
   * @param unread only those in which something is unread; a page of these may be short
   * @param after the {@code next} of the page before
   */
  record ListFollowed(
      UserId user, Optional<RoomId> room, boolean unread, Optional<String> after, int limit) {}

  /**
   * @param after where the page before ended
   */
  record Explain(UserId user, ThreadId thread, Optional<Long> after, int limit) {}

  /**
   * A thread as it stands for somebody. What is unread is counted from the log: {@code replies}
   * less {@code n}, less what they wrote after their marker.
   *
   * @param read where their marker stands: at the first message to begin with
   * @param n how many messages stand up to there
   * @param replies how many there are; deleted ones count
   * @param last the place of the newest, or of the first message where there is none
   * @param at when that was written
   * @param unread messages of others after the marker, none for who does not follow
   * @param mentions how many of them mention the caller, or everybody
   */
  record Followed(
      RoomId room,
      long thread,
      boolean following,
      long read,
      long n,
      long replies,
      long last,
      Instant at,
      long unread,
      long mentions) {}

  /**
   * @param roots the first messages of these threads, as far as they had room
   */
  record FollowedPage(List<Followed> threads, List<LogApi.Encoded> roots, Optional<String> next) {}
}
