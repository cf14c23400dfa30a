package io.parley.stores.mongo;

import io.parley.log.Entry;
import io.parley.log.LogId;
import io.parley.log.LogStore;
import io.parley.log.Mentions;
import io.parley.log.MessageState;
import io.parley.log.Mutation;
import io.parley.log.Revised;
import io.parley.log.Shown;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.BulkOperation;
import io.vertx.ext.mongo.BulkWriteOptions;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.MongoClient;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The states of messages, each in the document of its message.
 *
 * <p>Entries are written first and states after them, in one ordered write that may come to its end
 * anywhere. As the states of a log go in the order of their age, all of them are there when the
 * newest change is in its message. Otherwise they are made up from the last entries: whoever does
 * that comes to the same states, and none replaces a newer one.
 */
final class MongoStates {
  private static final String REVISES = "revises";

  private final MongoClient client;

  MongoStates(MongoClient client) {
    this.client = client;
  }

  /**
   * What stores these entries. Each tells whether a change of its log comes with it or right before
   * it in the same write, so that the newest entry tells whether states may be lacking: whoever
   * wrote it had seen to those of earlier writes.
   */
  static List<BulkOperation> inserts(List<Entry> batch) {
    Set<LogId> changed = new HashSet<>();
    List<BulkOperation> inserts = new ArrayList<>();
    for (Entry entry : batch) {
      if (Mutation.of(entry).isPresent()) {
        changed.add(entry.log());
      }
      JsonObject document = MongoEntries.document(entry);
      if (changed.contains(entry.log())) {
        document.put(REVISES, true);
      }
      inserts.add(BulkOperation.createInsert(document));
    }
    return inserts;
  }

  /** What brings these states about, to follow the entries in the same ordered write. */
  static List<BulkOperation> writes(List<Revised> revised) {
    return revised.stream().flatMap(MongoStates::writes).toList();
  }

  /** A message tells of its deletion last, so that nothing is left then that could be forgotten. */
  private static Stream<BulkOperation> writes(Revised revised) {
    MessageState state = revised.state();
    String place = MongoEntries.place(revised.log(), revised.seq());
    JsonObject older =
        new JsonObject()
            .put("_id", place)
            .put(
                "$or",
                new JsonArray()
                    .add(new JsonObject().put("rev", new JsonObject().put("$exists", false)))
                    .add(new JsonObject().put("rev", new JsonObject().put("$lt", state.rev()))));
    JsonObject now = new JsonObject().put("rev", state.rev()).put("state", state.json());
    state
        .pinned()
        .ifPresent(pin -> now.put("pinned", MongoEntries.place(revised.log(), pin.seq())));
    if (!state.deleted()) {
      return Stream.of(BulkOperation.createUpdate(older, reworded(now, state)));
    }
    JsonObject edits = new JsonObject().put("of", place).put("kind", Mutation.EDIT.word());
    JsonObject cleared = new JsonObject().put("body", MessageState.CLEARED);
    return Stream.of(
        BulkOperation.createUpdate(edits, set(cleared), false, true),
        BulkOperation.createUpdate(older, reworded(now.mergeIn(cleared), state)));
  }

  private static JsonObject reworded(JsonObject fields, MessageState state) {
    return Mentions.after(state)
        .map(mentions -> MongoMentions.update(replacing(fields), mentions))
        .orElseGet(() -> replacing(fields));
  }

  /** What a state does not say, its message must not say any more. */
  private static JsonObject replacing(JsonObject now) {
    return now.containsKey("pinned")
        ? set(now)
        : set(now).put("$unset", new JsonObject().put("pinned", ""));
  }

  private static JsonObject set(JsonObject fields) {
    return new JsonObject().put("$set", fields);
  }

  /** Makes sure that every change that stands by now is in its message. */
  Future<Void> mend(LogId log) {
    return newest(log).compose(newest -> mend(log, newest));
  }

  /** The newest entry of a log as it is stored, if there is any. */
  Future<List<JsonObject>> newest(LogId log) {
    return find(MongoEntries.range(log, 1, Long.MAX_VALUE), "_id", -1, 1);
  }

  /** The same for whoever has the newest entry: costs nothing if that tells of no change. */
  Future<Void> mend(LogId log, List<JsonObject> newest) {
    return newest.stream().anyMatch(entry -> entry.getBoolean(REVISES, false))
        ? mutations(MongoEntries.mutations(log, 1, Long.MAX_VALUE), -1, 1)
            .compose(changes -> mend(changes.get(0)))
        : Future.succeededFuture();
  }

  private Future<Void> mend(Entry newest) {
    return targets(List.of(newest))
        .compose(
            found ->
                found.stream().allMatch(target -> target.state().rev() >= newest.seq())
                    ? Future.succeededFuture()
                    : remake(newest.log(), newest.seq()));
  }

  private Future<Void> remake(LogId log, long last) {
    long first = Math.max(1, last - LogStore.LARGEST_BATCH);
    return mutations(MongoEntries.mutations(log, first, last), 1, LogStore.LARGEST_BATCH + 1)
        .compose(
            changes ->
                targets(changes).map(targets -> revised(targets, changes)).compose(this::write));
  }

  private Future<List<Entry>> mutations(JsonObject wanted, int direction, int limit) {
    return find(wanted, "mutation", direction, limit)
        .map(found -> found.stream().map(MongoEntries::entry).toList());
  }

  private Future<List<JsonObject>> find(JsonObject wanted, String by, int direction, int limit) {
    FindOptions order =
        new FindOptions().setSort(new JsonObject().put(by, direction)).setLimit(limit);
    return client
        .findWithOptions(MongoLogStore.ENTRIES, wanted, order)
        .recover(MongoFailures::unavailable);
  }

  private Future<List<Shown>> targets(List<Entry> changes) {
    JsonArray places = new JsonArray();
    changes.stream()
        .map(change -> MongoEntries.place(change.log(), change.target().orElseThrow()))
        .distinct()
        .forEach(places::add);
    return client
        .find(
            MongoLogStore.ENTRIES, new JsonObject().put("_id", new JsonObject().put("$in", places)))
        .recover(MongoFailures::unavailable)
        .map(found -> found.stream().map(MongoEntries::shown).toList());
  }

  /** Those that lack some of these changes, with all of them, by the age of the last. */
  private static List<Revised> revised(List<Shown> targets, List<Entry> changes) {
    Map<Long, Shown> latest = new HashMap<>();
    targets.forEach(target -> latest.put(target.entry().seq(), target));
    changes.forEach(
        change ->
            latest.computeIfPresent(
                change.target().orElseThrow(), (seq, before) -> before.after(change)));
    return targets.stream()
        .map(before -> latest.getOrDefault(before.entry().seq(), before))
        .filter(after -> !targets.contains(after))
        .map(after -> new Revised(after.entry().log(), after.entry().seq(), after.state()))
        .sorted(Comparator.comparingLong(each -> each.state().rev()))
        .toList();
  }

  private Future<Void> write(List<Revised> revised) {
    return revised.isEmpty()
        ? Future.succeededFuture()
        : client
            .bulkWriteWithOptions(
                MongoLogStore.ENTRIES, writes(revised), new BulkWriteOptions().setOrdered(true))
            .<Void>mapEmpty()
            .recover(MongoFailures::unavailable);
  }
}
