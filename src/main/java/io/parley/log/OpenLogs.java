package io.parley.log;

import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.LogStore.Top;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The logs an owner has at hand. Loads heads, many logs to a question, and then standings and the
 * messages to be changed or answered, so that neither is ever older than the head it is used with.
 */
final class OpenLogs {
  private static final int HEADS_AT_ONCE = 1_000;
  private static final int MAX_SEEKERS = 10_000;

  private final LogStore store;
  private final Admission admission;
  private final int cached;
  private final Ticks ticks;
  private final Patience patience;
  private final Consumer<OpenLog> workable;
  private final BiConsumer<Pending, Failure> failed;
  private final Map<LogId, OpenLog> logs = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<OpenLog> cold = new LinkedHashSet<>();
  private boolean loadingHeads;
  private int seekers;

  /**
   * @param workable told when a log's first waiting append can be decided on
   * @param failed told of appends whose log could not be loaded
   */
  OpenLogs(
      LogStore store,
      Admission admission,
      int cached,
      Ticks ticks,
      Patience patience,
      Consumer<OpenLog> workable,
      BiConsumer<Pending, Failure> failed) {
    this.store = store;
    this.admission = admission;
    this.cached = cached;
    this.ticks = ticks;
    this.patience = patience;
    this.workable = workable;
    this.failed = failed;
  }

  /** A log, known or new; the least recently used idle ones make room. */
  OpenLog open(LogId id) {
    OpenLog known = logs.get(id);
    if (known != null) {
      return known;
    }
    evict();
    OpenLog opened = new OpenLog(id);
    logs.put(id, opened);
    return opened;
  }

  /** Forgets a log that somebody else owns now, unless work on it is under way. */
  void close(LogId id) {
    OpenLog log = logs.get(id);
    if (log != null && log.idle()) {
      logs.remove(id);
    }
  }

  /** Forgets what was read of a shard's logs; what is under way is read anew. */
  void forget(int shard) {
    for (OpenLog log : List.copyOf(logs.values())) {
      if (log.id().shard() == shard) {
        forget(log);
      }
    }
  }

  /** What is remembered of who may do what in these logs counts again when it was read anew. */
  void doubt(LogApi.Doubted doubted) {
    List<OpenLog> concerned =
        doubted.all()
            ? List.copyOf(logs.values())
            : doubted.logs().stream().filter(logs::containsKey).map(logs::get).toList();
    concerned.forEach(OpenLog::doubt);
  }

  /** Forgets what was read of a log; what is under way is read anew. */
  void forget(OpenLog log) {
    log.forget();
    if (!log.writing()) {
      advance(log);
    }
  }

  /**
   * What a user may do with a log as of its newest durable entry. Fails OVERLOADED, UNAVAILABLE.
   */
  Future<Standing> seek(OpenLog log, UserId user) {
    Optional<Standing> known = log.top().flatMap(loaded -> log.standing(user));
    if (known.isPresent()) {
      return Future.succeededFuture(known.get());
    }
    if (seekers >= MAX_SEEKERS) {
      return Future.failedFuture(
          Failure.of(Reason.OVERLOADED, "too many readers are waiting").with("retryAfterMs", 500));
    }
    Promise<Standing> promise = Promise.promise();
    log.seekers().add(new Seeker(user, promise));
    seekers++;
    advance(log);
    return promise.future();
  }

  /** Does the next thing for a log: loads what is missing, answers, or lets it be written. */
  void advance(OpenLog log) {
    if (log.waiting().isEmpty() && log.seekers().isEmpty()) {
      log.targets().rest();
      return;
    }
    if (log.top().isEmpty()) {
      loadHead(log);
      return;
    }
    if (!log.loading()) {
      answerSeekers(log);
      load(log);
    }
    if (log.workable()) {
      workable.accept(log);
    }
  }

  /** While a write of unknown outcome is pursued, nothing is loaded that it could make stale. */
  private void loadHead(OpenLog log) {
    if (!log.loading() && !log.writing()) {
      log.loading(true);
      cold.add(log);
      loadHeads();
    }
  }

  private void loadHeads() {
    if (loadingHeads || cold.isEmpty()) {
      return;
    }
    loadingHeads = true;
    Deque<Asked> asked = new ArrayDeque<>();
    Iterator<OpenLog> each = cold.iterator();
    while (each.hasNext() && asked.size() < HEADS_AT_ONCE) {
      OpenLog log = each.next();
      asked.add(new Asked(log, log.generation()));
      each.remove();
    }
    List<LogId> ids = asked.stream().map(one -> one.log.id()).toList();
    patience.await(() -> store.open(ids)).onComplete(tops -> headsLoaded(asked, tops));
  }

