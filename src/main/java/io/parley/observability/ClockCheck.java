package io.parley.observability;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Whether this node's clock agrees with the database's, to a second.
 *
 * <p>The time that the question takes is not held against the clock: only what is certainly wrong
 * counts.
 */
public final class ClockCheck {
  private static final Duration TOLERANCE = Duration.ofSeconds(1);

  private ClockCheck() {}

  /** A check for {@link HealthChecks}; it fails as the database's answer fails. */
  public static Supplier<Future<Health>> against(
      Supplier<Future<Instant>> databaseTime, Clock clock) {
    return () -> {
      Instant before = clock.instant();
      return databaseTime.get().map(there -> compare(before, there, clock.instant()));
    };
  }

  private static Health compare(Instant before, Instant there, Instant after) {
    if (there.isBefore(before.minus(TOLERANCE))) {
      return off(Duration.between(there, before), "ahead of");
    }
    if (there.isAfter(after.plus(TOLERANCE))) {
      return off(Duration.between(after, there), "behind");
    }
    return Health.well();
  }

  private static Health off(Duration by, String where) {
    return Health.failing(
        "the clock is "
            + by.toMillis()
            + " ms "
            + where
            + " the database's; at most 1000 are allowed");
  }
}
