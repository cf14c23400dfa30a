package io.parley.config;

import java.time.Duration;
import java.util.List;

/**
 * What a node bears of those who connect to it, over REST and sockets alike.
 *
 * @param maxConnections 0 for as many as the limit of open files allows
 * @param maxConnectionsPerAddress 0 for no limit
 * @param headTimeout from the connection to the end of the first request's head
 * @param bodyTimeout from the end of a head to the end of its body
 * @param keepAlive from an answer to the end of the next head
 * @param maxBodies bytes of bodies that are on their way
 * @param requestsPerUser requests over REST that one user may have under way, 0 for no limit
 * @param frameRate frames a second from one socket, 0 for no limit
 * @param frameBurst how many at once
 * @param strain how long work may wait for an event loop before the node leaves out what can be
 *     left out
 * @param sendBuffer what the kernel takes for a peer that does not read; beyond, it waits in the
 *     node, where it is counted
 * @param trustedProxies addresses and networks whose word counts about where a request is from
 */
public record EdgeConfig(
    int maxConnections,
    int maxConnectionsPerAddress,
    Duration headTimeout,
    Duration bodyTimeout,
    Duration keepAlive,
    ByteSize maxBodies,
    int requestsPerUser,
    int frameRate,
    @Range(min = 1) int frameBurst,
    Duration strain,
    ByteSize sendBuffer,
    List<String> trustedProxies) {}
