package io.parley.config;

import java.time.Duration;
import java.util.List;

/** The socket edge. */
public record BridgeConfig(
    String host,
    @Range(max = 65535) int port,
    List<String> origins,
    @OneOf({"websocket", "eventsource", "xhr-streaming", "xhr"}) List<String> transports,
    ByteSize maxFrame,
    @Range(min = 1) int maxRegistrations,
    @Range(min = 1) int maxSocketsPerUser,
    int backlog,
    Duration authentication,
    Duration liveness,
    Duration heartbeat,
    ByteSize maxUnsentPerSocket,
    Duration maxUnsentAge,
    ByteSize maxUnsentPerNode) {}
