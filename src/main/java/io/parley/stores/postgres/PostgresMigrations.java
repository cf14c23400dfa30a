package io.parley.stores.postgres;

import io.parley.config.PostgresConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.IntSupplier;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings the schema to this version. Blocking: for the command line and for start-up, never on an
 * event loop. Fails UNAVAILABLE when the server is not whom it says it is.
 */
public final class PostgresMigrations {
  private PostgresMigrations() {}

  /**
   * Applies what is missing; safe to run from several nodes at once. Returns how many steps were
   * applied.
   */
  public static int apply(PostgresConfig config) {
    return explained(config, () -> flyway(config).migrate().migrationsExecuted);
  }

  /** How many steps are missing. */
  public static int pending(PostgresConfig config) {
    return explained(config, () -> flyway(config).info().pending().length);
  }

  private static int explained(PostgresConfig config, IntSupplier step) {
    try {
      return step.getAsInt();
    } catch (FlywayException e) {
      throw PostgresTls.explained(e, config);
    }
  }

  private static Flyway flyway(PostgresConfig config) {
    Properties properties = PostgresTls.jdbc(config);
    Map<String, String> how = new HashMap<>();
    properties.stringPropertyNames().stream()
        .filter(name -> name.startsWith("ssl"))
        .forEach(name -> how.put("flyway.jdbcProperties." + name, properties.getProperty(name)));
    return Flyway.configure()
        .dataSource(PostgresTls.url(config), config.user(), config.password().value())
        .configuration(how)
        .locations("classpath:db/postgres")
        .load();
  }
}
