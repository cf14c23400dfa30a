package io.parley.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.MongoConfig;
import io.parley.config.PostgresConfig;
import io.parley.config.RedisConfig;
import io.parley.fixtures.StoreProxy;
import io.parley.fixtures.TestPostgres;
import io.parley.fixtures.TestRedis;
import io.parley.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stores on another machine: real servers, each with a network in front that can be broken. */
final class StoresAway implements AutoCloseable {
  private final Map<String, String> environment = new HashMap<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final String listen;
  private final StoreProxy postgres;
  private final StoreProxy redis;
  private Optional<StoreProxy> mongo = Optional.empty();

  /**
   * @param listen the address under which the nodes find them
   */
  private StoresAway(String listen, PostgresConfig database, RedisConfig redis) {
    this.listen = listen;
    this.postgres = before("POSTGRES", database.host(), database.port());
    this.redis = before("REDIS", redis.host(), redis.port());
    environment.put("PARLEY_POSTGRES_DATABASE", database.database());
    environment.put("PARLEY_POSTGRES_USER", database.user());
    environment.put("PARLEY_POSTGRES_PASSWORD", database.password().value());
    environment.put("PARLEY_REDIS_PASSWORD", redis.password().value());
  }

  /** Servers of the test itself. */
  static StoresAway of(String listen) {
    TestRedis server = new TestRedis();
    StoresAway stores = new StoresAway(listen, TestPostgres.database(), server.config());
    stores.open.add(server);
    return stores;
  }

  /** Servers that {@code parley stores} runs on this directory. */
  static StoresAway on(Path data, String listen) throws IOException {
    JsonNode servers = Json.mapper().readTree(Files.readAllBytes(data.resolve("stores.json")));
    JsonNode secrets = Json.mapper().readTree(Files.readAllBytes(data.resolve("secrets.json")));
    PostgresConfig database =
        new PostgresConfig(
            "127.0.0.1",
            servers.at("/postgres/port").asInt(),
            "parley",
            "parley",
            new io.parley.config.Secret(secrets.path("postgres").asText()),
            1,
            java.time.Duration.ZERO);
    return new StoresAway(
        listen,
        database,
        new RedisConfig(
            "127.0.0.1",
            servers.at("/redis/port").asInt(),
            new io.parley.config.Secret(secrets.path("redis").asText())));
  }

  /** The logs are kept in this MongoDB. */
  StoresAway logsIn(MongoConfig config) {
    mongo = Optional.of(before("MONGO", config.host().split(":")[0], port(config)));
    environment.put("PARLEY_LOG_STORE", "mongo");
    environment.put("PARLEY_MONGO_DATABASE", config.database());
    return this;
  }

  private static int port(MongoConfig config) {
    String[] parts = config.host().split(":");
    return parts.length > 1 ? Integer.parseInt(parts[1]) : config.port();
  }

  private StoreProxy before(String store, String host, int port) {
    StoreProxy proxy = StoreProxy.at(listen, host, port);
    open.add(proxy);
    environment.put("PARLEY_" + store + "_HOST", listen);
    environment.put("PARLEY_" + store + "_PORT", "" + proxy.port());
    environment.put("PARLEY_POSTGRES_SSL_MODE", "disable");
    return proxy;
  }

  StoreProxy postgres() {
    return postgres;
  }

  StoreProxy redis() {
    return redis;
  }

  StoreProxy mongo() {
    return mongo.orElseThrow();
  }

  /** What a node is told of them. */
  Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  @Override
  public void close() {
    for (AutoCloseable each : open) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
