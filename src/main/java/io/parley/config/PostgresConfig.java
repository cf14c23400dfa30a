package io.parley.config;

import java.time.Duration;

/** PostgreSQL; ignored in embedded mode, where the node knows its own. */
public record PostgresConfig(
    String host,
    @Range(max = 65535) int port,
    String database,
    String user,
    Secret password,
    @Range(min = 1, max = 1_000) int poolSize,
    Duration statementTimeout) {}
