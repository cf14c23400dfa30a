package io.parley.limits;

import io.parley.config.LimitsConfig;
import java.time.Duration;

/**
 * How fast is too fast.
 *
 * @param interval between one and the next in the long run
 * @param burst how many at once
 */
record Measure(Duration interval, int burst) {
  /** Nothing is ever too fast. */
  static final Measure NONE = new Measure(Duration.ZERO, 0);

  /** Of a rate as it is configured; 0 of anything is no limit. */
  static Measure of(Rate rate, LimitsConfig limits) {
    return switch (rate) {
      case REST_ANONYMOUS -> each(Duration.ofMinutes(1), limits.restAnonymous());
      case REST_USER -> each(Duration.ofMinutes(1), limits.restUser());
      case REGISTRATIONS -> each(Duration.ofHours(1), limits.registrations());
      case USER_MESSAGES -> messages(limits.userRate(), limits.userBurst());
      case ALL_MESSAGES -> messages(limits.messageCeiling(), limits.messageCeiling());
      case SEARCHES -> each(Duration.ofMinutes(1), limits.searches());
    };
  }

  private static Measure each(Duration time, int many) {
    return many == 0 ? NONE : new Measure(time.dividedBy(many), many);
  }

  private static Measure messages(int rate, int burst) {
    return rate == 0 ? NONE : new Measure(Duration.ofSeconds(1).dividedBy(rate), burst);
  }

  boolean unlimited() {
    return burst == 0;
  }
}
