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
    ByteSize maxUnsentPerNode,
    EdgeTlsConfig tls) {
  /** As in {@link HttpConfig}, but not the same number, or both edges would share one port. */
  private static final int ANY_SHARED = -2;

  /** The same, but 0 is any free port that all listeners share instead of one for each. */
  public BridgeConfig onOnePort() {
    if (port != 0) {
      return this;
    }
    return new BridgeConfig(
        host,
        ANY_SHARED,
        origins,
        transports,
        maxFrame,
        maxRegistrations,
        maxSocketsPerUser,
        backlog,
        authentication,
        liveness,
        heartbeat,
        maxUnsentPerSocket,
        maxUnsentAge,
        maxUnsentPerNode,
        tls);
  }
}
