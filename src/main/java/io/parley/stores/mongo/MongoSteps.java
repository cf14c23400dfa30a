package io.parley.stores.mongo;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.IndexOptions;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.ext.mongo.UpdateOptions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * What must stand in MongoDB before the first entry: made step by step, each of which may be taken
 * again, and looked at after every start. Without the unique indexes two owners could fork a log; a
 * node refuses to start without them.
 */
final class MongoSteps {
  private static final int KEY_BYTES = 32;

  /** Stands when all documents are marked. */
  private static final String WOVEN = "woven";

  private static final List<Index> INDEXES =
      List.of(
          new Index("log_entries_cid", List.of("log", "author", "cid"), true, false),
          new Index("log_entries_change", List.of("change"), true, true),
          new Index("log_entries_own", List.of("log", "author", "countable", "seq"), false, false),
          new Index("log_entries_shard", List.of("shard", "at"), false, false),
          new Index("log_entries_mutation", List.of("mutation"), true, true),
          new Index("log_entries_of", List.of("of", "mutation"), true, true),
          new Index("log_entries_pinned", List.of("pinned"), true, true),
          new Index("log_entries_thread", List.of("thread", "seq"), "thread"),
          new Index("log_entries_replied", List.of("log", "author", "replies", "seq"), "replies"),
          new Index("log_entries_woven", List.of("shard", "at", "woven"), "woven"),
          new Index("log_entries_mentions", List.of("log", "mentions", "seq"), "mentions"));

  private final MongoClient client;
  private final SecureRandom random;

  /**
   * @param where only of documents that have this field, if any is named
   */
  private record Index(
      String name, List<String> fields, boolean unique, boolean sparse, String where) {

    Index(String name, List<String> fields, boolean unique, boolean sparse) {
      this(name, fields, unique, sparse, "");
    }

    Index(String name, List<String> fields, String where) {
      this(name, fields, false, false, where);
    }

    JsonObject keys() {
      JsonObject keys = new JsonObject();
      fields.forEach(field -> keys.put(field, 1));
      return keys;
    }

    IndexOptions options() {
      IndexOptions options = new IndexOptions().name(name).unique(unique).sparse(sparse);
      return where.isEmpty()
          ? options
          : options.partialFilterExpression(
              new JsonObject().put(where, new JsonObject().put("$exists", true)));
    }

    boolean stands(JsonArray found) {
      return found.stream()
          .map(JsonObject.class::cast)
          .anyMatch(
              each ->
                  name.equals(each.getString("name"))
                      && List.copyOf(each.getJsonObject("key").fieldNames()).equals(fields)
                      && each.getBoolean("unique", false) == unique);
    }
  }

  /**
   * @param random where the key of a new store comes from
   */
  MongoSteps(MongoClient client, SecureRandom random) {
    this.client = client;
    this.random = random;
  }

  /** Takes all steps. Fails CONFLICT, naming what is missing, when they have not worked. */
  Future<Void> take() {
    Future<?> taken = Future.succeededFuture();
    for (Index index : INDEXES) {
      taken =
          taken.compose(
              before ->
                  client.createIndexWithOptions(
                      MongoLogStore.ENTRIES, index.keys(), index.options()));
    }
    return taken.compose(made -> verify()).compose(sound -> weave()).compose(woven -> identify());
  }

  /**
   * Marks what may concern threads in documents from before anybody could follow one, once: it goes
   * over all of them, along the indexes of threads and of changes.
   */
  private Future<Void> weave() {
    JsonObject done = new JsonObject().put("_id", WOVEN);
    return client
        .count(MongoLogStore.STORE, done)
        .compose(
            found ->
                found > 0
                    ? Future.succeededFuture()
                    : weave(new JsonObject().put("thread", new JsonObject().put("$gt", "")))
                        .compose(replies -> weave(MongoEntries.rewording()))
                        .compose(changes -> client.save(MongoLogStore.STORE, done))
                        .mapEmpty());
  }

  private Future<?> weave(JsonObject which) {
    return client.updateCollectionWithOptions(
        MongoLogStore.ENTRIES,
        which.put(MongoEntries.WOVEN, new JsonObject().put("$exists", false)),
        new JsonObject().put("$set", new JsonObject().put(MongoEntries.WOVEN, true)),
        new UpdateOptions().setMulti(true));
  }

  /** Whether the indexes that keep logs whole are there. */
  Future<Void> verify() {
    return missing(client)
        .compose(
            missing ->
                missing.isEmpty()
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        Failure.of(
                            Reason.CONFLICT,
                            "MongoDB lacks these indexes, or has others of their names: "
                                + String.join(", ", missing))));
  }

  /** The names of the indexes that are not there, or not as they must be. */
  static Future<List<String>> missing(MongoClient client) {
    return client
        .listIndexes(MongoLogStore.ENTRIES)
        .map(
            found ->
                INDEXES.stream().filter(each -> !each.stands(found)).map(Index::name).toList());
  }

  /** Whoever is first makes the identity; all use it. */
  private Future<Void> identify() {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    JsonObject identity =
        new JsonObject()
            .put("_id", MongoLogStore.IDENTITY)
            .put("epoch", random.nextInt(Integer.MAX_VALUE))
            .put("digestKey", Base64.getEncoder().encodeToString(key));
    return client
        .insert(MongoLogStore.STORE, identity)
        .<Void>mapEmpty()
        .recover(
            cause ->
                MongoFailures.isDuplicate(cause)
                    ? Future.succeededFuture()
                    : Future.failedFuture(cause));
  }
}
