package io.parley.config;

import java.time.Duration;

/** Passwords and tokens. */
public record AuthConfig(
    Secret jwtSecret,
    String issuer,
    String audience,
    Duration accessToken,
    Duration refreshToken,
    Duration refreshLifetime,
    @Range(min = 1, max = 256) int hashingThreads,
    @Range(min = 1) int hashingQueue,
    @Range(min = 8_192, max = 4_194_304) int argonMemoryKib,
    @Range(min = 1, max = 100) int argonIterations) {

  /** The same with another secret. */
  public AuthConfig withJwtSecret(Secret jwtSecret) {
    return new AuthConfig(
        jwtSecret,
        issuer,
        audience,
        accessToken,
        refreshToken,
        refreshLifetime,
        hashingThreads,
        hashingQueue,
        argonMemoryKib,
        argonIterations);
  }

  /** The same with access tokens of another lifetime. */
  public AuthConfig withAccessToken(Duration accessToken) {
    return new AuthConfig(
        jwtSecret,
        issuer,
        audience,
        accessToken,
        refreshToken,
        refreshLifetime,
        hashingThreads,
        hashingQueue,
        argonMemoryKib,
        argonIterations);
  }
}
