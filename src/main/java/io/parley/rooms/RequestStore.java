package io.parley.rooms;

import io.parley.accounts.UserId;
import io.parley.rooms.RoomStore.Change;
import io.parley.rooms.RoomStore.Locked;
import io.parley.rooms.RoomStore.MemberPosition;
import io.parley.rooms.RoomStore.Owed;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is remembered of those who ask to be let into rooms. Every method is one statement or one
 * transaction; all fail UNAVAILABLE when the store cannot be reached. A request that has ended is
 * as one that never was.
 */
public interface RequestStore {

  /**
   * What somebody has asked for.
   *
   * @param until when it ends; of one that was refused, when they may ask again
   */
  record Request(
      RoomId room, UserId user, String note, Instant at, Instant until, boolean refused) {}

  /**
   * What a rule sees.
   *
   * @param request that of the subject
   * @param ofRoom how many others stand for the room
   * @param ofPerson how many others the subject has elsewhere
   */
  record Seen(Locked locked, Optional<Request> request, int ofRoom, int ofPerson) {}

  /**
   * What a rule decided.
   *
   * @param change how the subject comes in, if they do
   * @param kept what is remembered of the request from now on, if anything is
   * @param told what the log of the subject is owed
   */
  record Outcome(Optional<Change> change, Optional<Request> kept, Optional<Owed> told) {}

  /**
   * Locks a room, lets the rule decide on the request of the subject and does what it says, in one
   * transaction. What one person asks for at once is decided one after the other.
   *
   * @param rule empty changes nothing, and what it throws is what the future fails with. Fails
   *     NOT_FOUND without such a room
   */
  Future<Void> decide(
      RoomId room,
      UserId actor,
      UserId subject,
      Instant now,
      Function<Seen, Optional<Outcome>> rule);

  /** Those that stand for a room, the first to ask first; none while nobody has to ask there. */
  Future<List<Request>> standing(
      RoomId room, Optional<MemberPosition> after, Instant now, int limit);

  /** Those of somebody, the newest first, refused ones included. */
  Future<List<Request>> of(UserId user, Instant now, int limit);
}
