package io.parley.config;

import java.time.Duration;

/**
 * What anybody may do at most.
 *
 * @param roomRate messages a second for one user in one room, 0 for no limit
 * @param roomBurst how many at once
 * @param userRate messages a second for one user in all rooms, 0 for no limit
 * @param userBurst how many at once
 * @param roomCeiling messages a second in one room by all its members, 0 for no limit
 * @param messageCeiling messages a second by everybody, 0 for no limit
 * @param restAnonymous requests over REST a minute from one address without a session, 0 for no
 *     limit
 * @param restUser requests over REST a minute by one user, 0 for no limit
 * @param registrations new accounts an hour from one address, 0 for no limit
 * @param searches for messages a minute by one user, 0 for no limit
 * @param banAfter refusals within a minute after which nothing is granted for a while, 0 for never
 * @param ban how long
 */
public record LimitsConfig(
    @Range(min = 1) int messageCodePoints,
    ByteSize messageBytes,
    int roomRate,
    @Range(min = 1) int roomBurst,
    int userRate,
    @Range(min = 1) int userBurst,
    int roomCeiling,
    int messageCeiling,
    @Range(min = 1) int historyPage,
    @Range(min = 1, max = 10_000) int historyMax,
    int restAnonymous,
    int restUser,
    int registrations,
    int searches,
    int banAfter,
    Duration ban,
    SignInConfig signIn) {}
