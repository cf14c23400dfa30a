package io.parley.messages;

import io.parley.accounts.UserId;
import io.parley.bus.Contract;
import io.parley.bus.Endpoint;
import io.parley.log.LogApi;
import io.parley.rooms.RoomId;
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

  Contract CONTRACT = Contract.of(MessagesApi.class);

  record History(
      UserId user,
      RoomId room,
      Optional<Long> before,
      Optional<Long> after,
      Optional<Long> around,
      int limit) {}

  record Sync(UserId user, RoomId room, String cursor, int limit) {}
}
