package io.parley.bridge;

import io.parley.config.BridgeConfig;
import io.parley.config.ByteSize;
import java.time.Duration;

/** Variations of the bridge's configuration. */
final class Configs {
  private Configs() {}

  static BridgeConfig with(BridgeConfig base, int socketsPerUser, int registrations) {
    return new BridgeConfig(
        base.host(),
        base.port(),
        base.origins(),
        base.transports(),
        base.maxFrame(),
        registrations,
        socketsPerUser,
        base.backlog(),
        base.authentication(),
        base.liveness(),
        base.heartbeat(),
        base.maxUnsentPerSocket(),
        base.maxUnsentAge(),
        base.maxUnsentPerNode(),
        base.tls());
  }

  static BridgeConfig times(
      BridgeConfig base, Duration authentication, Duration liveness, Duration heartbeat) {
    return new BridgeConfig(
        base.host(),
        base.port(),
        base.origins(),
        base.transports(),
        base.maxFrame(),
        base.maxRegistrations(),
        base.maxSocketsPerUser(),
        base.backlog(),
        authentication,
        liveness,
        heartbeat,
        base.maxUnsentPerSocket(),
        base.maxUnsentAge(),
        base.maxUnsentPerNode(),
        base.tls());
  }

  static BridgeConfig unsent(BridgeConfig base, long perSocket, Duration age, long perNode) {
    return new BridgeConfig(
        base.host(),
        base.port(),
        base.origins(),
        base.transports(),
        base.maxFrame(),
        base.maxRegistrations(),
        base.maxSocketsPerUser(),
        base.backlog(),
        base.authentication(),
        base.liveness(),
        base.heartbeat(),
        new ByteSize(perSocket),
        age,
        new ByteSize(perNode),
        base.tls());
  }

  static BridgeConfig port(BridgeConfig base, int port) {
    return new BridgeConfig(
        base.host(),
        port,
        base.origins(),
        base.transports(),
        base.maxFrame(),
        base.maxRegistrations(),
        base.maxSocketsPerUser(),
        base.backlog(),
        base.authentication(),
        base.liveness(),
        base.heartbeat(),
        base.maxUnsentPerSocket(),
        base.maxUnsentAge(),
        base.maxUnsentPerNode(),
        base.tls());
  }
}
