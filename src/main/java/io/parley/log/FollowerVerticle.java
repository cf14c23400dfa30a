package io.parley.log;

import io.micrometer.core.instrument.MeterRegistry;
import io.parley.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Follows all logs for somebody: listens to hints, and looks whether any was lost. */
public final class FollowerVerticle extends VerticleBase {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration RENEWAL = Duration.ofSeconds(5);
  private static final Duration SWEEP = Duration.ofMinutes(1);

  private final Bus bus;
  private final Following following;

  /**
   * @param holder this node, in this life
   */
  public FollowerVerticle(
      Bus bus,
      LogStore store,
      FollowerStore positions,
      Follower follower,
      String holder,
      Clock clock,
      MeterRegistry registry) {
    this.bus = bus;
    FollowerMetrics metrics = new FollowerMetrics(registry, follower.name());
    this.following = new Following(store, positions, follower, holder, clock, metrics);
    metrics.watch(following);
  }

  /** What there is to catch up with holds nobody up. */
  @Override
  public Future<?> start() {
    return following
        .begin()
        .compose(begun -> bus.hear(LogApi.STIRRED, following::stirred))
        .onSuccess(listening -> work());
  }

  private void work() {
    claim().onComplete(done -> again(RENEWAL, this::claim));
    again(LOOK, following::look);
    again(SWEEP, following::sweep);
  }

  /** What a new part has waiting takes its time, and the next claim cannot wait for it. */
  private Future<Void> claim() {
    return following
        .claim()
        .onSuccess(more -> context.runOnContext(turn -> sweep(more)))
        .mapEmpty();
  }

  private Future<Void> sweep(boolean more) {
    return more ? following.sweep() : Future.succeededFuture();
  }

  /** One after the other, so that nothing piles up. */
  private void again(Duration pause, Supplier<Future<Void>> step) {
    vertx
        .timer(pause.toMillis(), TimeUnit.MILLISECONDS)
        .onSuccess(due -> step.get().onComplete(done -> again(pause, step)));
  }

  @Override
  public Future<?> stop() {
    return following.leave();
  }
}
