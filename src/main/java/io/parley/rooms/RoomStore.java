package io.parley.rooms;

import io.parley.accounts.UserId;
import io.parley.log.Draft;
import io.parley.log.LogId;
import io.parley.log.Standing;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is remembered of rooms. Every method is one statement or one transaction on the primary; all
 * fail UNAVAILABLE when the store cannot be reached.
 */
public interface RoomStore {

  /** A room, and the place of one person in it. */
  record Found(Room room, Optional<Membership> membership) {}

  /**
   * What a rule decided while the room was locked: the places that change, and the entries that say
   * so.
   */
  record Change(List<Membership> seats, List<UserId> removed, List<Owed> owed) {}

  /** An entry that belongs into a log. */
  record Owed(LogId log, Draft draft) {}

  /** One page of members, longest first. */
  record MemberPosition(Instant joinedAt, UserId user) {}

  /**
   * Makes a room with its first members and the entries that say so. Fails ALREADY_EXISTS when a
   * public room of that name stands, or a direct room of that pair.
   */
  Future<Void> create(Room room, Change change);

  /**
   * Locks a room, lets the rule decide and does what it says, in one transaction; the room's
   * version becomes that of the newest seat or entry.
   *
   * @param subject whose place the rule wants to see beside that of the actor
   * @param rule sees the locked state; empty changes nothing; what it throws is what the future
   *     fails with. Fails NOT_FOUND without such a room
   */
  Future<Void> change(
      RoomId room, UserId actor, UserId subject, Function<Locked, Optional<Change>> rule);

  /** What a rule sees. */
  record Locked(Room room, Optional<Membership> actor, Optional<Membership> subject) {}

  Future<Optional<Found>> find(RoomId room, UserId viewer);

  /** The direct room of a pair. */
  Future<Optional<RoomId>> findDirect(Pair pair);

  /** The public room of a name. */
  Future<Optional<RoomId>> findPublic(RoomName name);

  /** The rooms somebody is in, the latest joined first. */
  Future<List<Found>> ofMember(UserId user, int limit);

  /** Public rooms by name, after a name's key. */
  Future<List<Found>> discover(UserId viewer, String part, String afterKey, int limit);

  /** Members, longest first. */
  Future<List<Membership>> members(RoomId room, Optional<MemberPosition> after, int limit);

  /** What these people may do; everybody gets an answer. */
  Future<Map<UserId, Standing>> standings(RoomId room, List<UserId> users);

  /** How many members a room has, none if there is no such room. */
  Future<Integer> memberCount(RoomId room);

  Future<Boolean> welcomed(UserId user);

  Future<Void> markWelcomed(UserId user, Instant at);
}
