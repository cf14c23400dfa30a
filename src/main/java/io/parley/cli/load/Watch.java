package io.parley.cli.load;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Looks at the nodes each second, to know what they had at most. */
final class Watch {
  private static final long EVERY_MS = TimeUnit.SECONDS.toMillis(1);

  private final Stage stage;
  private Peak peak = Peak.NOTHING;

  private Watch(Stage stage) {
    this.stage = stage;
  }

  /** What a deed comes to, and the peak while it is done. */
  record Seen<T>(T outcome, Peak peak) {}

  /** Watches while something is done. Who cannot be asked just then is asked again later. */
  static <T> Future<Seen<T>> during(Stage stage, Supplier<Future<T>> deed) {
    Watch watch = new Watch(stage);
    watch.look();
    long timer = stage.vertx().setPeriodic(EVERY_MS, tick -> watch.look());
    return deed.get()
        .onComplete(over -> stage.vertx().cancelTimer(timer))
        .map(outcome -> new Seen<>(outcome, watch.peak()));
  }

  private void look() {
    stage.nodes().look().onSuccess(this::seen);
  }

  private synchronized void seen(Peak now) {
    peak = peak.or(now);
  }

  private synchronized Peak peak() {
    return peak;
  }
}
