package io.parley.config;

import java.time.Duration;

/**
 * How many failed tries to sign in are borne before the first pause. Each further one doubles it.
 *
 * @param failures for one account from one address
 * @param failuresPerAddress for all accounts together, where they are not known
 * @param failuresPerAccount from all addresses together, where it is not known
 * @param pause the first one
 * @param longestPause the longest one
 * @param quiet the time in which as many failures are forgotten as are borne
 */
public record SignInConfig(
    @Range(min = 1) int failures,
    @Range(min = 1) int failuresPerAddress,
    @Range(min = 1) int failuresPerAccount,
    Duration pause,
    Duration longestPause,
    Duration quiet) {}
