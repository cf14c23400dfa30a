package io.parley.rooms;

import io.parley.accounts.UserId;
import io.parley.rooms.RoomStore.Change;
import io.parley.rooms.RoomStore.Locked;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.ObjIntConsumer;

/**
 * What is remembered of links into rooms, beside the rooms. Every method is one statement or one
 * transaction; all fail UNAVAILABLE when the store cannot be reached.
 */
public interface InviteStore {

  /**
   * Keeps a new one, and forgets those of its room that are over.
   *
   * @param hash of its token
   * @param rule sees the locked room, with its maker as actor, and how many others there are; what
   *     it throws is what the future fails with
   */
  Future<Void> keep(Invite invite, Buffer hash, ObjIntConsumer<Locked> rule);

  /** Those of a room that are not over, the oldest first. */
  Future<List<Invite>> standing(RoomId room, Instant now);

  /** Forgets one of a room; it is no error that there is none. */
  Future<Void> forget(RoomId room, UUID invite);

  /** That of a token, be it over or not. */
  Future<Optional<Invite>> find(Buffer hash);

  /**
   * Locks the room of an invite, lets the rule decide and does what it says in one transaction: a
   * change is one more use.
   *
   * @param rule sees the locked room, with the guest as subject, and the invite as it is by then,
   *     unless it was taken back; empty uses nothing, and what it throws is what the future fails
   *     with. Fails NOT_FOUND without such a room
   */
  Future<Void> accept(
      Invite invite, UserId guest, BiFunction<Locked, Optional<Invite>, Optional<Change>> rule);
}
