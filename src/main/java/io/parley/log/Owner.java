package io.parley.log;

import io.parley.accounts.UserId;
import io.parley.config.LimitsConfig;
import io.parley.config.LogConfig;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.LogApi.Admitted;
import io.parley.log.LogApi.Appended;
import io.parley.log.LogStore.Cid;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Writes the logs of some shards: admits, gives places, commits, answers.
 *
 * <p>Lives on one context and is called only there. Any number of owners may work on the same log
 * at once by mistake; they slow each other down and do no harm.
 */
final class Owner {
  private static final long LONGEST_PATIENCE_MS = 30_000;
  private static final long STORE_PATIENCE_MS = 4_000;
  private static final long SWEEP_MS = 100;

  private final Vertx vertx;
  private final LogStore store;
  private final Toll toll;
  private final Ticks ticks;
  private final Supplier<UUID> ids;
  private final EntryJson json;
  private final Digests digests;
  private final LogMetrics metrics;
  private final Pendings pendings;
  private final Settlement settlement;
  private final OpenLogs logs;
  private final Writer writer;
  private boolean draining;

  /** What an owner is made of that is not its own. */
  record Surroundings(
      Vertx vertx,
      LogStore store,
      LogStore.Identity identity,
      Admission admission,
      LogConfig config,
      LimitsConfig limits,
      Ticks ticks,
      Supplier<UUID> ids,
      RandomGenerator random,
      LogMetrics metrics) {}

  Owner(Surroundings given, Listeners listeners) {
    vertx = given.vertx;
    store = given.store;
    toll = new Toll(given.limits);
    ticks = given.ticks;
    ids = given.ids;
    metrics = given.metrics;
    json = new EntryJson(given.identity.epoch());
    digests = new Digests(given.identity.digestKey());
    Patience reading = new Patience(vertx, STORE_PATIENCE_MS);
    pendings = new Pendings(given.config);
    settlement = new Settlement(pendings, json, metrics, this::uncharge, listeners::committed);
    logs =
        new OpenLogs(
            store,
            given.admission,
            given.config.cachedLogs(),
            ticks,
            reading,
            log -> writer().enqueue(log),
            settlement::giveUp);
    Recovery recovery =
        new Recovery(
            vertx, store, settlement, ticks, given.random, metrics, listeners::doubt, reading);
    writer =
        new Writer(
            vertx.getOrCreateContext(),
            store,
            given.config,
            new Verdicts(toll, ticks),
            ticks,
            new Refusals(store, settlement, reading),
            settlement,
            recovery,
            metrics,
            new Patience(vertx, given.config.deadline().toMillis()),
            pendings::size,
            logs::advance);
    vertx.setPeriodic(SWEEP_MS, tick -> pendings.expire(ticks.nanos()));
  }

  private Writer writer() {
    return writer;
  }

  /** {@link LogApi#APPEND}. */
  Future<Appended> append(LogApi.Append request) {
    Draft draft = request.draft();
    EntryJson.check(draft);
    Cid key = new Cid(request.log(), draft.author(), draft.cid());
    UUID digest = digests.of(draft);
    Pending.Until patience = patience(request);
    if (patience.over(ticks.nanos())) {
      metrics.appended(Reason.TIMEOUT.name());
      return Future.failedFuture(Pending.timeout());
    }
    Optional<Pending> pending = pendings.find(key);
    if (pending.isPresent()) {
      return share(pending.get(), digest, patience);
    }
    return settlement
        .recall(key, digest)
        .orElseGet(() -> begin(new Pending(key, draft, ids.get(), digest), patience));
  }

  private Pending.Until patience(LogApi.Append request) {
    long most = ticks.nanos() + TimeUnit.MILLISECONDS.toNanos(LONGEST_PATIENCE_MS);
    return new Pending.Until(
        Math.min(most, Ticks.nanosAt(request.deadline())),
        Math.min(most, Ticks.nanosAt(request.attempt())));
  }

  private Future<Appended> share(Pending pending, UUID digest, Pending.Until patience) {
    if (!pending.digest().equals(digest)) {
      metrics.appended(Reason.CID_CONFLICT.name());
      return Future.failedFuture(Settlement.cidConflict());
    }
    return pending.ask(patience).onSuccess(repeated -> metrics.appended("duplicate"));
  }

