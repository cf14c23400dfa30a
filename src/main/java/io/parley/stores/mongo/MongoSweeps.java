package io.parley.stores.mongo;

import io.parley.log.LogStore.Stretch;
import io.parley.log.LogStore.Swath;
import io.parley.log.Shown;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.MongoClient;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which logs have had entries since a time, along the index of shards. */
final class MongoSweeps {
  private final MongoClient client;
  private final MongoStates states;

  MongoSweeps(MongoClient client, MongoStates states) {
    this.client = client;
    this.states = states;
  }

  /** Entries of several logs, with all that has become of them. */
  Future<List<Shown>> shown(List<Stretch> stretches) {
    return Waves.each(stretches, this::shown)
        .map(found -> found.stream().flatMap(List::stream).toList());
  }

  private Future<List<Shown>> shown(Stretch stretch) {
    JsonObject wanted = MongoEntries.range(stretch.log(), stretch.first(), stretch.last());
    FindOptions inOrder = new FindOptions().setSort(new JsonObject().put("_id", 1));
    return states
        .mend(stretch.log())
        .compose(mended -> client.findWithOptions(MongoLogStore.ENTRIES, wanted, inOrder))
        .recover(MongoFailures::unavailable)
        .map(found -> found.stream().map(MongoEntries::shown).toList());
  }

  Future<Swath> swath(List<Integer> shards, long from, int limit) {
    JsonObject since = since(shards, new JsonObject().put("$gte", from));
    FindOptions last =
        new FindOptions()
            .setSort(new JsonObject().put("at", 1))
            .setFields(new JsonObject().put("at", 1))
            .setSkip(limit - 1)
            .setLimit(1);
    return client
        .findWithOptions(MongoLogStore.ENTRIES, since, last)
        .recover(MongoFailures::unavailable)
        .map(found -> found.stream().map(entry -> entry.getLong("at")).findFirst())
        .compose(through -> swath(shards, from, through));
  }

  private Future<Swath> swath(List<Integer> shards, long from, Optional<Long> through) {
    JsonObject times = new JsonObject().put("$gte", from);
    through.ifPresent(last -> times.put("$lte", last));
    JsonArray steps =
        new JsonArray()
            .add(new JsonObject().put("$match", since(shards, times)))
            .add(
                new JsonObject()
                    .put(
                        "$group",
                        new JsonObject()
                            .put("_id", "$log")
                            .put("first", new JsonObject().put("$min", "$seq"))
                            .put("last", new JsonObject().put("$max", "$seq"))))
            .add(new JsonObject().put("$sort", new JsonObject().put("_id", 1)));
    return client
        .aggregate(MongoLogStore.ENTRIES, steps)
        .collect(Collectors.toList())
        .recover(MongoFailures::unavailable)
        .map(
            groups ->
                new Swath(
                    groups.stream().map(MongoSweeps::stretch).toList(),
                    through.map(last -> last + 1)));
  }

  private static JsonObject since(List<Integer> shards, JsonObject times) {
    return new JsonObject()
        .put("shard", new JsonObject().put("$in", new JsonArray(List.copyOf(shards))))
        .put("at", times);
  }

  private static Stretch stretch(JsonObject group) {
    JsonObject entry = new JsonObject().put("log", group.getString("_id"));
    return new Stretch(MongoEntries.log(entry), group.getLong("first"), group.getLong("last"));
  }
}
