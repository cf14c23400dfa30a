package io.parley.rooms;

import io.parley.accounts.UserId;
import io.parley.log.Admission;
import io.parley.log.Draft;
import io.parley.log.LogId;
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

  /**
   * A room, and the place of one person in it.
   *
   * @param ban what keeps them out, where there is one and it was asked for
   */
  record Found(Room room, Optional<Membership> membership, Optional<Ban> ban) {}

  /**
   * What a rule decided while the room was locked.
   *
   * @param come places that are new
   * @param changed places whose role is another
   * @param gone who has none any more
   * @param face the room with its name, description and rules, where one of them is another
   * @param sanctions what is to be remembered against people, or forgotten
   * @param owed the entries that say so
   */
  record Change(
      List<Membership> come,
      List<Membership> changed,
      List<UserId> gone,
      Optional<Room> face,
      List<Sanction> sanctions,
      List<Owed> owed) {

    /** Some people come. */
    public static Change coming(List<Membership> come, List<Owed> owed) {
      return new Change(come, List.of(), List.of(), Optional.empty(), List.of(), owed);
    }

    /** Somebody goes. */
    static Change going(UserId gone, List<Owed> owed) {
      return new Change(List.of(), List.of(), List.of(gone), Optional.empty(), List.of(), owed);
    }

    /** Somebody becomes something else. */
    static Change becoming(Membership changed, Owed owed) {
      return new Change(
          List.of(), List.of(changed), List.of(), Optional.empty(), List.of(), List.of(owed));
    }

    /** The room gets another face. */
    static Change appearing(Room face, List<Owed> owed) {
      return new Change(List.of(), List.of(), List.of(), Optional.of(face), List.of(), owed);
    }

    /** Nothing but an entry says so. */
    static Change told(Owed owed) {
      return coming(List.of(), List.of(owed));
    }

    /** The same, and something is remembered against somebody. */
    Change with(Sanction sanction) {
      return new Change(come, changed, gone, face, List.of(sanction), owed);
    }

    /** That of its newest entry. */
    public long version() {
      return owed.stream()
          .flatMap(entry -> entry.draft().change().stream())
          .mapToLong(Draft.Change::version)
          .max()
          .orElse(0);
    }
  }

  /** An entry that belongs into a log. */
  record Owed(LogId log, Draft draft) {}

  /** Where a page of members, or of bans, begins: by when they came, or were banned. */
  record MemberPosition(Instant joinedAt, UserId user) {}

  /**
   * Makes a room with its first members and the entries that say so. Fails ALREADY_EXISTS when a
   * public room of that name stands, or a direct room of that pair.
   */
  Future<Void> create(Room room, Change change);

  /**
   * Locks a room, lets the rule decide and does what it says, in one transaction; the room's
   * version becomes that of the newest entry.
   *
   * @param subject whose place the rule wants to see beside that of the actor
   * @param rule sees the locked state; empty changes nothing; what it throws is what the future
   *     fails with. Fails NOT_FOUND without such a room, ALREADY_EXISTS when another public room
   *     has the name that this one is given
   */
  Future<Void> change(
      RoomId room, UserId actor, UserId subject, Function<Locked, Optional<Change>> rule);

  /**
   * What a rule sees.
   *
   * @param lastOwner whether the subject owns the room, and nobody else does
   * @param ban what keeps the subject out
   * @param mutedUntil when the subject may write again, of somebody who has no place now
   */
  record Locked(
      Room room,
      Optional<Membership> actor,
      Optional<Membership> subject,
      boolean lastOwner,
      Optional<Ban> ban,
      Optional<Instant> mutedUntil) {}

  /**
   * What a rule decided on the end of a room.
   *
   * @param last what its log is owed
   * @param told what the log of each member is owed
   */
  record Ending(Owed last, Function<UserId, Owed> told) {}

  /**
   * Locks a room and, if the rule says how, forgets it with all that is remembered of it, in one
   * transaction: what logs are owed is all that is left, and its name is free. Completes with those
   * who were its members. Fails NOT_FOUND without such a room, and with what the rule throws.
   */
  Future<List<UserId>> end(RoomId room, UserId actor, Function<Locked, Ending> rule);

  /** A room as somebody sees it, and what keeps them out of it. */
  Future<Optional<Found>> find(RoomId room, UserId viewer);

  /** The direct room of a pair. */
  Future<Optional<RoomId>> findDirect(Pair pair);

  /** The public room of a name. */
  Future<Optional<RoomId>> findPublic(RoomName name);

  /** The rooms somebody is in, the latest joined first. */
  Future<List<Found>> ofMember(UserId user, int limit);

  /** Public rooms that one could join by name, after a name's key: those that are not archived. */
  Future<List<Found>> discover(UserId viewer, String part, String afterKey, int limit);

  /** Members, longest first. */
  Future<List<Membership>> members(RoomId room, Optional<MemberPosition> after, int limit);

  /** Bans of a room that have not ended, oldest first, by when they were made. */
  Future<List<Ban>> bans(RoomId room, Optional<MemberPosition> after, int limit);

  /** What these people may do, and what holds for all; everybody gets an answer. */
  Future<Admission.Known> standings(RoomId room, List<UserId> users);

  /** What somebody has asked for who wants to be let into these rooms. */
  Future<Map<RoomId, RequestsApi.Asked>> asked(UserId user, List<RoomId> rooms);

  /** How many ask to be let into these rooms; nothing of those where nobody has to. */
  Future<Map<RoomId, Integer>> requests(List<RoomId> rooms);

  /** Some of those in a room who have one of these roles. */
  Future<List<UserId>> holders(RoomId room, List<Role> roles, int limit);

  /** How many members a room has, none if there is no such room. */
  Future<Integer> memberCount(RoomId room);

  Future<Boolean> welcomed(UserId user);

  Future<Void> markWelcomed(UserId user, Instant at);
}
