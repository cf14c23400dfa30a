package io.parley.cli.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** Each message is sent when it is due, whatever became of earlier ones. */
final class OpenLoop implements Pace {
  private static final long TICK_MS = 2;
  private static final long HEAD_START_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Vertx vertx;
  private final LoadPlan plan;
  private final LoadTimes times;
  private final IntConsumer post;
  private final Runnable warmedUp;
  private final Promise<Void> sent = Promise.promise();
  private volatile int next;

  OpenLoop(Vertx vertx, LoadPlan plan, LoadTimes times, IntConsumer post, Runnable warmedUp) {
    this.vertx = vertx;
    this.plan = plan;
    this.times = times;
    this.post = post;
    this.warmedUp = warmedUp;
  }

  @Override
  public Future<Void> send() {
    times.begin(System.nanoTime() + HEAD_START_NANOS);
    times.measureFrom(plan.warmUpMessages());
    tick();
    return sent.future();
  }

  @Override
  public int sent() {
    return next;
  }

  /** Sends what is due, and looks again when more is; waking up costs more than a message. */
  private void tick() {
    long now = System.nanoTime();
    int number = next;
    while (number < plan.messages() && times.due(number) <= now) {
      if (number == plan.warmUpMessages()) {
        warmedUp.run();
      }
      post.accept(number);
      next = ++number;
    }
    if (number == plan.messages()) {
      sent.tryComplete();
    } else {
      long wait = TimeUnit.NANOSECONDS.toMillis(times.due(number) - now) + 1;
      vertx.setTimer(Math.max(TICK_MS, wait), timer -> tick());
    }
  }
}
