package io.parley.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RushTest {
  private static final long NOW = Long.MAX_VALUE - 1;
  private static final long SOON = NOW + TimeUnit.MILLISECONDS.toNanos(249);
  private static final long LATER = NOW + TimeUnit.MILLISECONDS.toNanos(250);

  private final Rush rush = new Rush();

  @Test
  void nobodyWaitsBeforeThereWasARush() {
    assertThat(rush.expectsMore(1, NOW)).isFalse();
  }

  @Test
  void whoWritesAloneNeverWaits() {
    rush.wrote(1, NOW);

    assertThat(rush.expectsMore(1, NOW)).isFalse();
  }

  @Test
  void asManyAsLastTimeAreExpected() {
    rush.wrote(8, NOW);

    assertThat(rush.expectsMore(1, SOON)).isTrue();
    assertThat(rush.expectsMore(7, SOON)).isTrue();
    assertThat(rush.expectsMore(8, SOON)).isFalse();
    assertThat(rush.expectsMore(9, SOON)).isFalse();
  }

  @Test
  void oneWhoComesLateDoesNotEndIt() {
    rush.wrote(8, NOW);
    rush.wrote(1, NOW);
    assertThat(rush.expectsMore(7, SOON)).isTrue();

    rush.wrote(1, NOW);
    assertThat(rush.expectsMore(1, SOON)).isFalse();
  }

  @Test
  void aRushIsSoonOver() {
    rush.wrote(8, NOW);

    assertThat(rush.expectsMore(1, LATER)).isFalse();
  }
}
