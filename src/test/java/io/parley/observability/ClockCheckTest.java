package io.parley.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.fixtures.Await;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ClockCheckTest {
  private static final Instant NOW = Instant.parse("2026-11-21T02:30:00Z");

  @Test
  void aClockWithinASecondIsWell() {
    assertThat(off(Duration.ZERO).ok()).isTrue();
    assertThat(off(Duration.ofSeconds(1)).ok()).isTrue();
    assertThat(off(Duration.ofSeconds(-1)).ok()).isTrue();
  }

  @Test
  void aClockFurtherOffSaysByHowMuchAndWhichWay() {
    assertThat(off(Duration.ofMillis(1001)).detail()).startsWith("the clock is 1001 ms behind");
    assertThat(off(Duration.ofHours(-1)).detail()).startsWith("the clock is 3600000 ms ahead of");
  }

  @Test
  void aSlowAnswerIsNotHeldAgainstTheClock() {
    StepClock clock = new StepClock(Duration.ofMillis(1800));
    Health health =
        Await.of(
            ClockCheck.against(
                    () -> Future.succeededFuture(NOW.plus(Duration.ofMillis(900))), clock)
                .get());
    assertThat(health.ok()).isTrue();
  }

  @Test
  void withoutAnAnswerItFailsAsTheDatabaseDoes() {
    Future<Health> health =
        ClockCheck.against(() -> Future.failedFuture("no connection"), Clock.systemUTC()).get();
    assertThat(health.cause()).hasMessage("no connection");
  }

  private static Health off(Duration database) {
    Clock here = Clock.fixed(NOW, ZoneOffset.UTC);
    return Await.of(
        ClockCheck.against(() -> Future.succeededFuture(NOW.plus(database)), here).get());
  }

  /** Moves on by a step each time it is read. */
  private static final class StepClock extends Clock {
    private final Duration step;
    private Instant next = NOW;

    StepClock(Duration step) {
      this.step = step;
    }

    @Override
    public Instant instant() {
      Instant now = next;
      next = now.plus(step);
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
