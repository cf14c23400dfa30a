package io.parley.cli.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** So many messages wait for their answer at any time; each answer sends another one. */
final class ClosedLoop implements Pace {
  /** What was refused is no reason to hurry. */
  private static final long AFTER_REFUSAL_MS = 50;

  private final Vertx vertx;
  private final LoadPlan plan;
  private final LoadTimes times;
  private final IntConsumer post;
  private final Runnable warmedUp;
  private final int first;
  private final AtomicInteger next;
  private volatile boolean over;

  /**
   * @param first the number of the first message
   */
  ClosedLoop(
      Vertx vertx, LoadPlan plan, LoadTimes times, int first, IntConsumer post, Runnable warmedUp) {
    this.vertx = vertx;
    this.plan = plan;
    this.times = times;
    this.first = first;
    this.next = new AtomicInteger(first);
    this.post = post;
    this.warmedUp = warmedUp;
  }

  @Override
  public Future<Void> send() {
    Promise<Void> sent = Promise.promise();
    times.begin();
    times.onSettled(this::settled);
    long warmUp = plan.warmUp().toMillis();
    vertx.setTimer(
        warmUp + 1,
        warm -> {
          times.measureFrom(next.get());
          warmedUp.run();
        });
    vertx.setTimer(
        warmUp + plan.duration().toMillis() + 1,
        end -> {
          over = true;
          sent.complete();
        });
    for (int i = 0; i < plan.inFlight(); i++) {
      another();
    }
    return sent.future();
  }

  @Override
  public int sent() {
    return next.get() - first;
  }

  @Override
  public int heldBack() {
    return 0;
  }

  @Override
  public int next() {
    return next.get();
  }

  private void settled(boolean accepted) {
    if (accepted) {
      another();
    } else if (!over) {
      vertx.setTimer(AFTER_REFUSAL_MS, again -> another());
    }
  }

  private void another() {
    if (!over) {
      int number = next.getAndIncrement();
      times.sent(number, System.nanoTime());
      post.accept(number);
    }
  }
}
