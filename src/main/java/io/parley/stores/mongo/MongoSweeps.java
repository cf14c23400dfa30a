package io.parley.stores.mongo;

import io.parley.log.LogApi.Place;
import io.parley.log.LogStore;
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

  /** The newest message after each of these places, until it is full. */
  Future<List<Shown>> lasts(List<Place> places, long bytes) {
    return Waves.each(places, this::last).map(found -> MongoPages.lasts(found, bytes));
  }

  private Future<List<Shown>> last(Place place) {
    return states
        .newest(place.log())
        .compose(newest -> states.mend(place.log(), newest).compose(mended -> last(place, newest)));
  }

  private Future<List<Shown>> last(Place place, List<JsonObject> newest) {
    if (newest.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    long looked = MongoEntries.entry(newest.get(0)).seq() - LogStore.LOOK_BACK;
    JsonObject wanted =
        MongoEntries.range(place.log(), Math.max(place.seq(), looked) + 1, Long.MAX_VALUE)
            .put("countable", true);
    FindOptions order = new FindOptions().setSort(new JsonObject().put("_id", -1)).setLimit(1);
    return find(wanted, order).map(found -> found.stream().map(MongoEntries::shown).toList());
  }

  private Future<List<JsonObject>> find(JsonObject wanted, FindOptions options) {
    return client
        .findWithOptions(MongoLogStore.ENTRIES, wanted, options)
        .recover(MongoFailures::unavailable);
  }

  Future<Swath> swath(List<Integer> shards, long from, int limit) {
    return through(since(shards, from), limit).compose(through -> swath(shards, from, through));
  }

  /** The same of what may concern threads, each by itself. */
  Future<Swath> woven(List<Integer> shards, long from, int limit) {
    return through(woven(since(shards, from)), limit)
        .compose(
            through ->
                find(
                        woven(since(shards, times(from, through))),
                        new FindOptions()
                            .setSort(new JsonObject().put("log", 1).put("seq", 1))
                            .setFields(new JsonObject().put("log", 1).put("seq", 1)))
                    .map(
                        found ->
                            new Swath(
                                found.stream().map(MongoSweeps::alone).toList(),
                                through.map(last -> last + 1))));
  }

  private static JsonObject woven(JsonObject since) {
    return since.put(MongoEntries.WOVEN, true);
  }

  private static Stretch alone(JsonObject entry) {
    long seq = entry.getLong("seq");
    return new Stretch(MongoEntries.log(entry), seq, seq);
  }

  /** How old the last of the first entries is, if there are so many. */
  private Future<Optional<Long>> through(JsonObject since, int limit) {
    FindOptions last =
        new FindOptions()
            .setSort(new JsonObject().put("at", 1))
            .setFields(new JsonObject().put("at", 1))
            .setSkip(limit - 1)
            .setLimit(1);
    return find(since, last)
        .map(found -> found.stream().map(entry -> entry.getLong("at")).findFirst());
  }

  private Future<Swath> swath(List<Integer> shards, long from, Optional<Long> through) {
    JsonArray steps =
        new JsonArray()
            .add(new JsonObject().put("$match", since(shards, times(from, through))))
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

  private static JsonObject times(long from, Optional<Long> through) {
    JsonObject times = new JsonObject().put("$gte", from);
    through.ifPresent(last -> times.put("$lte", last));
    return times;
  }

  private static JsonObject since(List<Integer> shards, long from) {
    return since(shards, times(from, Optional.empty()));
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
