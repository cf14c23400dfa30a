package io.parley.rooms;

import io.parley.accounts.UserId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/**
 * What is remembered of who reads which room, and how far. Every method is one statement on the
 * primary; all fail UNAVAILABLE when the store cannot be reached.
 */
public interface ReaderStore {

  /**
   * Moves a member's marker forward; writes nothing when it stands there already, or further, or
   * when there is no such member. Completes with whether it moved.
   */
  Future<Boolean> advance(RoomId room, UserId user, Membership.Marker to);

  /** The members of these rooms, without the rooms that have more than so many. */
  Future<Map<RoomId, List<UserId>>> readers(List<RoomId> rooms, int maxMembers);
}
