package io.parley.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReasonTest {
  /** What other nodes and browsers know; a number may be added, never changed. */
  private static final Map<String, Integer> NUMBERS =
      Map.ofEntries(
          Map.entry("INVALID", 4000),
          Map.entry("UNAUTHENTICATED", 4010),
          Map.entry("TOKEN_EXPIRED", 4011),
          Map.entry("SESSION_REVOKED", 4012),
          Map.entry("FORBIDDEN", 4030),
          Map.entry("NOT_MEMBER", 4031),
          Map.entry("BANNED", 4032),
          Map.entry("MUTED", 4033),
          Map.entry("READ_ONLY", 4034),
          Map.entry("NOT_FOUND", 4040),
          Map.entry("CONFLICT", 4090),
          Map.entry("CID_CONFLICT", 4091),
          Map.entry("ALREADY_EXISTS", 4092),
          Map.entry("GONE", 4100),
          Map.entry("TOO_LARGE", 4130),
          Map.entry("UNSUPPORTED_MEDIA", 4150),
          Map.entry("MEDIA_REJECTED", 4220),
          Map.entry("RATE_LIMITED", 4290),
          Map.entry("SLOW_MODE", 4291),
          Map.entry("INTERNAL", 5000),
          Map.entry("UNAVAILABLE", 5030),
          Map.entry("OVERLOADED", 5031),
          Map.entry("DRAINING", 5032),
          Map.entry("NOT_OWNER", 5033),
          Map.entry("TIMEOUT", 5040));

  @Test
  void theNumbersAreWhatTheyAlwaysWere() {
    assertThat(Arrays.stream(Reason.values()).collect(Collectors.toMap(Enum::name, Reason::number)))
        .isEqualTo(NUMBERS);
  }

  @Test
  void onlyWhatMaySucceedLaterIsRetryable() {
    assertThat(Arrays.stream(Reason.values()).filter(Reason::retryable))
        .containsExactlyInAnyOrder(
            Reason.RATE_LIMITED,
            Reason.SLOW_MODE,
            Reason.UNAVAILABLE,
            Reason.OVERLOADED,
            Reason.DRAINING,
            Reason.NOT_OWNER,
            Reason.TIMEOUT);
  }
}
