package io.parley.faults;

import io.parley.fixtures.PassingStore;
import io.parley.log.Entry;
import io.parley.log.LogId;
import io.parley.log.LogStore;
import io.parley.log.Revised;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The points that a write passes: before anything is asked of the store, and when all is done. */
final class StorePoints extends PassingStore {
  private final Failpoints points;

  StorePoints(LogStore real, Failpoints points) {
    super(real);
    this.points = points;
  }

  @Override
  public Future<Void> append(List<Entry> batch, List<Revised> revised) {
    List<LogId> logs = batch.stream().map(Entry::log).distinct().toList();
    return at(Point.WRITE_BEGINS, logs, () -> super.append(batch, revised))
        .compose(written -> at(Point.WRITE_ENDS, logs, Future::succeededFuture));
  }

  private Future<Void> at(Point point, List<LogId> logs, Supplier<Future<Void>> next) {
    return points.pass(point, logs).map(arming -> befall(arming, next)).orElseGet(next);
  }

  private static Future<Void> befall(Arming arming, Supplier<Future<Void>> next) {
    switch (arming.deed()) {
      case HALT, HALT_AFTER -> Failpoints.halt();
      case DROP -> {
        return unknown("lost at " + arming.point().word());
      }
      case DELAY -> {
        return vertx()
            .timer(Math.max(1, arming.millis()), TimeUnit.MILLISECONDS)
            .compose(due -> next.get());
      }
      case STAND -> Failpoints.stand(arming.millis());
      case SWAP, TWICE -> throw new IllegalArgumentException("a write can only be taken once");
    }
    return next.get();
  }

  private static Vertx vertx() {
    return Objects.requireNonNull(Vertx.currentContext(), "on an event loop").owner();
  }
}
