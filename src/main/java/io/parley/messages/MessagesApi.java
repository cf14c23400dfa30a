package io.parley.messages;

import io.parley.accounts.UserId;
import io.parley.bus.Contract;
import io.parley.bus.Endpoint;
import io.parley.log.LogApi;
import io.parley.log.PicksApi;
import io.parley.log.ThreadsApi;
import io.parley.rooms.RoomId;
import java.util.List;
import java.util.Optional;

/**
 * What may be asked of messages. Posting is not here: {@link Posts} makes the entry and {@code
 * LogClient} takes it to the owner of the room, without a hop between.
 */
public interface MessagesApi {

  /** Visible entries around a position, for a member. Fails NOT_FOUND, NOT_MEMBER, INVALID. */
  Endpoint<History, LogApi.HistoryPage> HISTORY =
      new Endpoint<>("messages.history", History.class, LogApi.HistoryPage.class);

  /**
   * All entries after a cursor, edits and deletes included, for a member. Fails NOT_FOUND,
   * NOT_MEMBER, INVALID.
   */
  Endpoint<Sync, LogApi.Page> SYNC = new Endpoint<>("messages.sync", Sync.class, LogApi.Page.class);

  /**
   * Messages at some places in their current state, for a member. Fails NOT_FOUND, NOT_MEMBER,
   * INVALID.
   */
  Endpoint<Get, PicksApi.Picked> GET =
      new Endpoint<>("messages.get", Get.class, PicksApi.Picked.class);

  /** The pinned messages of a room, the newest pin first, for a member. Fails as above. */
  Endpoint<Pins, PicksApi.Picked> PINS =
      new Endpoint<>("messages.pins", Pins.class, PicksApi.Picked.class);

  /**
   * All that a message has said, as entries, for a member. Fails NOT_FOUND also for a message of
   * which nothing is left.
   */
  Endpoint<Revisions, PicksApi.Picked> REVISIONS =
      new Endpoint<>("messages.revisions", Revisions.class, PicksApi.Picked.class);

  /**
   * The first message of a thread and others of it around a position, for a member. Fails
   * NOT_FOUND, NOT_MEMBER, INVALID.
   */
  Endpoint<Unfold, ThreadsApi.Unfolded> THREAD =
      new Endpoint<>("messages.thread", Unfold.class, ThreadsApi.Unfolded.class);

  Contract CONTRACT = Contract.of(MessagesApi.class);

  record History(
      UserId user,
      RoomId room,
      Optional<Long> before,
      Optional<Long> after,
      Optional<Long> around,
      int limit) {}

  /**
   * @param root the place of the first message
   */
  record Unfold(
      UserId user,
      RoomId room,
      long root,
      Optional<Long> before,
      Optional<Long> after,
      Optional<Long> around,
      int limit) {}

  record Sync(UserId user, RoomId room, String cursor, int limit) {}

  record Get(UserId user, RoomId room, List<Long> seqs) {}

  /**
   * @param before the place of a pin: only older ones
   */
  record Pins(UserId user, RoomId room, Optional<Long> before) {}

  /**
   * @param after the place of an edit: only later ones; 0 for all
   */
  record Revisions(UserId user, RoomId room, long target, long after) {}
}