  private Future<Appended> begin(Pending pending, Pending.Until patience) {
    if (draining) {
      return Future.failedFuture(Failure.of(Reason.DRAINING, "this node is about to stop"));
    }
    if (!pendings.add(pending)) {
      metrics.appended(Reason.OVERLOADED.name());
      return Future.failedFuture(Pendings.overloaded());
    }
    Future<Appended> outcome = pending.ask(patience);
    OpenLog log = logs.open(pending.key().log());
    log.waiting().addLast(pending);
    if (log.served(pending.draft())) {
      writer.more();
    } else {
      logs.advance(log);
    }
    return outcome;
  }

  /** {@link LogApi#ADMIT}. */
  Future<Admitted> admit(LogApi.Admit request) {
    LogId log = request.log();
    if (log.scope() == LogId.Scope.USER) {
      return log.id().equals(request.user().value())
          ? store.tops(java.util.List.of(log)).map(tops -> new Admitted(json.head(tops.get(0)), 0))
          : Future.failedFuture(Failure.of(Reason.NOT_FOUND, "there is no such log"));
    }
    OpenLog open = logs.open(log);
    if (open.top().filter(top -> top.seq() < request.seen()).isPresent()) {
      logs.forget(open);
    }
    return seekAnew(open, request.user(), Admitting::reading)
        .compose(standing -> admitted(open, request.user(), standing));
  }

  /** Nobody is turned away on what is remembered, since another owner may have let them in. */
  private Future<Standing> seekAnew(
      OpenLog log, UserId user, Function<Standing, Optional<Failure>> refusal) {
    boolean remembered = log.top().isPresent() && log.standing(user).isPresent();
    return logs.seek(log, user)
        .compose(
            standing -> {
              if (remembered && refusal.apply(standing).isPresent()) {
                log.doubt(user);
                return logs.seek(log, user);
              }
              return Future.succeededFuture(standing);
            });
  }

  private Future<Admitted> admitted(OpenLog log, UserId user, Standing standing) {
    Optional<Failure> refused = Admitting.reading(standing);
    if (refused.isPresent()) {
      return Future.failedFuture(refused.get());
    }
    Optional<LogStore.Top> top = log.top();
    if (top.isEmpty() || Admitting.ahead(standing, top.get().version())) {
      log.forget(user);
      log.behind(ticks.nanos());
      logs.advance(log);
      return Future.failedFuture(Admitting.notYet());
    }
    return Future.succeededFuture(new Admitted(json.head(top.get()), standing.since()));
  }

  /** Succeeds for somebody who could post in a room now. Fails as {@link LogApi#APPEND}. */
  Future<Void> mayPost(LogId log, UserId user) {
    OpenLog open = logs.open(log);
    Function<Standing, Optional<Failure>> posting =
        standing -> Admitting.posting(standing, open.slowMode().rules(), ticks.millis());
    return seekAnew(open, user, posting)
        .compose(
            standing ->
                posting
                    .apply(standing)
                    .<Future<Void>>map(Future::failedFuture)
                    .orElseGet(Future::succeededFuture));
  }

  /** Forgets a log that another owner writes now. */
  void close(LogId log) {
    logs.close(log);
  }

  /** Forgets what was read of a shard's logs, since somebody else may have written them. */
  void forget(int shard) {
    logs.forget(shard);
  }

  /** {@link LogApi#DOUBTED}. */
  void doubt(LogApi.Doubted doubted) {
    logs.doubt(doubted);
  }

  /** Takes nothing new; completes when all that was taken is settled, or after that time. */
  Future<Void> drain(Duration atMost) {
    draining = true;
    long end = ticks.nanos() + atMost.toNanos();
    return drained(end);
  }

  private Future<Void> drained(long end) {
    if (pendings.size() == 0 || ticks.nanos() - end >= 0) {
      return Future.succeededFuture();
    }
    return vertx.timer(10, TimeUnit.MILLISECONDS).compose(later -> drained(end));
  }

  Pendings pendings() {
    return pendings;
  }

  private void uncharge(Pending pending) {
    if (pending.charged()) {
      toll.giveBack(logs.open(pending.key().log()), pending, ticks.nanos());
    }
  }
}
