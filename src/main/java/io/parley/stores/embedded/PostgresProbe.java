package io.parley.stores.embedded;

import io.parley.stores.embedded.EmbeddedServer.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Looks at a PostgreSQL as its owner: is it ours, is it set as it must be? */
final class PostgresProbe {
  static final String OWNER = "postgres";
  static final String USER = "parley";
  static final String DATABASE = "parley";

  private final Path directory;
  private final Secrets secrets;
  private final int connections;

  PostgresProbe(Path directory, Secrets secrets, int connections) {
    this.directory = directory;
    this.secrets = secrets;
    this.connections = connections;
  }

  /** Checks it, and sees to it that the database and the user of the application exist. */
  Verdict check(int port) {
    try (Connection connection = connect(port);
        Statement statement = connection.createStatement()) {
      Verdict verdict = compare(settings(statement));
      if (verdict.kind() == Verdict.Kind.FIT) {
        provide(statement);
      }
      return verdict;
    } catch (SQLException e) {
      return verdict(e);
    } catch (IOException e) {
      return Verdict.unfit("its directory cannot be compared: " + e.getMessage());
    }
  }

  private Connection connect(int port) throws SQLException {
    Properties properties = new Properties();
    properties.put("user", OWNER);
    properties.put("password", secrets.postgresOwner().value());
    properties.put("connectTimeout", "2");
    properties.put("socketTimeout", "10");
    properties.put("ApplicationName", "parley stores");
    return DriverManager.getConnection(
        "jdbc:postgresql://" + Loopback.HOST + ":" + port + "/postgres", properties);
  }

  private static Verdict verdict(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    if (state.startsWith("08") || state.equals("57P03")) {
      return Verdict.NOT_YET;
    }
    if (state.startsWith("28")) {
      return Verdict.unfit("it refuses the password in secrets.json");
    }
    return Verdict.unfit("it says: " + e.getMessage());
  }

  private static Map<String, String> settings(Statement statement) throws SQLException {
    Map<String, String> settings = new TreeMap<>();
    String names = "'" + String.join("','", PostgresServer.SETTINGS.keySet()) + "'";
    try (ResultSet rows =
        statement.executeQuery(
            "select name, setting from pg_settings where name in ("
                + names
                + ", 'max_connections', 'data_directory') union all select 'open',"
                + " count(*)::text from pg_hba_file_rules where auth_method <> 'scram-sha-256'")) {
      while (rows.next()) {
        settings.put(rows.getString(1), rows.getString(2));
      }
    }
    return settings;
  }

  private Verdict compare(Map<String, String> settings) throws IOException {
    for (Map.Entry<String, String> wanted : PostgresServer.SETTINGS.entrySet()) {
      String actual = settings.getOrDefault(wanted.getKey(), "");
      if (!actual.equals(wanted.getValue())) {
        return Verdict.unfit(
            wanted.getKey() + " is '" + actual + "' and not '" + wanted.getValue() + "'");
      }
    }
    if (!"0".equals(settings.get("open"))) {
      return Verdict.unfit("its pg_hba.conf lets somebody in without a password");
    }
    if (Integer.parseInt(settings.getOrDefault("max_connections", "0")) < connections) {
      return Verdict.unfit("it allows fewer than " + connections + " connections");
    }
    return Files.isSameFile(Path.of(settings.getOrDefault("data_directory", "/")), directory)
        ? Verdict.FIT
        : Verdict.unfit("it keeps its data elsewhere");
  }

  private void provide(Statement statement) throws SQLException {
    if (!exists(statement, "select 1 from pg_roles where rolname = '" + USER + "'")) {
      statement.execute(
          "create role " + USER + " login password '" + secrets.postgres().value() + "'");
    }
    if (!exists(statement, "select 1 from pg_database where datname = '" + DATABASE + "'")) {
      statement.execute("create database " + DATABASE + " owner " + USER);
    }
  }

  private static boolean exists(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.next();
    }
  }
}
