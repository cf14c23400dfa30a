package io.parley.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FailureTest {

  @Test
  void aFailureReadsAsReasonDetailsAndSentence() {
    Failure failure = Failure.of(Reason.SLOW_MODE, "wait 4 s").with("retryAfterMs", 4000);

    assertThat(failure.text()).isEqualTo("SLOW_MODE retryAfterMs=4000: wait 4 s");
    assertThat(failure.detail()).isEqualTo("wait 4 s");
  }

  @Test
  void aTimeSurvivesTheTextualForm() {
    Failure muted = Failure.of(Reason.MUTED, "later: please").with("until", "2026-11-21T10:00:00Z");

    Failure read = Failure.parse(muted.text());

    assertThat(read.details()).containsEntry("until", "2026-11-21T10:00:00Z");
    assertThat(read.detail()).isEqualTo("later: please");
  }

  @Test
  void anEmptyDetailSurvivesTheTextualForm() {
    Failure read = Failure.parse(Failure.of(Reason.INVALID, "no").with("field", "").text());

    assertThat(read.reason()).isEqualTo(Reason.INVALID);
    assertThat(read.details()).containsEntry("field", "");
  }

  @Test
  void whateverADetailHoldsReasonAndSentenceSurvive() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      Failure failure = Failure.of(any(random, Reason.values()), sentence(random));
      int details = random.nextInt(4);
      for (int detail = 0; detail < details; detail++) {
        failure = failure.with("key" + (char) ('A' + detail), value(random));
      }

      Failure read = Failure.parse(failure.text());

      assertThat(read.reason()).as("seed " + seed).isEqualTo(failure.reason());
      assertThat(read.detail()).as("seed " + seed).isEqualTo(failure.detail());
      assertThat(read.details()).as("seed " + seed).isEqualTo(failure.details());
      assertThat(read.text()).as("seed " + seed).isEqualTo(failure.text());
    }
  }

  @Test
  void textThatIsNoFailureBecomesInternalAndIsNotRepeated() {
    for (String text : new String[] {"", "Connection refused: /10.0.0.1", "NOT_A_REASON: x", "x"}) {
      assertThat(Failure.parse(text).text())
          .isEqualTo("INTERNAL: something went wrong on the server");
    }
    assertThat(Failure.parse(null).reason()).isEqualTo(Reason.INTERNAL);
  }

  @Test
  void theVerdictsOfTheBusHaveReasons() {
    assertThat(reason(new ReplyException(ReplyFailure.NO_HANDLERS))).isEqualTo(Reason.UNAVAILABLE);
    assertThat(reason(new ReplyException(ReplyFailure.TIMEOUT))).isEqualTo(Reason.TIMEOUT);
    assertThat(reason(new ReplyException(ReplyFailure.ERROR, "x"))).isEqualTo(Reason.INTERNAL);
    assertThat(reason(new ReplyException(ReplyFailure.RECIPIENT_FAILURE, 4031, "NOT_MEMBER: x")))
        .isEqualTo(Reason.NOT_MEMBER);
    assertThat(reason(new ReplyException(ReplyFailure.RECIPIENT_FAILURE, 4031, null)))
        .isEqualTo(Reason.INTERNAL);
    assertThat(reason(new IllegalStateException("jdbc:postgresql://secret")))
        .isEqualTo(Reason.INTERNAL);
  }

  @Test
  void aFailurePassesThroughUnchanged() {
    Failure failure = Failure.invalid("name", "is too long");

    assertThat(Failure.from(failure)).isSameAs(failure);
    assertThat(failure.text()).isEqualTo("INVALID field=name: name is too long");
  }

  @Test
  void aDetailIsAddedToACopy() {
    Failure plain = Failure.of(Reason.TOO_LARGE, "too large");

    Failure detailed = plain.with("limit", 10);

    assertThat(plain.details()).isEmpty();
    assertThat(detailed.details()).containsExactly(java.util.Map.entry("limit", "10"));
  }

  private static Reason reason(Throwable cause) {
    return Failure.from(cause).reason();
  }

  private static <T> T any(Random random, T[] values) {
    return values[random.nextInt(values.length)];
  }

  private static String sentence(Random random) {
    String[] words = {"room", ":", " ", ": ", "a=b", "\n", "ä", "", "INVALID: x", " key=1: "};
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(any(random, words));
    }
    return text.toString();
  }

  private static String value(Random random) {
    String[] pieces = {"a", ":", " ", "=", "10:00", "\t", "\n", "é", "-", "😀"};
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append(any(random, pieces));
    }
    return text.toString();
  }
}
