package io.parley.config;

import java.util.Map;
import java.util.TreeMap;

/**
 * Names of variables from before Parley had names of its own. They are weaker than {@code PARLEY_…}
 * and stronger than a file.
 */
final class Aliases {
  private static final long MOST_SECONDS = 604_800;

  /** The variable and the key it sets. */
  static final Map<String, String> KEYS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("DB_HOST", "postgres.host"),
              Map.entry("DB_PORT", "postgres.port"),
              Map.entry("DB_NAME", "postgres.database"),
              Map.entry("DB_USER", "postgres.user"),
              Map.entry("DB_PASS", "postgres.password"),
              Map.entry("MONGO_HOST", "mongo.host"),
              Map.entry("MONGO_PORT", "mongo.port"),
              Map.entry("MONGO_USER", "mongo.user"),
              Map.entry("MONGO_PASSWORD", "mongo.password"),
              Map.entry("MONGO_DB", "mongo.database"),
              Map.entry("MONGO_AUTH_DB", "mongo.authDatabase"),
              Map.entry("REDIS_HOST", "redis.host"),
              Map.entry("REDIS_PORT", "redis.port"),
              Map.entry("JWT_SECRET", "auth.jwtSecret"),
              Map.entry("JWT_EXPIRATION", "auth.accessToken"),
              Map.entry("MINIO_ROOT_USER", "s3.accessKey"),
              Map.entry("MINIO_ROOT_PASSWORD", "s3.secretKey"),
              Map.entry("MINIO_BUCKET", "s3.bucket"),
              Map.entry("MINIO_PUBLIC_URL", "s3.publicUrl")));

  private Aliases() {}

  /**
   * The value in today's spelling. A bare JWT_EXPIRATION was seconds in some systems and
   * milliseconds in others: up to a week of seconds it is seconds.
   */
  static String modern(String variable, String value) {
    if (!variable.equals("JWT_EXPIRATION") || !value.strip().matches("\\d{1,12}")) {
      return value;
    }
    return value.strip() + (Long.parseLong(value.strip()) <= MOST_SECONDS ? "s" : "ms");
  }
}
