package io.parley.rooms;

import io.parley.accounts.UserId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is remembered of who reads which room, and how far. Every method is one statement on the
 * primary; all fail UNAVAILABLE when the store cannot be reached.
 */
public interface ReaderStore {

  /** Somebody in a room. */
  record Reader(RoomId room, UserId user) {}

  /**
   * Something has come to a device.
   *
   * @param seq up to where
   */
  record Arrival(Reader reader, long seq) {}

  /** What an arrival comes to. */
  enum Met {
    /** The marker moved. */
    MOVED,
    /** It stood there already, or further. */
    STOOD,
    /** They are not in this room, which everybody may know of. */
    STRANGER,
    /** They are not in this room, if there is one. */
    HIDDEN
  }

  /**
   * How far a member is, at the furthest.
   *
   * @param delivered what has come to a device of theirs
   * @param read what they have read; marking it unread takes nothing back
   * @param since the entry with which they came, 0 where nobody noted it
   */
  record Receipt(Reader reader, long delivered, long read, long since) {}

  /**
   * Moves a member's marker forward; writes nothing when it stands there already, or further, when
   * the room was marked unread more often than that, or when there is no such member. Completes
   * with whether it moved.
   */
  Future<Boolean> advance(Reader reader, Membership.Marker to, long marks);

  /**
   * Moves a member's marker back, and keeps how far it was. Writes nothing when it stands there
   * already, or before. Completes with how often the room was marked unread by now; empty when
   * nothing moved.
   */
  Future<Optional<Long>> setBack(Reader reader, Membership.Marker to);

  /**
   * Moves what has come to people's devices forward, each reader once; never back. Completes with
   * what came of each, in the order asked.
   */
  Future<List<Met>> arrive(List<Arrival> arrivals);

  /**
   * How far these readers are: without those in rooms that have more than so many members, and
   * without direct rooms that are closed, where neither learns of the other.
   */
  Future<List<Receipt>> receipts(List<Reader> readers, int maxMembers);

  /** How far all members of these rooms are, likewise. */
  Future<Map<RoomId, List<Receipt>>> everybody(List<RoomId> rooms, int maxMembers);

  /** The members of these rooms, without the rooms that have more than so many. */
  Future<Map<RoomId, List<UserId>>> readers(List<RoomId> rooms, int maxMembers);
}
