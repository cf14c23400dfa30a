package io.parley.config;

/**
 * The whole configuration, as {@code conf/parley.yaml} documents it: every key is a component
 * somewhere below.
 */
public record Config(
    NodeConfig node,
    HttpConfig http,
    BridgeConfig bridge,
    EdgeConfig edge,
    AdminConfig admin,
    ClusterConfig cluster,
    LogConfig log,
    RoomsConfig rooms,
    ContactsConfig contacts,
    PresenceConfig presence,
    AuthConfig auth,
    AuditConfig audit,
    LimitsConfig limits,
    PostgresConfig postgres,
    MongoConfig mongo,
    RedisConfig redis,
    S3Config s3,
    MailConfig mail,
    EventsConfig events) {

  /** The same with other stores, and with the secrets that belong to them. */
  public Config withStores(
      PostgresConfig postgres,
      RedisConfig redis,
      S3Config s3,
      Secret jwtSecret,
      Secret clusterSecret) {
    return new Config(
        node,
        http,
        bridge,
        edge,
        admin,
        cluster.withSecret(clusterSecret),
        log,
        rooms,
        contacts,
        presence,
        auth.withJwtSecret(jwtSecret),
        audit,
        limits,
        postgres,
        mongo,
        redis,
        s3,
        mail,
        events);
  }
}
