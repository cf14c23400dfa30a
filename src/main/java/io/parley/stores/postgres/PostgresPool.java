package io.parley.stores.postgres;

import io.parley.config.PostgresConfig;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How Parley connects to PostgreSQL. */
public final class PostgresPool {
  private static final int MAX_WAITING = 10_000;
  private static final int CONNECT_TIMEOUT_SECONDS = 2;
  private static final int PIPELINED = 16;

  private PostgresPool() {}

  /**
   * A pool for one verticle. Every commit waits for the disk; no statement outlives the configured
   * time.
   */
  public static Pool open(Vertx vertx, PostgresConfig config) {
    PgConnectOptions connect =
        new PgConnectOptions()
            .setHost(config.host())
            .setPort(config.port())
            .setDatabase(config.database())
            .setUser(config.user())
            .setPassword(config.password().value())
            .setCachePreparedStatements(true)
            .setPipeliningLimit(PIPELINED)
            .setProperties(
                Map.of(
                    "application_name", "parley",
                    "synchronous_commit", "on",
                    "timezone", "UTC",
                    "statement_timeout", String.valueOf(config.statementTimeout().toMillis()),
                    "idle_in_transaction_session_timeout", "10000"));
    PoolOptions pool =
        new PoolOptions()
            .setMaxSize(config.poolSize())
            .setMaxWaitQueueSize(MAX_WAITING)
            .setConnectionTimeout(CONNECT_TIMEOUT_SECONDS)
            .setConnectionTimeoutUnit(TimeUnit.SECONDS);
    return PgBuilder.pool().with(pool).connectingTo(connect).using(vertx).build();
  }
}
