package io.parley.config;

import java.time.Duration;

/**
 * PostgreSQL; ignored in embedded mode, where the node knows its own.
 *
 * @param sslMode whether connections are encrypted, and the server's certificate is looked at
 * @param authority a PEM file with those whose certificates are trusted; empty: those of the
 *     machine
 */
public record PostgresConfig(
    String host,
    @Range(max = 65535) int port,
    String database,
    String user,
    Secret password,
    @Range(min = 1, max = 1_000) int poolSize,
    Duration statementTimeout,
    @OneOf({"auto", "disable", "require", "verify-full"}) String sslMode,
    String authority) {

  /** What protects a connection. */
  public enum Encryption {
    NONE,
    UNVERIFIED,
    VERIFIED
  }

  /** As it is usual: in the clear on this machine, verified elsewhere. */
  public PostgresConfig(
      String host,
      int port,
      String database,
      String user,
      Secret password,
      int poolSize,
      Duration statementTimeout) {
    this(host, port, database, user, password, poolSize, statementTimeout, "auto", "");
  }

  /** What protects connections to this very host. */
  public Encryption encryption() {
    return switch (sslMode) {
      case "disable" -> Encryption.NONE;
      case "require" -> Encryption.UNVERIFIED;
      case "verify-full" -> Encryption.VERIFIED;
      default -> Hosts.isLoopback(host) ? Encryption.NONE : Encryption.VERIFIED;
    };
  }
}
