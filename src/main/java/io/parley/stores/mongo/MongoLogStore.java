package io.parley.stores.mongo;

import io.parley.accounts.UserId;
import io.parley.log.Entry;
import io.parley.log.LogApi.Place;
import io.parley.log.LogId;
import io.parley.log.LogStore;
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
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;

/**
 * Logs in one collection of MongoDB, an entry a document.
 *
 * <p>A batch is one ordered write: one that fails may have been stored up to the entry that failed,
 * never past it, so no log is left with a hole.
 */
public final class MongoLogStore implements LogStore {
  static final String ENTRIES = "log_entries";
  static final String STORE = "log_store";
  static final String IDENTITY = "identity";

  private static final BulkWriteOptions IN_ORDER = new BulkWriteOptions().setOrdered(true);
  private static final JsonObject ONLY_SEQ = new JsonObject().put("seq", 1);

  private final MongoClient client;
  private final MongoStates states;
  private final MongoSweeps sweeps;

  public MongoLogStore(MongoClient client) {
    this.client = client;
    this.states = new MongoStates(client);
    this.sweeps = new MongoSweeps(client, states);
  }

  @Override
  public Future<Identity> identity() {
    return client
        .findOne(STORE, new JsonObject().put("_id", IDENTITY), null)
        .recover(MongoFailures::unavailable)
        .map(
            found ->
                new Identity(
                    found.getInteger("epoch"),
                    new SecretKeySpec(
                        Base64.getDecoder().decode(found.getString("digestKey")), "HmacSHA256")));
  }

  @Override
  public Future<List<Top>> tops(List<LogId> logs) {
    return Waves.each(logs, log -> states.newest(log).compose(newest -> top(log, newest)));
  }

  @Override
  public Future<List<Top>> open(List<LogId> logs) {
    return Waves.each(
        logs,
        log ->
            states
                .newest(log)
                .compose(newest -> states.mend(log, newest).compose(mended -> top(log, newest))));
  }

  /** The version is read second, so that it is never older than the place. */
  private Future<Top> top(LogId log, List<JsonObject> newest) {
    return newest.isEmpty()
        ? Future.succeededFuture(Top.empty(log))
        : ask(MongoEntries.changes(log), newestFirst("change").setLimit(1))
            .map(changed -> top(MongoEntries.entry(newest.get(0)), changed));
  }

  private static Top top(Entry newest, List<Entry> changed) {
    long version = changed.stream().flatMap(each -> each.version().stream()).findFirst().orElse(0L);
    return new Top(newest.log(), newest.seq(), newest.n(), newest.at(), newest.id(), version);
  }

