package io.parley.accounts;

import io.parley.config.AuthConfig;
import io.parley.config.Secret;
import java.time.Duration;
import java.util.List;

/** Settings for tests: the usual times, hashing as cheap as it can be. */
final class AuthConfigs {
  static final Secret SECRET = new Secret("a secret of thirty-two characters");

  private AuthConfigs() {}

  static AuthConfig cheap() {
    return with(SECRET, List.of(), 2, 100, 64, 1);
  }

  static AuthConfig signedWith(Secret secret, Secret... previous) {
    return with(secret, List.of(previous), 2, 100, 64, 1);
  }

  static AuthConfig hashing(int threads, int queue, int memoryKib, int iterations) {
    return with(SECRET, List.of(), threads, queue, memoryKib, iterations);
  }

  private static AuthConfig with(
      Secret secret, List<Secret> previous, int threads, int queue, int memoryKib, int iterations) {
    return new AuthConfig(
        secret,
        previous,
        "parley",
        "parley",
        Duration.ofMinutes(15),
        Duration.ofHours(24),
        Duration.ofDays(30),
        Duration.ofSeconds(10),
        5,
        threads,
        queue,
        memoryKib,
        iterations);
  }
}
