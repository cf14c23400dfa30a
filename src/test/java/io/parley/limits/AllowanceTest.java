package io.parley.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AllowanceTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final Allowance.Terms TERMS =
      Allowance.Terms.of(new Measure(Duration.ofSeconds(1), 3), 0, Duration.ofMinutes(5));

  private final Allowance allowance = new Allowance(TERMS, 0);

  @Test
  void soManyAtOnceThenOneAfterTheOther() {
    assertThat(allowance.take(0)).isZero();
    assertThat(allowance.take(0)).isZero();
    assertThat(allowance.take(0)).isZero();
    assertThat(allowance.take(0)).isEqualTo(SECOND);
    assertThat(allowance.take(SECOND / 2)).isEqualTo(SECOND / 2);
    assertThat(allowance.take(SECOND)).isZero();
    assertThat(allowance.take(SECOND)).isEqualTo(SECOND);
    assertThat(allowance.take(100 * SECOND)).as("no more is saved than the burst").isZero();
    assertThat(allowance.quota(100 * SECOND, 0).left()).isEqualTo(2);
  }

  @Test
  void whatIsPutBackMayBeTakenAgain() {
    for (int i = 0; i < 20; i++) {
      assertThat(allowance.take(0)).isZero();
      allowance.giveBack();
    }
    assertThat(allowance.change()).isEmpty();
  }

  @Test
  void whatOthersCountedCountsHereAndWhatWasTakenMeanwhileOnTop() {
    allowance.take(0);
    assertThat(allowance.change()).contains(new Allowance.Change(1, 0));
    allowance.take(0);
    allowance.agree(2 * SECOND, 0, 0);

    assertThat(allowance.take(0)).isEqualTo(SECOND);
    assertThat(allowance.change()).contains(new Allowance.Change(1, 1));
    assertThat(allowance.change()).isEmpty();
  }

  @Test
  void whatTheOthersHaveForgottenIsRememberedHere() {
    allowance.take(0);
    allowance.take(0);
    allowance.change();
    allowance.agree(0, 0, SECOND / 2);

    assertThat(allowance.quota(SECOND / 2, 0).resetMs()).isEqualTo(1_500);
  }

  @Test
  void whatIsLeftIsTold() {
    assertThat(allowance.quota(0, 0)).isEqualTo(new Rates.Quota(3, 3, 0, 0));
    allowance.take(0);
    assertThat(allowance.quota(0, 0)).isEqualTo(new Rates.Quota(3, 2, 1_000, 0));
    allowance.agree(10 * SECOND, 0, 0); // without the one that was not told yet
    assertThat(allowance.quota(0, 9_000)).isEqualTo(new Rates.Quota(3, 0, 11_000, 9_000));
  }

  @Test
  void whoGoesOnRegardlessIsBannedWhenThatIsWanted() {
    Allowance.Terms strict =
        Allowance.Terms.of(new Measure(Duration.ofSeconds(1), 1), 3, Duration.ofMinutes(5));
    Allowance banned = new Allowance(strict, 0);
    banned.take(0);
    assertThat(banned.take(0)).isEqualTo(SECOND);
    assertThat(banned.take(0)).isEqualTo(SECOND);
    assertThat(banned.take(61 * SECOND)).as("a minute later they count afresh").isZero();
    for (int i = 0; i < 3; i++) {
      assertThat(banned.take(61 * SECOND)).isEqualTo(SECOND);
    }

    assertThat(banned.take(62 * SECOND)).isEqualTo(299 * SECOND);
    assertThat(banned.leave(300 * SECOND)).isFalse();
    assertThat(banned.quota(62 * SECOND, 1).resetMs()).isEqualTo(299_000);
    assertThat(banned.take(361 * SECOND)).isZero();
  }

  @Test
  void aBanElsewhereIsABanHere() {
    allowance.agree(0, 5 * SECOND, 0);

    assertThat(allowance.take(SECOND)).isEqualTo(4 * SECOND);
    assertThat(allowance.take(5 * SECOND)).isZero();
  }

  @Test
  void itIsForgottenWhenItWouldBeTheSameAnew() {
    allowance.take(0);
    assertThat(allowance.leave(SECOND)).as("not told yet").isFalse();
    allowance.change();
    assertThat(allowance.leave(SECOND / 2)).isFalse();
    assertThat(allowance.leave(SECOND)).isTrue();
    assertThat(allowance.take(SECOND)).isEqualTo(Allowance.GONE);
  }
}
