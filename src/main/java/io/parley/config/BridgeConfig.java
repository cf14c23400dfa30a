package io.parley.config;

import java.time.Duration;
import java.util.List;

/** The socket edge. */
public record BridgeConfig(
    String host,
    int port,
    List<String> origins,
    List<String> transports,
    ByteSize maxFrame,
    int maxRegistrations,
    int maxSocketsPerUser,
    int backlog,
    Duration authentication,
    Duration liveness,
    Duration heartbeat,
    ByteSize maxUnsentPerSocket,
    Duration maxUnsentAge,
    ByteSize maxUnsentPerNode) {}
