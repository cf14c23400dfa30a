package io.parley.stores.postgres;

import io.parley.config.PostgresConfig;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/**
 * Brings the schema to this version. Blocking: for the command line and for start-up, never on an
 * event loop.
 */
public final class PostgresMigrations {
  private PostgresMigrations() {}

  /**
   * Applies what is missing; safe to run from several nodes at once. Returns how many steps were
   * applied.
   */
  public static int apply(PostgresConfig config) {
    return flyway(config).migrate().migrationsExecuted;
  }

  /** How many steps are missing. */
  public static int pending(PostgresConfig config) {
    MigrationInfo[] pending = flyway(config).info().pending();
    return pending.length;
  }

  private static Flyway flyway(PostgresConfig config) {
    String url =
        "jdbc:postgresql://" + config.host() + ":" + config.port() + "/" + config.database();
    return Flyway.configure()
        .dataSource(url, config.user(), config.password().value())
        .locations("classpath:db/postgres")
        .load();
  }
}
