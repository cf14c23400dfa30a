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
    int hashingThreads,
    int hashingQueue,
    int argonMemoryKib,
    int argonIterations) {}
