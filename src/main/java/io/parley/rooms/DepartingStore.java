package io.parley.rooms;

import io.parley.accounts.UserId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** What is remembered of rooms that somebody leaves for good. */
public interface DepartingStore {

  /** Rooms somebody is in, other than direct ones, in no particular order. */
  Future<List<RoomId>> groups(UserId user, int limit);

  /** Direct rooms somebody is in, by their ids. */
  Future<List<RoomId>> directs(UserId user, RoomId after, int limit);

  /**
   * Forgets what stands against somebody in rooms, and what they have asked for, since they never
   * come again. Completes with the rooms that they had asked to be let into.
   */
  Future<List<RoomId>> forget(UserId user);

  /** Who owns a room next: of the others the highest in role, and of these the longest there. */
  Future<Optional<UserId>> heir(RoomId room, UserId except);
}
