package io.parley.stores.embedded;

import io.parley.config.Secret;
import io.parley.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** Generated once per data directory, readable by its owner only, never printed. */
record Secrets(
    Secret postgresOwner,
    Secret postgres,
    Secret redis,
    String s3AccessKey,
    Secret s3SecretKey,
    Secret jwt,
    Secret cluster) {
  private static final int BYTES = 36;
  private static final int KEY_BYTES = 15;

  /** Reads them, or makes them when there are none yet. */
  static Secrets of(DataDirectory data, SecureRandom random) throws IOException {
    Path file = data.secrets();
    if (Files.exists(file)) {
      DataDirectory.permit(file, "rw-------");
      return read(file);
    }
    Map<String, String> made = new TreeMap<>();
    for (String name : new String[] {"postgresOwner", "postgres", "redis", "s3SecretKey"}) {
      made.put(name, random(random, BYTES));
    }
    made.put("s3AccessKey", random(random, KEY_BYTES));
    made.put("jwt", random(random, BYTES));
    made.put("cluster", random(random, BYTES));
    DataDirectory.writePrivate(file, Json.write(made));
    return read(file);
  }

  private static Secrets read(Path file) throws IOException {
    var json = Json.object(Files.readAllBytes(file));
    return new Secrets(
        secret(json.path("postgresOwner").asText(), file),
        secret(json.path("postgres").asText(), file),
        secret(json.path("redis").asText(), file),
        secret(json.path("s3AccessKey").asText(), file).value(),
        secret(json.path("s3SecretKey").asText(), file),
        secret(json.path("jwt").asText(), file),
        secret(json.path("cluster").asText(), file));
  }

  private static Secret secret(String value, Path file) {
    if (value.isEmpty()) {
      throw new StoresException(file + " is damaged; bring it back from a backup");
    }
    return new Secret(value);
  }

  private static String random(SecureRandom random, int bytes) {
    byte[] value = new byte[bytes];
    random.nextBytes(value);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
  }
}
