package io.parley.log;

import java.time.Clock;
import java.util.concurrent.TimeUnit;
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

  /** The time of the clock that never jumps at which it will say, or said, so many milliseconds. */
  static long nanosAt(long monotonicMillis) {
    return TimeUnit.MILLISECONDS.toNanos(monotonicMillis);
  }

  /** What the clock that never jumps says in milliseconds at a time of it. */
  static long millisAt(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
