package io.parley.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresFailuresTest {
  private static Reason reason(Throwable cause) {
    Future<Void> failed = PostgresFailures.unavailable(cause);
    return Failure.from(failed.cause()).reason();
  }

  private static PgException refusal(String state) {
    return new PgException("no", "ERROR", state, "");
  }

  @ParameterizedTest
  @CsvSource({
    "57P03, it is starting",
    "57P01, it is stopping",
    "57014, the statement took too long",
    "53300, too many connections",
    "53100, the disk is full",
    "58030, the disk fails",
    "25006, it only reads",
    "40P01, a deadlock",
    "40001, not in any order",
    "55P03, a lock was not to be had",
    "08006, the connection broke"
  })
  void aServerInTroubleIsAskedAgain(String state, String what) {
    assertThat(reason(refusal(state))).as(what).isEqualTo(Reason.UNAVAILABLE);
  }

  @ParameterizedTest
  @CsvSource({"23514", "23505", "42P01", "22001", "42501"})
  void whatItWillNeverTakeIsNotAskedAgain(String state) {
    assertThat(PostgresFailures.unavailable(refusal(state)).cause())
        .isInstanceOf(PgException.class);
    assertThat(reason(refusal(state))).isEqualTo(Reason.INTERNAL);
  }

  @Test
  void aFailureStaysWhatItIsAndAllElseIsAway() {
    assertThat(reason(Failure.of(Reason.GONE, "gone"))).isEqualTo(Reason.GONE);
    assertThat(reason(new IOException("reset"))).isEqualTo(Reason.UNAVAILABLE);
  }
}
