package io.parley.stores.mongo;

import io.parley.accounts.UserId;
import io.parley.log.AuthorStore;
import io.parley.log.Entry;
import io.parley.log.LogId;
import io.parley.log.Shown;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.ext.mongo.UpdateOptions;
import java.util.List;
import java.util.Optional;

/** Authors in MongoDB: the indexes that keep logs whole serve their pages. */
final class MongoAuthorStore implements AuthorStore {
  private final MongoClient client;
  private final MongoStates states;

  MongoAuthorStore(MongoClient client) {
    this.client = client;
    this.states = new MongoStates(client);
  }

  @Override
  public Future<Optional<String>> rename(
      LogId log, UserId author, String name, String after, int limit) {
    JsonObject wanted = of(log, author).put("cid", new JsonObject().put("$gt", after));
    return find(wanted, "cid", limit).compose(found -> rename(found, name).map(last(found)));
  }

  private Future<?> rename(List<JsonObject> found, String name) {
    if (found.isEmpty()) {
      return Future.succeededFuture();
    }
    JsonArray ids = new JsonArray();
    found.forEach(each -> ids.add(each.getString("_id")));
    return update(
        new JsonObject().put("_id", new JsonObject().put("$in", ids)),
        new JsonObject().put("name", name));
  }

  private static Optional<String> last(List<JsonObject> found) {
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(found.get(found.size() - 1).getString("cid"));
  }

  @Override
  public Future<List<Entry>> changes(LogId log, long afterVersion, int limit) {
    JsonObject versions =
        new JsonObject()
            .put("$gt", MongoEntries.place(log, afterVersion))
            .put("$lte", MongoEntries.place(log, Long.MAX_VALUE));
    return find(new JsonObject().put("change", versions), "change", limit)
        .map(found -> found.stream().map(MongoEntries::entry).toList());
  }

  @Override
  public Future<Void> rewrite(LogId log, long seq, String body) {
    return update(
            new JsonObject().put("_id", MongoEntries.place(log, seq)),
            new JsonObject().put("body", body))
        .mapEmpty();
  }

  @Override
  public Future<List<Shown>> said(LogId log, UserId author, long after, int limit) {
    JsonObject later = new JsonObject().put("$gt", after);
    JsonArray either =
        new JsonArray()
            .add(MongoEntries.own(log, author).put("seq", later))
            .add(MongoEntries.replies(log, author).put("seq", later));
    JsonObject wanted = new JsonObject().put("$or", either);
    return states
        .mend(log)
        .compose(mended -> find(wanted, "seq", limit))
        .map(found -> found.stream().map(MongoEntries::shown).toList());
  }

  private static JsonObject of(LogId log, UserId author) {
    return new JsonObject().put("log", log.toString()).put("author", author.toString());
  }

  private Future<List<JsonObject>> find(JsonObject wanted, String order, int limit) {
    FindOptions options = new FindOptions().setSort(new JsonObject().put(order, 1)).setLimit(limit);
    return client
        .findWithOptions(MongoLogStore.ENTRIES, wanted, options)
        .recover(MongoFailures::unavailable);
  }

  private Future<?> update(JsonObject which, JsonObject fields) {
    return client
        .updateCollectionWithOptions(
            MongoLogStore.ENTRIES,
            which,
            new JsonObject().put("$set", fields),
            new UpdateOptions().setMulti(true))
        .recover(MongoFailures::unavailable);
  }
}
