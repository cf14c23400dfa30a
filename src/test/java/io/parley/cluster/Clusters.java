package io.parley.cluster;

import io.parley.config.ClusterConfig;
import io.parley.config.ClusterConfig.TlsConfig;
import io.parley.config.Secret;
import java.util.List;

/** Configurations of clusters. */
final class Clusters {
  private Clusters() {}

  static ClusterConfig onLoopback(String secret, int port, int busPort) {
    return at("127.0.0.1", new Secret(secret), port, busPort);
  }

  static ClusterConfig at(String host, Secret secret, int port, int busPort) {
    return new ClusterConfig(
        false, "parley", secret, host, port, busPort, List.of(), "", TlsConfig.NONE, false);
  }

  static ClusterConfig standalone() {
    return new ClusterConfig(
        true, "parley", Secret.NONE, "127.0.0.1", 1, 2, List.of(), "", TlsConfig.NONE, false);
  }

  static ClusterConfig named(ClusterConfig other, String dns) {
    return new ClusterConfig(
        false,
        other.name(),
        other.secret(),
        other.host(),
        other.port(),
        other.busPort(),
        List.of(),
        dns,
        other.tls(),
        other.insecure());
  }

  /** The same, looking for these only, each {@code host:port}. */
  static ClusterConfig naming(ClusterConfig other, List<String> members) {
    return new ClusterConfig(
        false,
        other.name(),
        other.secret(),
        other.host(),
        other.port(),
        other.busPort(),
        members,
        other.dns(),
        other.tls(),
        other.insecure());
  }

  static ClusterConfig secured(ClusterConfig other, TlsConfig tls) {
    return new ClusterConfig(
        false,
        other.name(),
        other.secret(),
        other.host(),
        other.port(),
        other.busPort(),
        List.of(),
        other.dns(),
        tls,
        other.insecure());
  }
}
