package io.parley.stores.mongo;

import io.parley.config.MongoConfig;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.AuthorStore;
import io.parley.log.LogStore;
import io.parley.tls.Authority;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How a node talks to MongoDB: what is acknowledged is in the journals of a majority. */
public final class MongoLink {
  private static final Duration SELECTION = Duration.ofSeconds(2);
  private static final Duration OPERATION = Duration.ofSeconds(4);

  /** How often each member is looked at, also when nobody asks for anything. */
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final MongoClient client;
  private final String where;

  private MongoLink(MongoClient client, String where) {
    this.client = client;
    this.where = where;
  }

  public static MongoLink open(Vertx vertx, MongoConfig config) {
    return new MongoLink(client(vertx, config), members(config));
  }

  /**
   * The store of logs, once all that it needs stands. Fails CONFLICT when an index is missing that
   * keeps logs whole, UNAVAILABLE when the server cannot be used.
   *
   * @param random where the key of a new store comes from
   */
  public Future<LogStore> store(SecureRandom random) {
    return new MongoSteps(client, random)
        .take()
        .<LogStore>map(taken -> new MongoLogStore(client))
        .recover(this::explained);
  }

  /** What somebody has left in these logs. */
  public AuthorStore authors() {
    return new MongoAuthorStore(client);
  }

  /** Succeeds when the server answers. */
  public Future<Void> ping() {
    return client.runCommand("ping", new JsonObject().put("ping", 1)).mapEmpty();
  }

  /**
   * What the server says of itself, and whether everything stands that logs need. Fails
   * UNAVAILABLE.
   */
  public Future<MongoCheckup> checkUp() {
    return MongoCheckup.of(client).recover(this::explained);
  }

  private <T> Future<T> explained(Throwable cause) {
    return Future.failedFuture(
        cause instanceof Failure
            ? cause
            : Failure.of(
                Reason.UNAVAILABLE,
                "MongoDB at " + where + " cannot be used: " + MongoFailures.explained(cause)));
  }

  public Future<Void> close() {
    return client.close();
  }

  static MongoClient client(Vertx vertx, MongoConfig config) {
    JsonObject settings =
        new JsonObject().put("connection_string", url(config)).put("db_name", config.database());
    if (config.tls() && !config.authority().isEmpty()) {
      Authority.read("mongo.authority", config.authority());
      settings.put("caPath", config.authority());
    }
    return MongoClient.create(vertx, settings);
  }

  /**
   * The connection string. Writes wait for the majority and its journals; reads see only what a
   * majority has; both go to the primary.
   */
  static String url(MongoConfig config) {
    String user =
        config.user().isEmpty()
            ? ""
            : encoded(config.user()) + ":" + encoded(config.password().value()) + "@";
    return "mongodb://"
        + user
        + members(config)
        + "/?w=majority&journal=true&readConcernLevel=majority&readPreference=primary"
        + "&retryWrites=true&appName=parley&tls="
        + config.tls()
        + "&maxPoolSize="
        + config.poolSize()
        + "&serverSelectionTimeoutMS="
        + SELECTION.toMillis()
        + "&connectTimeoutMS="
        + SELECTION.toMillis()
        + "&heartbeatFrequencyMS="
        + LOOK.toMillis()
        + "&timeoutMS="
        + OPERATION.toMillis()
        + (config.replicaSet().isEmpty() ? "" : "&replicaSet=" + encoded(config.replicaSet()))
        + (config.user().isEmpty() ? "" : "&authSource=" + encoded(config.authDatabase()));
  }

  private static String members(MongoConfig config) {
    return Arrays.stream(config.host().split(","))
        .map(String::strip)
        .map(member -> member.contains(":") ? member : member + ":" + config.port())
        .collect(Collectors.joining(","));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
