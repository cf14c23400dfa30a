package io.parley.config;

import java.time.Duration;
import java.util.List;

/**
 * Passwords, tokens and sessions.
 *
 * @param previousSecrets sign nothing any more, but what they signed counts
 * @param refreshGrace for how long a refresh token that was used answers the same again
 * @param hashingThreads 0: see {@link #hashedAtOnce}
 */
public record AuthConfig(
    Secret jwtSecret,
    List<Secret> previousSecrets,
    String issuer,
    String audience,
    Duration accessToken,
    Duration refreshToken,
    Duration refreshLifetime,
    @Range Duration refreshGrace,
    @Range(min = 1, max = 1_000) int maxSessions,
    @Range(max = 256) int hashingThreads,
    @Range(min = 1) int hashingQueue,
    @Range(min = 8_192, max = 4_194_304) int argonMemoryKib,
    @Range(min = 1, max = 100) int argonIterations) {

  /** The longest grace that can be configured. */
  public static final Duration MOST_GRACE = Duration.ofMinutes(1);

  /** How many passwords are hashed at once: half of the processors unless configured. */
  public int hashedAtOnce(int processors) {
    return hashingThreads > 0 ? hashingThreads : Math.max(1, processors / 2);
  }

  /** The same with another secret. */
  public AuthConfig withJwtSecret(Secret jwtSecret) {
    return new AuthConfig(
        jwtSecret,
        previousSecrets,
        issuer,
        audience,
        accessToken,
        refreshToken,
        refreshLifetime,
        refreshGrace,
        maxSessions,
        hashingThreads,
        hashingQueue,
        argonMemoryKib,
        argonIterations);
  }

  /** The same with access tokens of another lifetime. */
  public AuthConfig withAccessToken(Duration accessToken) {
    return new AuthConfig(
        jwtSecret,
        previousSecrets,
        issuer,
        audience,
        accessToken,
        refreshToken,
        refreshLifetime,
        refreshGrace,
        maxSessions,
        hashingThreads,
        hashingQueue,
        argonMemoryKib,
        argonIterations);
  }
}
