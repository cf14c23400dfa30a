package io.parley.config;

import java.time.Duration;

/** PostgreSQL; ignored in embedded mode, where the node knows its own. */
public record PostgresConfig(
    String host,
    int port,
    String database,
    String user,
    Secret password,
    int poolSize,
    Duration statementTimeout) {}
