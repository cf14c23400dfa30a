package io.parley;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a node stops: one step after the other, none waited for longer than it may take or than there
 * is time for all. What fails or hangs does not keep the node.
 */
final class Farewell {
  private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);

  private final Vertx vertx;
  private final long end;
  private Future<Void> steps = Future.succeededFuture();

  /**
   * @param limit for all steps together, from now on
   */
  Farewell(Vertx vertx, Duration limit) {
    this.vertx = vertx;
    this.end = System.nanoTime() + limit.toNanos();
  }

  /**
   * Adds a step.
   *
   * @param what it does, for the log
   * @param atMost how long it is waited for
   */
  Farewell then(String what, Duration atMost, Supplier<? extends Future<?>> step) {
    steps = steps.compose(done -> take(what, atMost, step));
    return this;
  }

  /** Completes after the last step; never fails. */
  Future<Void> said() {
    return steps;
  }

  private Future<Void> take(String what, Duration atMost, Supplier<? extends Future<?>> step) {
    Promise<Void> over = Promise.promise();
    long leftMs = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    long patienceMs = Math.max(1, Math.min(leftMs, atMost.toMillis()));
    long timer =
        vertx.setTimer(
            patienceMs,
            late -> {
              if (over.tryComplete()) {
                LOG.warn("{}: not done after {} ms; the node stops nevertheless", what, patienceMs);
              }
            });
    begin(step)
        .onFailure(cause -> LOG.warn("{}: {}", what, cause.getMessage()))
        .onComplete(
            done -> {
              vertx.cancelTimer(timer);
              over.tryComplete();
            });
    return over.future();
  }

  private static Future<?> begin(Supplier<? extends Future<?>> step) {
    try {
      return step.get();
    } catch (RuntimeException thrown) {
      return Future.failedFuture(thrown);
    }
  }
}
