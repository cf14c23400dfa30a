package io.parley.config;

/**
 * The whole configuration, as {@code conf/parley.yaml} documents it: every key is a component
 * somewhere below.
 */
public record Config(
    NodeConfig node,
    HttpConfig http,
    BridgeConfig bridge,
    AdminConfig admin,
    ClusterConfig cluster,
    LogConfig log,
    RoomsConfig rooms,
    AuthConfig auth,
    LimitsConfig limits,
    PostgresConfig postgres,
    RedisConfig redis,
    S3Config s3) {}
