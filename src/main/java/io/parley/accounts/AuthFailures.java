package io.parley.accounts;

import io.micrometer.core.instrument.MeterRegistry;

/** Counts refusals at the door: {@code parley.auth.failures} by reason. */
final class AuthFailures {
  private AuthFailures() {}

  /**
   * @param reason one of a few words: unknown, password, locked, unguarded, refresh, replay, token,
   *     expired, revoked
   */
  static void count(MeterRegistry meters, String reason) {
    meters.counter("parley.auth.failures", "reason", reason).increment();
  }
}
