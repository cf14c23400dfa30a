package io.parley.config;

/**
 * MongoDB, used when {@code log.store} is {@code mongo}.
 *
 * @param host one or several members of the replica set, {@code host} or {@code host:port},
 *     separated by commas
 * @param port of those members that name none
 * @param replicaSet its name; empty for a single server, whose word is worth less
 * @param authDatabase where the user is known
 * @param tls whether connections are encrypted, and the servers' certificates verified
 * @param authority a PEM file with those whose certificates are trusted; empty: those of the
 *     machine
 */
public record MongoConfig(
    String host,
    @Range(max = 65535) int port,
    String replicaSet,
    String database,
    String user,
    Secret password,
    String authDatabase,
    boolean tls,
    String authority,
    @Range(min = 1, max = 1_000) int poolSize) {

  /** Trusting the authorities of the machine, if anybody is to be. */
  public MongoConfig(
      String host,
      int port,
      String replicaSet,
      String database,
      String user,
      Secret password,
      String authDatabase,
      boolean tls,
      int poolSize) {
    this(host, port, replicaSet, database, user, password, authDatabase, tls, "", poolSize);
  }
}
