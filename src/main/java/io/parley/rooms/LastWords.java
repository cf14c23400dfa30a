package io.parley.rooms;

import io.parley.bus.Bus;
import io.parley.log.LogApi;
import io.parley.log.LogApi.Encoded;
import io.parley.log.LogApi.Head;
import io.parley.log.LogApi.Place;
import io.parley.log.LogId;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What was said last in rooms, as far as somebody may read it. */
final class LastWords {
  private final Bus bus;

  LastWords(Bus bus) {
    this.bus = bus;
  }

  /** Those of these rooms, the liveliest first: should they be too many, these have theirs. */
  Future<Map<LogId, Encoded>> of(List<Membership> seats, Map<RoomId, Head> heads) {
    List<Place> places =
        seats.stream()
            .filter(seat -> n(heads, seat) > 0)
            .sorted(Comparator.comparing((Membership seat) -> at(heads, seat)).reversed())
            .map(seat -> new Place(seat.room().log(), Math.max(0, seat.since() - 1)))
            .toList();
    if (places.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    return bus.ask(LogApi.LASTS, new LogApi.Lasts(places))
        .map(
            found ->
                found.entries().stream()
                    .collect(Collectors.toMap(Encoded::log, Function.identity())));
  }

  private static long n(Map<RoomId, Head> heads, Membership seat) {
    Head head = heads.get(seat.room());
    return head == null ? 0 : head.n();
  }

  private static long at(Map<RoomId, Head> heads, Membership seat) {
    Head head = heads.get(seat.room());
    return head == null ? 0 : head.at();
  }
}
