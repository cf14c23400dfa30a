package io.parley.observability;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * This machine's clock for as long as it agrees with the database's. When it jumps, time goes on as
 * it went before, and if the database says that the machine is wrong, as it does there: what is
 * written down for good must not be an hour ahead because one machine is.
 *
 * <p>Until the database has been asked, and on nodes that never ask it, it is the machine's. May be
 * read from any thread.
 */
public final class AgreedClock extends Clock {
  private static final long TOLERANCE_MS = 1_000;
  private static final long NANOS = 1_000_000;

  private final Clock machine;
  private final LongSupplier nanos;
  private volatile @Nullable Agreement agreed;

  /** What time it was at a moment of the clock that never jumps. */
  private record Agreement(Instant time, long nanos) {
    Instant at(long now) {
      return time.plusNanos(now - nanos);
    }
  }

  /**
   * @param nanos a clock that never jumps
   */
  public AgreedClock(Clock machine, LongSupplier nanos) {
    this.machine = machine;
    this.nanos = nanos;
  }

  /** A check whether the machine is right, from which this clock learns what time it is. */
  public Supplier<Future<Health>> against(Supplier<Future<Instant>> databaseTime) {
    return () -> {
      long asked = nanos.getAsLong();
      return ClockCheck.against(
              () -> databaseTime.get().onSuccess(there -> learn(there, asked)), machine)
          .get();
    };
  }

  /** The database's time was told somewhere between the question and now. */
  private void learn(Instant there, long asked) {
    long now = nanos.getAsLong();
    long waitedMs = (now - asked) / NANOS;
    Instant here = machine.instant();
    long offMs = Duration.between(there, here).toMillis();
    boolean right = offMs >= -TOLERANCE_MS && offMs <= waitedMs + TOLERANCE_MS;
    agreed = right ? new Agreement(here, now) : new Agreement(there, asked + (now - asked) / 2);
  }

  @Override
  public Instant instant() {
    Instant here = machine.instant();
    Agreement last = agreed;
    if (last == null) {
      return here;
    }
    Instant expected = last.at(nanos.getAsLong());
    boolean jumped = Duration.between(expected, here).abs().toMillis() > TOLERANCE_MS;
    return jumped ? expected : here;
  }

  @Override
  public ZoneId getZone() {
    return machine.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    AgreedClock same = this;
    return new Clock() {
      @Override
      public Instant instant() {
        return same.instant();
      }

      @Override
      public ZoneId getZone() {
        return zone;
      }

      @Override
      public Clock withZone(ZoneId other) {
        return same.withZone(other);
      }
    };
  }
}
