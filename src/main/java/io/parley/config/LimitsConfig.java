package io.parley.config;

/**
 * What anybody may do at most.
 *
 * @param roomRate messages a second for one user in one room, 0 for no limit
 * @param roomBurst how many at once
 */
public record LimitsConfig(
    int messageCodePoints,
    ByteSize messageBytes,
    int roomRate,
    int roomBurst,
    int historyPage,
    int historyMax) {}
