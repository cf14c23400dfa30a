package io.parley.stores.postgres;

import io.parley.config.PostgresConfig;
import io.parley.tls.Trust;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;

/**
 * A look at PostgreSQL from outside a running node. Blocking; for the command line.
 *
 * @param ahead how far its clock is ahead of ours
 */
public record PostgresCheckup(String version, Duration ahead) {
  private static final double MILLIS = 1_000;

  /** Asks it. An IllegalStateException says why it cannot be asked. */
  public static PostgresCheckup of(PostgresConfig config) {
    Properties properties = PostgresTls.jdbc(config);
    properties.put("connectTimeout", "3");
    properties.put("socketTimeout", "5");
    try (Connection connection = DriverManager.getConnection(PostgresTls.url(config), properties);
        Statement statement = connection.createStatement()) {
      Instant before = Instant.now();
      try (ResultSet row =
          statement.executeQuery(
              "select current_setting('server_version'), extract(epoch from clock_timestamp())")) {
        row.next();
        Instant middle = before.plus(Duration.between(before, Instant.now()).dividedBy(2));
        Instant theirs = Instant.ofEpochMilli(Math.round(row.getDouble(2) * MILLIS));
        return new PostgresCheckup(row.getString(1), Duration.between(middle, theirs));
      }
    } catch (SQLException e) {
      String why = Trust.doubt(e, "postgres.authority").orElse(String.valueOf(e.getMessage()));
      throw new IllegalStateException(why, e);
    }
  }
}
