package io.parley.edge;

import io.parley.config.ByteSize;
import io.parley.config.EdgeConfig;
import java.time.Duration;
import java.util.List;

/** What a node bears, for tests. */
final class Edges {
  static final Duration LONG = Duration.ofMinutes(1);
  private static final ByteSize BUFFER = new ByteSize(128 << 10);

  private Edges() {}

  static EdgeConfig limits(int connections, int perAddress, int requests) {
    return limits(connections, perAddress, requests, List.of());
  }

  static EdgeConfig limits(
      int connections, int perAddress, int requests, List<String> trustedProxies) {
    return new EdgeConfig(
        connections,
        perAddress,
        LONG,
        LONG,
        LONG,
        new ByteSize(1 << 20),
        requests,
        0,
        1,
        LONG,
        BUFFER,
        trustedProxies);
  }

  static EdgeConfig times(Duration head, Duration body, Duration keepAlive) {
    return new EdgeConfig(
        0, 0, head, body, keepAlive, new ByteSize(1 << 20), 0, 0, 1, LONG, BUFFER, List.of());
  }
}
