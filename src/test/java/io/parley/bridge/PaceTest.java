package io.parley.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Pace pace = new Pace(10, 5, 0);

  @Test
  void soManyAtOnceThenSoManyASecond() {
    assertThat(served(20, 0)).isEqualTo(5);
    assertThat(served(20, SECOND / 2)).isEqualTo(5);
    assertThat(served(20, SECOND * 100)).isEqualTo(5);
    assertThat(served(1, SECOND * 100 + SECOND / 20)).isZero();
    assertThat(served(1, SECOND * 100 + SECOND / 10)).isEqualTo(1);
  }

  @Test
  void whoIsRefusedIsToldHowLongToWait() {
    served(5, 0);

    assertThat(pace.serves(0)).isFalse();
    assertThat(pace.waitMs()).isEqualTo(100);
    assertThat(pace.serves(Duration.ofMillis(pace.waitMs()).toNanos())).isTrue();
  }

  @Test
  void aFewRefusalsAreNoAbuseButGoingOnIs() {
    served(10, 0);
    assertThat(pace.abused()).isFalse();

    served(1, 0);

    assertThat(pace.abused()).isTrue();
  }

  @Test
  void whatIsNotRefusedIsCountedAsWellTwiceAsGenerously() {
    for (int i = 0; i < 10; i++) {
      assertThat(pace.overrun(0)).isFalse();
    }
    assertThat(pace.overrun(0)).isTrue();
    assertThat(pace.overrun(SECOND / 10)).isFalse();
  }

  @Test
  void whoSendsALittleTooFastIsNeverAbusive() {
    for (int tick = 0; tick < 2_000; tick++) {
      pace.serves(tick * SECOND / 19);
      assertThat(pace.abused()).as("tick %d", tick).isFalse();
    }
  }

  @Test
  void withoutALimitEverythingIsServed() {
    Pace free = new Pace(0, 1, 0);

    for (int i = 0; i < 1_000; i++) {
      assertThat(free.serves(0)).isTrue();
    }
    assertThat(free.abused()).isFalse();
  }

  private int served(int frames, long now) {
    int served = 0;
    for (int i = 0; i < frames; i++) {
      served += pace.serves(now) ? 1 : 0;
    }
    return served;
  }
}