  private void headsLoaded(Deque<Asked> asked, AsyncResult<List<Top>> tops) {
    loadingHeads = false;
    Iterator<Top> top = tops.succeeded() ? tops.result().iterator() : List.<Top>of().iterator();
    for (Asked one : asked) {
      Top newest = top.hasNext() ? top.next() : Top.empty(one.log.id());
      if (!one.current()) {
        continue;
      }
      one.log.loading(false);
      if (tops.succeeded()) {
        one.log.loaded(newest, ticks.nanos());
        advance(one.log);
      } else {
        giveUp(one.log, true);
      }
    }
    loadHeads();
  }

  /** One question at a time, each as of a head that was read before it. */
  private void load(OpenLog log) {
    List<UserId> users = List.copyOf(Missing.standings(log));
    List<UserId> authors = users.isEmpty() ? Missing.times(log) : List.of();
    if (!users.isEmpty()) {
      ask(log, () -> admission.standings(log.id(), users), found -> learn(log, users, found));
    } else if (!authors.isEmpty()) {
      ask(log, () -> store.wrote(log.id(), authors), found -> learnTimes(log, authors, found));
    } else {
      loadTargets(log);
    }
  }

  private static void learn(OpenLog log, List<UserId> users, Admission.Known found) {
    log.slowMode().learn(found.rules());
    for (UserId user : users) {
      log.learn(user, found.standings().getOrDefault(user, Standing.NONE));
    }
  }

  private static void learnTimes(OpenLog log, List<UserId> authors, Map<UserId, Long> found) {
    authors.forEach(author -> log.slowMode().found(author, Optional.ofNullable(found.get(author))));
  }

  private void loadTargets(OpenLog log) {
    List<Draft> lacking = Missing.targets(log);
    if (!lacking.isEmpty()) {
      Targets targets = log.targets();
      ask(log, () -> targets.read(store, log.id(), lacking), targets::learn);
    }
  }

  private <T> void ask(OpenLog log, Supplier<Future<T>> question, Consumer<T> learn) {
    log.loading(true);
    Asked asked = new Asked(log, log.generation());
    patience.await(question).onComplete(found -> answered(asked, found, learn));
  }

  private <T> void answered(Asked asked, AsyncResult<T> found, Consumer<T> learn) {
    if (!asked.current()) {
      return;
    }
    asked.log.loading(false);
    if (found.failed()) {
      giveUp(asked.log, false);
    } else {
      learn.accept(found.result());
      advance(asked.log);
    }
  }

  /** What is answered makes some ask again or forget; the others are answered as of now as well. */
  private void answerSeekers(OpenLog log) {
    Map<Seeker, Standing> answers = new LinkedHashMap<>();
    log.seekers()
        .forEach(
            seeker -> log.standing(seeker.user()).ifPresent(known -> answers.put(seeker, known)));
    log.seekers().removeAll(answers.keySet());
    seekers -= answers.size();
    answers.forEach((seeker, standing) -> seeker.standing().complete(standing));
  }

  /** Nobody is admitted on what could not be read; the same cid may come again. */
  private void giveUp(OpenLog log, boolean everybody) {
    Failure failure = Failure.of(Reason.UNAVAILABLE, "this room cannot be read just now");
    List<Seeker> seeking = List.copyOf(log.seekers());
    log.seekers().clear();
    seekers -= seeking.size();
    seeking.forEach(seeker -> seeker.standing().fail(failure));
    List<Pending> lost = new ArrayList<>();
    log.waiting().removeIf(one -> (everybody || log.lacks(one.draft())) && lost.add(one));
    lost.forEach(pending -> failed.accept(pending, failure));
    advance(log);
  }

  private void evict() {
    if (logs.size() < cached) {
      return;
    }
    Iterator<OpenLog> eldest = logs.values().iterator();
    while (eldest.hasNext()) {
      if (eldest.next().idle()) {
        eldest.remove();
        return;
      }
    }
  }

  int size() {
    return logs.size();
  }

  /** A question about a log, and which of its memories it was asked for. */
  private record Asked(OpenLog log, int generation) {
    boolean current() {
      return log.generation() == generation;
    }
  }
}
