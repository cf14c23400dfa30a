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

class AgreedClockTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private Duration passed = Duration.ZERO;
  private Duration machineOff = Duration.ZERO;
  private Duration databaseOff = Duration.ZERO;
  private final AgreedClock clock = new AgreedClock(new Machine(), () -> passed.toNanos());

  @Test
  void untilTheDatabaseIsAskedItIsTheMachines() {
    machineOff = Duration.ofHours(1);

    assertThat(clock.instant()).isEqualTo(NOON.plus(machineOff));
  }

  @Test
  void aMachineThatIsRightIsFollowed() {
    assertThat(ask().ok()).isTrue();
    passed = Duration.ofSeconds(10);
    machineOff = Duration.ofMillis(700);

    assertThat(clock.instant()).isEqualTo(NOON.plus(passed).plus(machineOff));
  }

  @Test
  void aMachineThatJumpsIsNotFollowed() {
    ask();
    passed = Duration.ofSeconds(10);

    for (Duration jump : new Duration[] {Duration.ofHours(1), Duration.ofHours(-1)}) {
      machineOff = jump;
      assertThat(clock.instant()).isEqualTo(NOON.plus(passed));
      assertThat(ask().ok()).isFalse();
      assertThat(clock.instant()).isEqualTo(NOON.plus(passed));
    }
  }

  @Test
  void aMachineThatWasSetRightIsFollowedWhenTheDatabaseAgrees() {
    machineOff = Duration.ofHours(1);
    assertThat(ask().detail()).startsWith("the clock is 3600000 ms ahead of");
    assertThat(clock.instant()).isEqualTo(NOON);

    machineOff = Duration.ofMillis(-200);
    assertThat(ask().ok()).isTrue();

    assertThat(clock.instant()).isEqualTo(NOON.plus(machineOff));
  }

  @Test
  void withoutAnAnswerTimeGoesOn() {
    ask();
    passed = Duration.ofSeconds(10);
    machineOff = Duration.ofHours(1);

    assertThat(clock.against(() -> Future.failedFuture("away")).get().failed()).isTrue();

    assertThat(clock.instant()).isEqualTo(NOON.plus(passed));
  }

  @Test
  void theDatabaseDecidesWhatTimeItIs() {
    ask();
    databaseOff = Duration.ofMinutes(5);

    assertThat(ask().ok()).isFalse();

    assertThat(clock.instant()).isEqualTo(NOON.plus(databaseOff));
    assertThat(clock.withZone(ZoneOffset.ofHours(2)).instant()).isEqualTo(clock.instant());
  }

  private Health ask() {
    return Await.of(
        clock.against(() -> Future.succeededFuture(NOON.plus(passed).plus(databaseOff))).get());
  }

  private final class Machine extends Clock {
    @Override
    public Instant instant() {
      return NOON.plus(passed).plus(machineOff);
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
