package io.parley.log;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What is counted of a follower. */
final class FollowerMetrics {
  private static final double MILLIS = 1_000;

  private final MeterRegistry registry;
  private final String follower;
  private final Counter hinted;
  private final Counter swept;

  FollowerMetrics(MeterRegistry registry, String follower) {
    this.registry = registry;
    this.follower = follower;
    this.hinted = registry.counter("parley.log.followed", "follower", follower, "by", "hint");
    this.swept = registry.counter("parley.log.followed", "follower", follower, "by", "sweep");
  }

  /** Shows how far behind this node is. */
  void watch(Following following) {
    Gauge.builder("parley.log.follower.lag", following, each -> each.lagMs() / MILLIS)
        .tag("follower", follower)
        .baseUnit("seconds")
        .register(registry);
  }

  /** Entries were taken, which a hint has told of, or which nobody had. */
  void taken(int entries, boolean sweep) {
    (sweep ? swept : hinted).increment(entries);
  }
}
