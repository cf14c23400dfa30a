package io.parley.stores.postgres;

import io.parley.config.PostgresConfig;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.tls.Trust;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.util.Properties;

/** How what is said to PostgreSQL is encrypted, for the pool and for JDBC. */
final class PostgresTls {
  private static final String AUTHORITY = "postgres.authority";

  private PostgresTls() {}

  static void secure(PgConnectOptions connect, PostgresConfig config) {
    switch (config.encryption()) {
      case NONE -> connect.setSslMode(SslMode.DISABLE);
      case UNVERIFIED -> {
        ClientSSLOptions anybody =
            new ClientSSLOptions().setTrustAll(true).setHostnameVerificationAlgorithm("");
        connect.setSslMode(SslMode.REQUIRE).setSslOptions(anybody);
      }
      case VERIFIED -> {
        ClientSSLOptions known =
            new ClientSSLOptions()
                .setTrustOptions(Trust.of(AUTHORITY, config.authority()).options())
                .setHostnameVerificationAlgorithm("HTTPS");
        connect.setSslMode(SslMode.VERIFY_FULL).setSslOptions(known);
      }
    }
  }

  /** Who connects, and how, for JDBC. */
  static Properties jdbc(PostgresConfig config) {
    Properties properties = new Properties();
    properties.put("user", config.user());
    properties.put("password", config.password().value());
    switch (config.encryption()) {
      case NONE -> properties.put("sslmode", "disable");
      case UNVERIFIED -> {
        properties.put("sslmode", "require");
        properties.put("sslfactory", "org.postgresql.ssl.NonValidatingFactory");
      }
      case VERIFIED -> {
        properties.put("sslmode", "verify-full");
        if (config.authority().isEmpty()) {
          properties.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        } else {
          Trust.of(AUTHORITY, config.authority());
          properties.put("sslrootcert", config.authority());
        }
      }
    }
    return properties;
  }

  static String url(PostgresConfig config) {
    return "jdbc:postgresql://" + config.host() + ":" + config.port() + "/" + config.database();
  }

  /** The failure itself, or UNAVAILABLE in words where it is about certificates. */
  static RuntimeException explained(RuntimeException cause, PostgresConfig config) {
    return Trust.doubt(cause, AUTHORITY)
        .<RuntimeException>map(why -> unusable(why, config))
        .orElse(cause);
  }

  private static Failure unusable(String why, PostgresConfig config) {
    return Failure.of(
        Reason.UNAVAILABLE,
        "PostgreSQL at "
            + config.host()
            + ":"
            + config.port()
            + " cannot be used: "
            + why
            + " (postgres.sslMode is "
            + config.sslMode()
            + ")");
  }
}
