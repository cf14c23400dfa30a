package io.parley.config;

/**
 * What anybody may do at most.
 *
 * @param roomRate messages a second for one user in one room, 0 for no limit
 * @param roomBurst how many at once
 */
public record LimitsConfig(
    @Range(min = 1) int messageCodePoints,
    ByteSize messageBytes,
    int roomRate,
    @Range(min = 1) int roomBurst,
    @Range(min = 1) int historyPage,
    @Range(min = 1, max = 10_000) int historyMax) {}
