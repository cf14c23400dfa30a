package io.parley.config;

import java.util.List;

/**
 * How nodes find and trust each other.
 *
 * @param standalone no cluster at all
 * @param members host:port of known members, for TCP/IP discovery
 * @param dns a name that resolves to all members, at the same port as this one
 * @param secret shared by all members; strangers do not join by accident
 * @param tls what nodes show each other on the event bus
 * @param insecure whether the bus may go without TLS beyond this machine
 */
public record ClusterConfig(
    boolean standalone,
    String name,
    Secret secret,
    String host,
    @Range(max = 65535) int port,
    @Range(max = 65535) int busPort,
    List<String> members,
    String dns,
    TlsConfig tls,
    boolean insecure) {

  /**
   * Files in PEM format; all of them or none.
   *
   * @param certificate of this node, and those between it and the authority
   * @param key the certificate's private key, without a password
   * @param authority whose certificates are trusted
   */
  public record TlsConfig(String certificate, String key, String authority) {
    public static final TlsConfig NONE = new TlsConfig("", "", "");

    /** Whether the bus speaks TLS. */
    public boolean present() {
      return !certificate.isEmpty() || !key.isEmpty() || !authority.isEmpty();
    }
  }

  /** The same with another secret. */
  public ClusterConfig withSecret(Secret secret) {
    return new ClusterConfig(
        standalone, name, secret, host, port, busPort, members, dns, tls, insecure);
  }
}
