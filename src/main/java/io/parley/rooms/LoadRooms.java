package io.parley.rooms;

import io.parley.rooms.Membership.Marker;
import io.parley.rooms.RoomStore.Change;
import io.parley.rooms.RoomsApi.Caller;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Rooms with all their members at once, for load tests.
 *
 * <p>They are as if everybody had been there when the room was made: its log begins with that, and
 * has no entry for each who came, nor has anybody's own log. Limits on members are not looked at.
 */
public final class LoadRooms {
  private static final long FIRST = 1;

  private final RoomStore store;
  private final Entries entries;
  private final Clock clock;
  private final Supplier<UUID> ids;

  /**
   * @param ids makes UUIDv7s
   */
  public LoadRooms(RoomStore store, Clock clock, Supplier<UUID> ids) {
    this.store = store;
    this.entries = new Entries(ids);
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Makes a public room. Its first entry is owed to its log, and goes there when somebody next asks
   * to join the room, or by and by. Fails ALREADY_EXISTS when a public room of that name stands.
   *
   * @param members the first of whom owns it
   */
  public Future<RoomId> make(String name, List<Caller> members) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Room room =
        new Room(
            new RoomId(ids.get()),
            RoomType.PUBLIC,
            RoomName.parse(name),
            "",
            Optional.empty(),
            now,
            FIRST,
            members.size());
    List<Membership> seats =
        IntStream.range(0, members.size())
            .mapToObj(
                index ->
                    new Membership(
                        room.id(),
                        members.get(index).user(),
                        index == 0 ? Role.OWNER : Role.MEMBER,
                        now,
                        0,
                        FIRST,
                        Marker.START))
            .toList();
    Change change =
        Change.coming(
            seats, List.of(entries.created(room, members.get(0), Optional.of(seats.get(0)))));
    return store.create(room, change).map(room.id());
  }
}
