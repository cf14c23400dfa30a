package io.parley.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class HearingTest {
  private static final Set<String> BOTH = Set.of("a", "b");

  private final Hearing hearing = new Hearing("a");

  @Test
  void aNodeThatIsAskedHears() {
    for (int round = 0; round < 3; round++) {
      hearing.answered("b");
      hearing.asked("b");
      hearing.round(BOTH);
    }
    assertThat(hearing.unheard()).isZero();
    assertThat(hearing.deaf()).isZero();
  }

  @Test
  void aNodeThatIsAnsweredAndNeverAskedIsDeaf() {
    rounds(3, true);
    assertThat(hearing.unheard()).isEqualTo(3);
    assertThat(hearing.deaf()).isEqualTo(3);
    hearing.asked("b");
    hearing.round(BOTH);
    assertThat(hearing.unheard()).isZero();
    assertThat(hearing.deaf()).isZero();
  }

  @Test
  void whenNobodyAnswersEitherItMayBeTheOthers() {
    rounds(1, true);
    rounds(5, false);
    assertThat(hearing.unheard()).isEqualTo(6);
    assertThat(hearing.deaf()).isZero();
  }

  @Test
  void oneWhoHasNeverAnsweredIsNotMissed() {
    rounds(5, false);
    assertThat(hearing.unheard()).isZero();
  }

  @Test
  void aloneThereIsNobodyToAsk() {
    rounds(2, true);
    hearing.round(Set.of("a"));
    assertThat(hearing.unheard()).isZero();
    assertThat(hearing.deaf()).isZero();
  }

  @Test
  void itsOwnQuestionsProveNothing() {
    hearing.answered("a");
    hearing.answered("b");
    hearing.asked("a");
    hearing.round(BOTH);
    assertThat(hearing.deaf()).isEqualTo(1);
  }

  private void rounds(int count, boolean answered) {
    for (int round = 0; round < count; round++) {
      if (answered) {
        hearing.answered("b");
      }
      hearing.round(BOTH);
    }
  }
}
