package io.parley.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class ClocksTest {
  private final Clocks clocks = new Clocks();

  @Test
  void aClockGoesOnAsItWasTold() {
    clocks.told("a", 5_000, 100);

    assertThat(clocks.of("a", 100)).isEqualTo(5_000);
    assertThat(clocks.of("a", 700)).isEqualTo(5_600);
  }

  @Test
  void anAnswerThatTookLongerSaysLess() {
    clocks.told("a", 5_000, 100);
    clocks.told("a", 5_500, 2_600); // it was under way for two seconds

    assertThat(clocks.of("a", 2_600)).isBetween(7_490L, 7_500L);
  }

  @Test
  void anAnswerThatTookLessSaysMore() {
    clocks.told("a", 5_000, 2_100); // it was under way for two seconds
    clocks.told("a", 7_500, 2_600);

    assertThat(clocks.of("a", 2_600)).isEqualTo(7_500);
  }

  @Test
  void aClockThatGoesSlowerIsFollowed() {
    clocks.told("a", 0, 0);
    clocks.told("a", 999_000, 1_000_000);

    assertThat(clocks.of("a", 1_000_000)).isEqualTo(999_000);
  }

  @Test
  void whoNeverToldOrIsGoneIsNotKnown() {
    clocks.told("a", 5_000, 100);
    clocks.told("b", 5_000, 100);
    clocks.keep(List.of("b"));

    assertThat(clocks.of("b", 100)).isEqualTo(5_000);
    for (String unknown : List.of("a", "c")) {
      Assertions.assertThatExceptionOfType(Failure.class)
          .isThrownBy(() -> clocks.of(unknown, 100))
          .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE));
    }
  }
}
