package io.parley;

import io.parley.observability.Health;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this node is fit to own logs: the store that keeps them answers it, and its clock is
 * right. One that is not leaves them to the others, as long as there are others.
 *
 * <p>A store that is only slow must not make nodes come and go: it has to answer a few times in a
 * row before it is trusted again. Counts looks, not time, so that a node that was paused does not
 * take the store for silent.
 */
final class Fitness {
  private static final Logger LOG = LoggerFactory.getLogger(Fitness.class);
  private static final long LOOK_MS = 1_000;
  private static final long PATIENCE_MS = 1_500;

  /** So many looks in a row that say otherwise change what is believed of the store. */
  private static final int CONVINCING = 3;

  private final Vertx vertx;
  private final Supplier<? extends Future<?>> store;
  private final Supplier<Future<Health>> clock;
  private final Consumer<Boolean> tell;
  private boolean answers = true;
  private int otherwise;
  private boolean right = true;
  private @Nullable Boolean fit;

  /**
   * @param store asks the store of the logs anything
   * @param clock fails when nobody knows
   * @param tell is told at the first look, and of each change
   */
  Fitness(
      Vertx vertx,
      Supplier<? extends Future<?>> store,
      Supplier<Future<Health>> clock,
      Consumer<Boolean> tell) {
    this.vertx = vertx;
    this.store = store;
    this.clock = clock;
    this.tell = tell;
  }

  /** Looks each second from now on. */
  void watch() {
    vertx.setPeriodic(0, LOOK_MS, timer -> look());
  }

  void look() {
    Future<?> asked = store.get().timeout(PATIENCE_MS, TimeUnit.MILLISECONDS);
    Future<Health> compared = clock.get().timeout(PATIENCE_MS, TimeUnit.MILLISECONDS);
    Future.join(asked, compared).onComplete(known -> judge(asked.succeeded(), compared));
  }

  private synchronized void judge(boolean answer, Future<Health> compared) {
    otherwise = answer == answers ? 0 : otherwise + 1;
    if (otherwise == CONVINCING) {
      answers = answer;
      otherwise = 0;
    }
    right = compared.succeeded() ? compared.result().ok() : right;
    boolean now = right && answers;
    if (fit != null && now == fit) {
      return;
    }
    if (!now) {
      LOG.warn(
          "this node leaves its logs to others: {}",
          right ? "the log store does not answer" : "its clock is wrong");
    } else if (fit != null) {
      LOG.info("this node is fit to keep logs again");
    }
    fit = now;
    tell.accept(now);
  }
}
