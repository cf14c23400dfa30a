package io.parley.rooms;

import io.parley.accounts.UserId;
import io.parley.rooms.Membership.Marker;
import io.parley.rooms.RoomStore.Found;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Those whose entry is still on its way to the log of a room. Where their marker begins is not
 * known before it stands there, and a device that looked before would never hear of it: so the
 * entry is brought there first, and then the place is looked at.
 */
final class Newcomers {
  /** Older ones have no entry, as in rooms of load tests; what is owed is swept long before. */
  private static final Duration NEW = Duration.ofMinutes(1);

  private final RoomStore store;
  private final Outbox outbox;
  private final Clock clock;

  Newcomers(RoomStore store, Outbox outbox, Clock clock) {
    this.store = store;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Rooms as found, the viewer's place in each as it is once their entry stands in its log. */
  Future<List<Found>> placed(UserId viewer, List<Found> found) {
    Instant since = clock.instant().minus(NEW);
    if (found.stream().noneMatch(each -> unplaced(each, since))) {
      return Future.succeededFuture(found);
    }
    List<Future<Found>> all =
        found.stream()
            .map(each -> unplaced(each, since) ? again(viewer, each) : Future.succeededFuture(each))
            .toList();
    return Future.all(all).map(done -> all.stream().map(Future::result).toList());
  }

  private static boolean unplaced(Found found, Instant since) {
    return found
        .membership()
        .filter(seat -> seat.marker().equals(Marker.START) && seat.joinedAt().isAfter(since))
        .isPresent();
  }

  /** While the log is out of reach they see their place as it is. */
  private Future<Found> again(UserId viewer, Found found) {
    return outbox
        .flush(found.room().id().log())
        .compose(stands -> store.find(found.room().id(), viewer))
        .map(now -> now.filter(still -> still.membership().isPresent()).orElse(found))
        .otherwise(found);
  }
}
