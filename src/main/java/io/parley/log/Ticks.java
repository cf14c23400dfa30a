package io.parley.log;

import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * The two times an owner goes by: the one people read, and the one that never jumps, for deadlines
 * and rates.
 */
record Ticks(Clock clock, LongSupplier monotonic) {

  static Ticks of(Clock clock) {
    return new Ticks(clock, System::nanoTime);
  }

  long millis() {
    return clock.millis();
  }

  long nanos() {
    return monotonic.getAsLong();
  }
}
