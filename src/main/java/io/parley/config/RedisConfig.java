package io.parley.config;

/**
 * Redis; ignored in embedded mode.
 *
 * @param tls whether the connection is encrypted, and the server's certificate verified
 * @param authority a PEM file with those whose certificates are trusted; empty: those of the
 *     machine
 */
public record RedisConfig(
    String host, @Range(max = 65535) int port, Secret password, boolean tls, String authority) {

  /** In the clear. */
  public RedisConfig(String host, int port, Secret password) {
    this(host, port, password, false, "");
  }
}
