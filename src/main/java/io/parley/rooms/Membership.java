package io.parley.rooms;

import io.parley.accounts.UserId;
import java.time.Instant;

/**
 * Somebody's place in a room, as it is remembered.
 *
 * @param since the first position of the log they may read, 0 for all
 * @param version of the room when this last changed
 * @param marker what they have read, at their join entry to begin with
 */
public record Membership(
    RoomId room,
    UserId user,
    Role role,
    Instant joinedAt,
    long since,
    long version,
    Marker marker) {

  /** The same place with another role, from a version of the room on. */
  Membership as(Role other, long changed) {
    return new Membership(room, user, other, joinedAt, since, changed, marker);
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
