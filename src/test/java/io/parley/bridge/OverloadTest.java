package io.parley.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.bridge.Overload.Pressure;
import io.parley.bridge.Overload.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ladder: what is left out at what pressure, one step after the other. */
class OverloadTest {
  private static final Pressure NONE = new Pressure(Duration.ZERO, 0, 0);

  private final Overload overload = new Overload(Duration.ofMillis(100));

  @ParameterizedTest
  @CsvSource({
    "99, 0, 0, NONE",
    "100, 0, 0, NO_TYPING",
    "200, 0, 0, RARE_PRESENCE",
    "400, 0, 0, COUNTED_RECEIPTS",
    "800, 0, 0, BATCHES",
    "9000, 0, 0, BATCHES",
    "0, 0.24, 0, NONE",
    "0, 0.25, 0, NO_TYPING",
    "0, 0.5, 0, RARE_PRESENCE",
    "0, 0.65, 0, COUNTED_RECEIPTS",
    "0, 0.8, 0, BATCHES",
    "0, 0, 0.25, NO_TYPING",
    "0, 0, 0.5, RARE_PRESENCE",
    "0, 0, 0.75, COUNTED_RECEIPTS",
    "0, 0, 0.9, BATCHES",
    "100, 0.5, 0.1, RARE_PRESENCE",
  })
  void theWorstPressureDecidesHowFarItGoes(int lag, double unsent, double pending, Step end) {
    look(20, new Pressure(Duration.ofMillis(lag), unsent, pending));

    assertThat(overload.step()).isEqualTo(end);
    for (Step step : Step.values()) {
      assertThat(overload.at(step)).isEqualTo(step.height() <= end.height());
    }
  }

  @Test
  void itGoesUpOneStepAtEachSecondLook() {
    assertThat(look(8, lag(800)))
        .containsExactly(
            Step.NONE,
            Step.NO_TYPING,
            Step.NO_TYPING,
            Step.RARE_PRESENCE,
            Step.RARE_PRESENCE,
            Step.COUNTED_RECEIPTS,
            Step.COUNTED_RECEIPTS,
            Step.BATCHES);
  }

  @Test
  void onePauseOfTheMachineChangesNothing() {
    for (int i = 0; i < 10; i++) {
      look(1, lag(5_000));
      look(1, NONE);
    }

    assertThat(overload.step()).isEqualTo(Step.NONE);
  }

  @Test
  void itComesDownOneStepAtEachFifthLook() {
    look(20, lag(800));

    List<Step> steps = look(20, NONE);

    assertThat(steps.subList(0, 4)).containsOnly(Step.BATCHES);
    assertThat(steps.subList(4, 9)).containsOnly(Step.COUNTED_RECEIPTS);
    assertThat(steps.subList(9, 14)).containsOnly(Step.RARE_PRESENCE);
    assertThat(steps.subList(14, 19)).containsOnly(Step.NO_TYPING);
    assertThat(steps.get(19)).isEqualTo(Step.NONE);
  }

  @Test
  void alittleBelowIsNotWellBelow() {
    look(20, lag(100));

    look(50, lag(71));
    assertThat(overload.step()).isEqualTo(Step.NO_TYPING);
    look(5, lag(69));
    assertThat(overload.step()).isEqualTo(Step.NONE);
  }

  @Test
  void itFollowsWhateverComesOneStepAtATimeAndEndsWhereItBegan() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Step before = overload.step();
    for (int i = 0; i < 10_000; i++) {
      overload.look(lag(random.nextInt(2_000)));
      assertThat(Math.abs(overload.step().height() - before.height()))
          .as("seed %d, look %d", seed, i)
          .isLessThanOrEqualTo(1);
      before = overload.step();
    }

    look(5 * Step.values().length, NONE);

    assertThat(overload.step()).as("seed %d", seed).isEqualTo(Step.NONE);
  }

  private List<Step> look(int times, Pressure pressure) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      overload.look(pressure);
      steps.add(overload.step());
    }
    return steps;
  }

  private static Pressure lag(int millis) {
    return new Pressure(Duration.ofMillis(millis), 0, 0);
  }
}
