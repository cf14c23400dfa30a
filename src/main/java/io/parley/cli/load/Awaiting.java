package io.parley.cli.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Waits for what is on its way, for as long as anything comes. */
final class Awaiting {
  private static final long TICK_MS = 20;
  private static final double SILENCE_SECONDS = 3;

  private final BooleanSupplier complete;
  private final LongSupplier events;
  private final Promise<Double> done = Promise.promise();
  private long seen = -1;
  private double seenAt;

  private Awaiting(BooleanSupplier complete, LongSupplier events) {
    this.complete = complete;
    this.events = events;
  }

  /**
   * Waits until all is there, or nothing has come for three seconds.
   *
   * @param events counts what comes
   * @return when something came last, to some milliseconds, in the terms of {@link Stock#now()}
   */
  static Future<Double> until(Vertx vertx, BooleanSupplier complete, LongSupplier events) {
    Awaiting awaiting = new Awaiting(complete, events);
    awaiting.look();
    vertx.setPeriodic(
        TICK_MS,
        timer -> {
          if (awaiting.look()) {
            vertx.cancelTimer(timer);
            awaiting.done.tryComplete(awaiting.seenAt);
          }
        });
    return awaiting.done.future();
  }

  private boolean look() {
    double now = Stock.now();
    long count = events.getAsLong();
    if (count != seen) {
      seen = count;
      seenAt = now;
    }
    return complete.getAsBoolean() || now - seenAt > SILENCE_SECONDS;
  }
}
