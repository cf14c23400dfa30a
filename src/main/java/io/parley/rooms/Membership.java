package io.parley.rooms;

import io.parley.accounts.UserId;
import io.parley.log.Standing;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody's place in a room, as it is remembered.
 *
 * @param since the first position of the log they may read, 0 for all, or {@link Standing#ENTRANCE}
 *     until it is known
 * @param version of the room when this last changed
 * @param marker what they have read, at their join entry to begin with
 * @param mutedUntil when they may write again; absent if they may
 * @param reading what else is remembered of how they read
 */
public record Membership(
    RoomId room,
    UserId user,
    Role role,
    Instant joinedAt,
    long since,
    long version,
    Marker marker,
    Optional<Instant> mutedUntil,
    Reading reading) {

  /** The place of somebody who is not muted, and has read up to a marker. */
  public Membership(
      RoomId room,
      UserId user,
      Role role,
      Instant joinedAt,
      long since,
      long version,
      Marker marker) {
    this(room, user, role, joinedAt, since, version, marker, Optional.empty(), Reading.NEW);
  }

  /** The same place with another role, from a version of the room on. */
  Membership as(Role other, long changed) {
    return new Membership(room, user, other, joinedAt, since, changed, marker, mutedUntil, reading);
  }

  /** The same place, muted or not any more, from a version of the room on. */
  Membership muted(Optional<Instant> until, long changed) {
    return new Membership(room, user, role, joinedAt, since, changed, marker, until, reading);
  }

  /** What somebody there may do, in a room of this type. */
  Standing standing(RoomType type) {
    return role.standing(type, since, version, mutedUntil);
  }

  /** Whether it is known from where on they may read. */
  boolean placed() {
    return since != Standing.ENTRANCE;
  }

  /** The last position before what they may read, or have read. */
  long behind() {
    return Math.max(marker.seq(), since - 1);
  }

  /** The same place with the marker elsewhere. */
  Membership read(Marker to, long marks) {
    Reading now = new Reading(reading.joined(), marks, reading.settings());
    return new Membership(room, user, role, joinedAt, since, version, to, mutedUntil, now);
  }

  ReaderStore.Reader reader() {
    return new ReaderStore.Reader(room, user);
  }

  /** How far back the marker may go: to the entry with which they came, as far as that is known. */
  Marker floor() {
    return reading.joined().seq() > 0 ? reading.joined() : marker;
  }

  /**
   * How somebody reads a room.
   *
   * @param joined the entry with which they came, or {@link Marker#START} where nobody noted it
   * @param marks how often they have marked the room unread
   * @param settings how they want to have it
   */
  public record Reading(Marker joined, long marks, Settings settings) {
    static final Reading NEW = new Reading(Marker.START, 0, Settings.USUAL);
  }

  /**
   * A position read up to.
   *
   * @param n countable messages up to there
   */
  public record Marker(long seq, long n) {
    /** Before anything. */
    public static final Marker START = new Marker(0, 0);
  }
}
