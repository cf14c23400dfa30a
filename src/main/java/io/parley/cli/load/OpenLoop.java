package io.parley.cli.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * Each message is sent when it is due, whatever became of earlier ones, unless so many of them are
 * unanswered that this tool would be full of what nobody reads: those due then are held back for
 * good, and counted.
 */
final class OpenLoop implements Pace {
  private static final long TICK_MS = 2;
  private static final long HEAD_START_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Vertx vertx;
  private final LoadPlan plan;
  private final LoadTimes times;
  private final int first;
  private final LongSupplier answered;
  private final IntConsumer post;
  private final Runnable warmedUp;
  private final Promise<Void> sent = Promise.promise();
  private volatile int next;
  private final AtomicInteger heldBack = new AtomicInteger();

  /**
   * @param first the number of the first message
   * @param answered how many of those sent need not be waited for any more
   */
  OpenLoop(
      Vertx vertx,
      LoadPlan plan,
      LoadTimes times,
      int first,
      LongSupplier answered,
      IntConsumer post,
      Runnable warmedUp) {
    this.vertx = vertx;
    this.plan = plan;
    this.times = times;
    this.first = first;
    this.next = first;
    this.answered = answered;
    this.post = post;
    this.warmedUp = warmedUp;
  }

  @Override
  public Future<Void> send() {
    times.begin(first, plan.rate(), System.nanoTime() + HEAD_START_NANOS);
    times.measureFrom(first + plan.warmUpMessages());
    tick();
    return sent.future();
  }

  @Override
  public int sent() {
    return next - first - heldBack.get();
  }

  @Override
  public int heldBack() {
    return heldBack.get();
  }

  @Override
  public int next() {
    return next;
  }

  /** Sends what is due, and looks again when more is; waking up costs more than a message. */
  private void tick() {
    long now = System.nanoTime();
    int end = first + plan.messages();
    int number = next;
    long free = plan.unanswered() - sent() + answered.getAsLong();
    while (number < end && times.due(number) <= now) {
      if (number == first + plan.warmUpMessages()) {
        warmedUp.run();
      }
      if (free-- > 0) {
        post.accept(number);
      } else {
        heldBack.incrementAndGet();
      }
      next = ++number;
    }
    if (number == end) {
      sent.tryComplete();
    } else {
      long wait = TimeUnit.NANOSECONDS.toMillis(times.due(number) - now) + 1;
      vertx.setTimer(Math.max(TICK_MS, wait), timer -> tick());
    }
  }
}
