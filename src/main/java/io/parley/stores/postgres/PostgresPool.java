package io.parley.stores.postgres;

import io.parley.config.PostgresConfig;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How Parley connects to PostgreSQL. */
public final class PostgresPool {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresPool.class);
  private static final int MAX_WAITING = 10_000;
  private static final int CONNECT_TIMEOUT_SECONDS = 2;
  private static final int PIPELINED = 16;
  private static final Duration BEYOND_STATEMENT = Duration.ofMillis(500);
  private static final int UNUSED_MINUTES = 5;
  private static final int LIFETIME_MINUTES = 60;

  private PostgresPool() {}

  /**
   * A pool for one verticle. Every commit waits for the disk; no statement outlives the configured
   * time, and a connection whose server does not keep to that is given up half a second later.
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
    PostgresTls.secure(connect, config);
    PoolOptions pool =
        new PoolOptions()
            .setMaxSize(config.poolSize())
            .setMaxWaitQueueSize(MAX_WAITING)
            .setConnectionTimeout(CONNECT_TIMEOUT_SECONDS)
            .setConnectionTimeoutUnit(TimeUnit.SECONDS)
            .setIdleTimeout(UNUSED_MINUTES)
            .setIdleTimeoutUnit(TimeUnit.MINUTES)
            .setMaxLifetime(LIFETIME_MINUTES)
            .setMaxLifetimeUnit(TimeUnit.MINUTES);
    Duration patience = config.statementTimeout().plus(BEYOND_STATEMENT);
    Set<AnswerWatch> watched = ConcurrentHashMap.newKeySet();
    return PgBuilder.pool()
        .with(pool)
        .with(transport(patience))
        .withConnectHandler(connection -> watch(connection, patience, watched))
        .connectingTo(connect)
        .using(vertx)
        .build();
  }

  /** While it says who it is, a connection is not idle for longer than that. */
  private static NetClientOptions transport(Duration patience) {
    return new NetClientOptions()
        .setConnectTimeout((int) TimeUnit.SECONDS.toMillis(CONNECT_TIMEOUT_SECONDS))
        .setTcpKeepAlive(true)
        .setIdleTimeout((int) patience.toMillis())
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
  }

  private static void watch(SqlConnection connection, Duration patience, Set<AnswerWatch> watched) {
    AnswerWatch.over(connection, patience, watched);
    connection.close().onFailure(cause -> LOG.warn("a new connection is lost", cause));
  }
}
