package io.parley.cli.load;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/**
 * Takes steps in order: at most so many at once, and no more a second than allowed. The first that
 * fails ends it when those under way have ended.
 */
final class Pacing {
  private static final long SOON_MS = 2;

  private final Context context;
  private final Vertx vertx;
  private final int count;
  private final int atOnce;
  private final double intervalNanos;
  private final IntFunction<Future<Void>> step;
  private final IntConsumer finished;
  private final Promise<Void> done = Promise.promise();
  private long startedAt;
  private int begun;
  private int ended;
  private boolean waiting;
  private boolean failed;

  private Pacing(
      Vertx vertx,
      int count,
      int atOnce,
      double intervalNanos,
      IntFunction<Future<Void>> step,
      IntConsumer finished) {
    this.context = vertx.getOrCreateContext();
    this.vertx = vertx;
    this.count = count;
    this.atOnce = atOnce;
    this.intervalNanos = intervalNanos;
    this.step = step;
    this.finished = finished;
  }

  /**
   * Takes steps 0 to count.
   *
   * @param rate a second; 0: as fast as they end
   * @param finished told after each how many have ended, on one event loop
   */
  static Future<Void> run(
      Vertx vertx,
      int count,
      int atOnce,
      int rate,
      IntFunction<Future<Void>> step,
      IntConsumer finished) {
    double interval = rate == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / (double) rate;
    Pacing pacing = new Pacing(vertx, count, atOnce, interval, step, finished);
    pacing.context.runOnContext(
        go -> {
          pacing.startedAt = System.nanoTime();
          pacing.proceed();
        });
    return pacing.done.future();
  }

  private void proceed() {
    long now = System.nanoTime();
    while (!failed && begun < count && begun - ended < atOnce && due(begun) <= now) {
      int index = begun++;
      step.apply(index)
          .onComplete(
              taken ->
                  context.runOnContext(
                      go -> {
                        ended++;
                        failed |= taken.failed();
                        if (taken.failed()) {
                          done.tryFail(taken.cause());
                        } else {
                          finished.accept(ended);
                        }
                        proceed();
                      }));
    }
    if (ended == count) {
      done.tryComplete();
    } else if (!failed && !waiting && begun < count && due(begun) > now) {
      waiting = true;
      vertx.setTimer(
          SOON_MS,
          timer -> {
            waiting = false;
            proceed();
          });
    }
  }

  private long due(int index) {
    return startedAt + (long) (index * intervalNanos);
  }
}
