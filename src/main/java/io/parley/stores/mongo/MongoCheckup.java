package io.parley.stores.mongo;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.util.List;
import java.util.Optional;

/**
 * A look at MongoDB from outside a running node.
 *
 * @param replicaSet the name of the set that it belongs to; none for a single server
 * @param missing the names of indexes that logs need and that are not there
 */
public record MongoCheckup(String version, Optional<String> replicaSet, List<String> missing) {

  /** Asks it. */
  static Future<MongoCheckup> of(MongoClient client) {
    Future<String> version = command(client, "buildInfo").map(info -> info.getString("version"));
    Future<Optional<String>> set =
        greeting(client).map(hello -> Optional.ofNullable(hello.getString("setName")));
    Future<List<String>> missing = MongoSteps.missing(client);
    return Future.all(version, set, missing)
        .map(all -> new MongoCheckup(version.result(), set.result(), missing.result()));
  }

  /** Servers of old know the question by another name. */
  private static Future<JsonObject> greeting(MongoClient client) {
    return command(client, "hello").recover(unknown -> command(client, "isMaster"));
  }

  private static Future<JsonObject> command(MongoClient client, String name) {
    return client.runCommand(name, new JsonObject().put(name, 1));
  }
}
