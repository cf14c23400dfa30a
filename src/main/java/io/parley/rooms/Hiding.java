package io.parley.rooms;

import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.log.LogApi;
import io.parley.log.LogApi.Head;
import io.parley.log.LogApi.Own;
import io.parley.log.LogApi.Place;
import io.parley.rooms.Membership.Marker;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which rooms are put away. Nothing is written when one comes back: where it stood when it was put
 * away is remembered, and what came after that is read off the log. A message brings it back to
 * those who want to be told of messages, a mention to everybody.
 */
final class Hiding {
  private final Bus bus;

  Hiding(Bus bus) {
    this.bus = bus;
  }

  /** Those of somebody's rooms that are away. */
  Future<Set<RoomId>> of(UserId user, List<Membership> seats, Map<RoomId, Head> heads) {
    List<Membership> put =
        seats.stream()
            .filter(seat -> heads.containsKey(seat.room()))
            .filter(seat -> hidden(seat).filter(then -> !back(seat, then, heads)).isPresent())
            .toList();
    Set<RoomId> away =
        put.stream().map(Membership::room).collect(Collectors.toCollection(HashSet::new));
    List<Membership> moved = put.stream().filter(seat -> place(seat) < seq(heads, seat)).toList();
    if (moved.isEmpty()) {
      return Future.succeededFuture(away);
    }
    List<Place> places =
        moved.stream().map(seat -> new Place(seat.room().log(), place(seat))).toList();
    List<Long> through = moved.stream().map(seat -> seq(heads, seat)).toList();
    return bus.ask(LogApi.MENTIONS, new Own(user, places, Optional.of(through)))
        .map(
            found -> {
              for (int i = 0; i < moved.size(); i++) {
                if (found.counts().get(i) > 0) {
                  away.remove(moved.get(i).room());
                }
              }
              return away;
            });
  }

  private static boolean back(Membership seat, Marker then, Map<RoomId, Head> heads) {
    Head head = heads.get(seat.room());
    return head != null && back(seat.reading().settings(), then, head.n());
  }

  /**
   * Whether a message has brought a room back.
   *
   * @param then where it was put away
   * @param n countable messages by now
   */
  static boolean back(Settings settings, Marker then, long n) {
    return !settings.quiet() && then.n() < n;
  }

  private static Optional<Marker> hidden(Membership seat) {
    return seat.reading().settings().hidden();
  }

  private static long place(Membership seat) {
    return hidden(seat).map(Marker::seq).orElse(0L);
  }

  private static long seq(Map<RoomId, Head> heads, Membership seat) {
    Head head = heads.get(seat.room());
    return head == null ? 0 : head.seq();
  }
}