  @Override
  public Future<List<Entry>> find(List<Cid> cids) {
    if (cids.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return ask(MongoEntries.any(cids), new FindOptions())
        .compose(found -> mended(found).map(found));
  }

  private Future<?> mended(List<Entry> found) {
    List<LogId> changed =
        found.stream()
            .filter(entry -> Mutation.of(entry).isPresent())
            .map(Entry::log)
            .distinct()
            .toList();
    return Waves.each(changed, states::mend);
  }

  @Override
  public Future<Void> append(List<Entry> batch, List<Revised> revised) {
    if (batch.isEmpty()) {
      return Future.succeededFuture();
    }
    if (batch.stream().anyMatch(MongoLogStore::poisoned)) {
      IllegalArgumentException why = new IllegalArgumentException("a body holds U+0000");
      return Future.failedFuture(new Fault(Fault.Outcome.REFUSED, why));
    }
    List<BulkOperation> writes = new ArrayList<>(MongoStates.inserts(batch));
    writes.addAll(MongoStates.writes(revised));
    return client
        .bulkWriteWithOptions(ENTRIES, writes, IN_ORDER)
        .<Void>mapEmpty()
        .recover(cause -> Future.failedFuture(new Fault(MongoFailures.outcome(cause), cause)));
  }

  /** What PostgreSQL cannot hold is refused here too, lest logs could not be moved. */
  private static boolean poisoned(Entry entry) {
    return entry.body().indexOf('\0') >= 0 || entry.name().indexOf('\0') >= 0;
  }

  @Override
  public Future<List<Entry>> read(LogId log, long after, long through, int limit, long bytes) {
    if (after >= through) {
      return Future.succeededFuture(List.of());
    }
    return ask(MongoEntries.range(log, after + 1, through), oldestFirst().setLimit(limit))
        .map(found -> MongoPages.entries(found, bytes));
  }

  @Override
  public Future<List<Shown>> visible(
      LogId log, long from, long through, boolean newest, int limit, long bytes) {
    FindOptions order = newest ? newestFirst("_id") : oldestFirst();
    return page(
        log, MongoEntries.visible(log, from, through), order.setLimit(limit), newest, bytes);
  }

  @Override
  public Future<List<Shown>> thread(
      LogId log, long root, long from, long through, boolean newest, int limit, long bytes) {
    JsonObject wanted = MongoEntries.thread(log, root, from, through);
    FindOptions order = new FindOptions().setSort(new JsonObject().put("seq", newest ? -1 : 1));
    return page(log, wanted, order.setLimit(limit), newest, bytes);
  }

  private Future<List<Shown>> page(
      LogId log, JsonObject wanted, FindOptions order, boolean newest, long bytes) {
    return states
        .mend(log)
        .compose(mended -> show(wanted, order))
        .map(
            found -> {
              List<Shown> page = new ArrayList<>(MongoPages.shown(found, bytes));
              if (newest) {
                Collections.reverse(page);
              }
              return page;
            });
  }

  @Override
  public Future<List<Shown>> at(LogId log, List<Long> places) {
    JsonArray ids = new JsonArray();
    places.forEach(seq -> ids.add(MongoEntries.place(log, seq)));
    JsonObject wanted = new JsonObject().put("_id", new JsonObject().put("$in", ids));
    return states.mend(log).compose(mended -> show(wanted, oldestFirst()));
  }

  @Override
  public Future<List<Long>> pins(LogId log) {
    return find(MongoEntries.pinned(log, Long.MAX_VALUE), new FindOptions().setFields(ONLY_SEQ))
        .map(found -> found.stream().map(each -> each.getLong("seq")).toList());
  }

  @Override
  public Future<List<Shown>> pinned(LogId log, long from, long before, int limit, long bytes) {
    JsonObject wanted =
        MongoEntries.pinned(log, before).put("seq", new JsonObject().put("$gte", from));
    return states
        .mend(log)
        .compose(mended -> show(wanted, newestFirst("pinned").setLimit(limit)))
        .map(found -> MongoPages.shown(found, bytes));
  }

  @Override
  public Future<List<Entry>> edits(LogId log, long target, long after, int limit, long bytes) {
    FindOptions order = new FindOptions().setSort(new JsonObject().put("mutation", 1));
    return ask(MongoEntries.edits(log, target, after), order.setLimit(limit))
        .map(found -> MongoPages.entries(found, bytes));
  }

  @Override
  public Future<List<Long>> own(UserId author, List<Stretch> stretches) {
    return Waves.each(
        stretches,
        some -> count(MongoEntries.own(some.log(), author).put("seq", MongoMentions.within(some))));
  }

  private Future<Long> count(JsonObject wanted) {
    return client.count(ENTRIES, wanted).recover(MongoFailures::unavailable);
  }

  @Override
  public Future<Map<UserId, Long>> wrote(LogId log, List<UserId> authors) {
    List<JsonObject> either =
        authors.stream()
            .flatMap(a -> Stream.of(MongoEntries.own(log, a), MongoEntries.replies(log, a)))
            .toList();
    return Waves.each(either, wanted -> ask(wanted, newestFirst("seq").setLimit(1)))
        .map(
            found ->
                found.stream()
                    .flatMap(List::stream)
                    .collect(Collectors.toMap(Entry::author, Entry::at, Math::max)));
  }

  @Override
  public Future<List<Long>> mentions(UserId reader, List<Stretch> stretches) {
    return Waves.each(stretches, some -> count(MongoMentions.of(reader, some)));
  }

  @Override
  public Future<List<Shown>> unread(UserId reader, Place after, int limit, long bytes) {
    return states
        .mend(after.log())
        .compose(mended -> show(MongoMentions.unread(reader, after), oldestFirst().setLimit(limit)))
        .map(found -> MongoPages.shown(found, bytes));
  }

  @Override
  public Future<List<Shown>> lasts(List<Place> places, long bytes) {
    return sweeps.lasts(places, bytes);
  }

  @Override
  public Future<Swath> swath(List<Integer> shards, long from, int limit) {
    return sweeps.swath(shards, from, limit);
  }

  @Override
  public Future<Swath> woven(List<Integer> shards, long from, int limit) {
    return sweeps.woven(shards, from, limit);
  }

  @Override
  public Future<List<Tally>> tallies(List<Strand> strands) {
    return Waves.each(
        strands,
        some ->
            count(MongoEntries.own(some))
                .compose(
                    own -> count(MongoEntries.meaning(some)).map(meant -> new Tally(own, meant))));
  }

  @Override
  public Future<List<Long>> lengths(List<Strand> strands) {
    return Waves.each(strands, some -> count(MongoEntries.strand(some)));
  }

  @Override
  public Future<List<Shown>> shown(List<Stretch> stretches) {
    return sweeps.shown(stretches);
  }

  private Future<List<Entry>> ask(JsonObject wanted, FindOptions options) {
    return find(wanted, options).map(found -> found.stream().map(MongoEntries::entry).toList());
  }

  private Future<List<Shown>> show(JsonObject wanted, FindOptions options) {
    return find(wanted, options).map(found -> found.stream().map(MongoEntries::shown).toList());
  }

  private Future<List<JsonObject>> find(JsonObject wanted, FindOptions options) {
    return client.findWithOptions(ENTRIES, wanted, options).recover(MongoFailures::unavailable);
  }

  private static FindOptions newestFirst(String index) {
    return new FindOptions().setSort(new JsonObject().put(index, -1));
  }

  private static FindOptions oldestFirst() {
    return new FindOptions().setSort(new JsonObject().put("_id", 1));
  }
}
