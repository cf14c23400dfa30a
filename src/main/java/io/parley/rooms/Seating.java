package io.parley.rooms;

import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.Standing;
import io.parley.rooms.Membership.Marker;
import io.parley.rooms.RoomStore.Change;
import io.parley.rooms.RoomStore.Locked;
import io.parley.rooms.RoomsApi.Caller;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** How somebody gets a place in a room, once it is settled that they may. */
final class Seating {
  private final Entries entries;
  private final Clock clock;
  private final int maxMembers;

  Seating(Entries entries, Clock clock, int maxMembers) {
    this.entries = entries;
    this.clock = clock;
    this.maxMembers = maxMembers;
  }

  /** Whoever was muted when they left is so when they come again. Fails TOO_LARGE. */
  Change seated(Locked locked, Caller by, UserId user, String name) {
    Room room = locked.room();
    if (room.memberCount() >= maxMembers) {
      throw Failure.of(Reason.TOO_LARGE, "the room is full (" + maxMembers + ")")
          .with("limit", maxMembers);
    }
    long version = room.version() + 1;
    Membership seat =
        seat(room, user, Role.MEMBER, version, since(room)).muted(locked.mutedUntil(), version);
    return Change.coming(
        List.of(seat),
        List.of(
            entries.joined(room, seat, by, name, room.memberCount() + 1),
            entries.roomAdded(user, room)));
  }

  /** From where on somebody may read who comes in now. */
  private static long since(Room room) {
    return room.terms().history() == History.ALL ? 0 : Standing.ENTRANCE;
  }

  /** The place of one of those with whom a room begins. */
  Membership seat(Room room, UserId user, Role role, long version) {
    return seat(room, user, role, version, 0);
  }

  private Membership seat(Room room, UserId user, Role role, long version, long since) {
    return new Membership(
        room.id(),
        user,
        role,
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        since,
        version,
        Marker.START);
  }
}
