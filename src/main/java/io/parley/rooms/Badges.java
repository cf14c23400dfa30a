package io.parley.rooms;

import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.log.LogApi;
import io.parley.log.LogApi.Head;
import io.parley.log.LogApi.Own;
import io.parley.log.LogApi.OwnFound;
import io.parley.log.LogApi.Place;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is unread: arithmetic on the log, and nothing that is counted up or down. The countable
 * messages after a marker, less those that its owner wrote, and how many of all after it mention
 * them.
 */
final class Badges {
  static final Badge NOTHING = new Badge(0, 0);

  private final Bus bus;

  Badges(Bus bus) {
    this.bus = bus;
  }

  /**
   * @param unread messages of others after the marker
   * @param mentions messages after it that mention its owner, or everybody
   */
  record Badge(long unread, long mentions) {}

  /** Of one room, at a head. */
  Future<Badge> of(Membership seat, Head head) {
    return seat.marker().seq() >= head.seq()
        ? Future.succeededFuture(NOTHING)
        : of(seat.user(), List.of(seat), Map.of(seat.room(), head))
            .map(found -> found.getOrDefault(seat.room(), NOTHING));
  }

  /** Of many rooms of somebody at once; those without a head are left out. */
  Future<Map<RoomId, Badge>> of(UserId user, List<Membership> seats, Map<RoomId, Head> heads) {
    List<Membership> behind =
        seats.stream()
            .filter(seat -> heads.containsKey(seat.room()))
            .filter(seat -> seat.marker().seq() < seq(heads, seat))
            .filter(Membership::placed)
            .toList();
    if (behind.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    List<Place> markers =
        behind.stream().map(seat -> new Place(seat.room().log(), seat.marker().seq())).toList();
    // What came since a head was read is not behind it yet.
    List<Long> through = behind.stream().map(seat -> seq(heads, seat)).toList();
    Own asked = new Own(user, markers, Optional.of(through));
    Future<List<Long>> own = bus.ask(LogApi.OWN, asked).map(OwnFound::counts);
    Future<List<Long>> mentions = bus.ask(LogApi.MENTIONS, asked).map(OwnFound::counts);
    return Future.all(own, mentions)
        .map(both -> badges(behind, heads, own.result(), mentions.result()));
  }

  private static Map<RoomId, Badge> badges(
      List<Membership> seats, Map<RoomId, Head> heads, List<Long> own, List<Long> mentions) {
    Map<RoomId, Badge> badges = new HashMap<>();
    for (int i = 0; i < seats.size(); i++) {
      Membership seat = seats.get(i);
      Head head = heads.get(seat.room());
      long after = head == null ? 0 : head.n() - seat.marker().n();
      badges.put(seat.room(), new Badge(Math.max(0, after - own.get(i)), mentions.get(i)));
    }
    return badges;
  }

  private static long seq(Map<RoomId, Head> heads, Membership seat) {
    Head head = heads.get(seat.room());
    return head == null ? 0 : head.seq();
  }
}
