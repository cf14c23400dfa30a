package io.parley.config;

import java.util.List;

/**
 * How nodes find and trust each other.
 *
 * @param standalone no cluster at all
 * @param members host:port of known members, for TCP/IP discovery
 * @param secret shared by all members; strangers do not join by accident
 */
public record ClusterConfig(
    boolean standalone,
    String name,
    Secret secret,
    String host,
    @Range(max = 65535) int port,
    @Range(max = 65535) int busPort,
    List<String> members) {

  /** The same with another secret. */
  public ClusterConfig withSecret(Secret secret) {
    return new ClusterConfig(standalone, name, secret, host, port, busPort, members);
  }
}
