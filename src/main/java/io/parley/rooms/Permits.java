package io.parley.rooms;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.rooms.RoomStore.Locked;
import java.util.EnumSet;
import java.util.Set;

/** Who may change a room, or those in it, as {@link Action} says and the room itself allows. */
final class Permits {
  /** What may be done in an archived room as well. */
  private static final Set<Action> ALWAYS =
      EnumSet.of(Action.REMOVE, Action.BAN, Action.ARCHIVE, Action.DELETE);

  private Permits() {}

  /** Whoever is there stays there, and nobody comes or becomes anything else. */
  static Failure archived() {
    return Failure.of(Reason.READ_ONLY, "this room is archived; nothing in it can be changed");
  }

  /**
   * The place of whoever wants to change a room. Fails FORBIDDEN, READ_ONLY in one that is
   * archived, and as {@link RoomViews#member}.
   */
  static Membership permitted(Locked locked, Action action) {
    Membership actor =
        permitted(locked.room(), RoomViews.member(locked.room(), locked.actor()), action);
    if (locked.room().rules().archived() && !ALWAYS.contains(action)) {
      throw archived();
    }
    return actor;
  }

  /** The same of whoever only looks. Fails FORBIDDEN. */
  static Membership permitted(Room room, Membership actor, Action action) {
    if (room.type() == RoomType.DIRECT) {
      throw Failure.of(Reason.FORBIDDEN, "a direct room is for two people and stays as it is");
    }
    action.require(actor.role());
    return actor;
  }
}
