package io.parley.stores.embedded;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting, with an end, for what other processes do; nobody tells us when they are done. */
final class Patience {
  private static final Duration STEP = Duration.ofMillis(20);

  private Patience() {}

  /** Waits until it holds, at most so long. Returns whether it does. */
  static boolean until(Duration most, BooleanSupplier holds) {
    return poll(most, () -> holds.getAsBoolean() ? Optional.of(true) : Optional.empty())
        .isPresent();
  }

  /** Waits until there is one, at most so long. */
  static <T> Optional<T> poll(Duration most, Supplier<Optional<T>> source) {
    long end = System.nanoTime() + most.toNanos();
    Optional<T> found = source.get();
    while (found.isEmpty()
        && System.nanoTime() - end < 0
        && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(STEP.toNanos());
      found = source.get();
    }
    return found;
  }
}
