package io.parley.bridge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.bus.Bytes;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.json.Json;
import io.parley.log.Cursor;
import io.parley.log.Draft;
import io.parley.log.LogApi;
import io.parley.log.LogClient;
import io.parley.log.LogId;
import io.parley.log.Ownership;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * An owner of logs that does as the test says: it can lose, reorder and hold back deliveries,
 * forget leases, begin anew, and have holes, which no real one would do on demand.
 */
final class ScriptedLogs implements LogClient, Ownership {
  private static final int EPOCH = 7;

  private final Map<LogId, List<LogApi.Encoded>> entries = new HashMap<>();
  private final Map<LogId, List<UUID>> ids = new HashMap<>();
  private final Map<LogId, Set<UserId>> members = new HashMap<>();
  private final Set<LogId> leases = new HashSet<>();
  private final Map<LogId, Long> behind = new HashMap<>();
  private final Map<LogId, Long> begins = new HashMap<>();
  private final Map<LogId, Long> opened = new HashMap<>();
  private final List<LogApi.Delivery> withheld = new ArrayList<>();
  private final Bus bus;
  private final String node;
  private Predicate<LogApi.Encoded> losing = entry -> false;
  private Predicate<LogApi.Encoded> absent = entry -> false;
  private boolean withholding;
  private boolean down;
  private long incarnation = 1;
  private long number;
  private int admissions;
  private int comparisons;
  private long generation;
  private boolean losingReleases;
  private Future<Void> leasing = Future.succeededFuture();

  ScriptedLogs(Bus bus, String node) {
    this.bus = bus;
    this.node = node;
  }

  @Override
  public long clock(String node) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  @Override
  public long term(int shard) {
    return 0;
  }

  @Override
  public void watch(Watcher watcher) {}

  Future<Void> start() {
    String place = of(0).place();
    return Future.all(
            List.of(
                bus.answer(LogApi.LEASE.at(place), unlessDown(this::lease)),
                bus.answer(LogApi.RELEASE.at(place), unlessDown(this::release)),
                bus.answer(LogApi.KEEP_ALIVE.at(place), unlessDown(this::keepAlive)),
                bus.answer(LogApi.READ, unlessDown(this::read)),
                bus.answer(LogApi.HEADS, unlessDown(this::heads))))
        .mapEmpty();
  }

  private <Q, R> Function<Q, Future<R>> unlessDown(Function<Q, Future<R>> answer) {
    return question ->
        down
            ? Future.failedFuture(Failure.of(Reason.UNAVAILABLE, "the owner is down"))
            : answer.apply(question);
  }

  @Override
  public Owner of(int shard) {
    return new Owner("owner", 0);
  }

  // What tests do.

  synchronized LogId room(UserId... users) {
    LogId log = LogId.room(UUID.randomUUID());
    members.put(log, new HashSet<>(List.of(users)));
    return log;
  }

  synchronized LogApi.Encoded append(LogId log, String text) {
    return append(log, "message", text, Optional.empty());
  }

  synchronized LogApi.Encoded expel(LogId log, UserId user) {
    members.computeIfAbsent(log, none -> new HashSet<>()).remove(user);
    return append(log, "remove", user.toString(), Optional.of(user));
  }

  synchronized void readmit(LogId log, UserId user) {
    members.computeIfAbsent(log, none -> new HashSet<>()).add(user);
  }

  /** From now on people may read from here on, until the log is opened. */
  synchronized void close(LogId log, long since) {
    begins.put(log, since);
  }

  synchronized LogApi.Encoded open(LogId log) {
    opened.put(log, of(log).size() + 1L);
    return add(log, "history", body -> body.put("history", "all"), Optional.empty(), 0);
  }

  synchronized LogApi.Encoded edit(LogId log, long target, String text) {
    return add(log, "edit", body -> body.put("text", text), Optional.empty(), target);
  }

  synchronized void signal(LogId log, String kind) {
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("kind", kind).put("room", log.id().toString());
    LogApi.Fleeting fleeting = new LogApi.Fleeting(log, new Bytes(Json.bytes(json)));
    tell(List.of(), List.of(fleeting));
  }

  /** Deliveries of these entries never arrive. */
  synchronized void lose(Predicate<LogApi.Encoded> which) {
    losing = which;
  }

  /** The store denies that it has these. */
  synchronized void deny(Predicate<LogApi.Encoded> which) {
    absent = which;
  }

  /** Deliveries wait until they are let go. */
  synchronized void withhold() {
    withholding = true;
  }

  /** Lets them go in the opposite order. */
  synchronized void deliverBackwards() {
    withholding = false;
    for (int i = withheld.size() - 1; i >= 0; i--) {
      bus.tell(LogApi.DELIVERY.at(node), withheld.get(i));
    }
    withheld.clear();
  }

  /** The owner admits as of this entry until it learns that there is more. */
  synchronized void fallBehind(LogId log, long seq) {
    behind.put(log, seq);
  }

  /** The owner dies and comes back knowing nothing of leases. */
  synchronized void beginAnew() {
    incarnation++;
    number = 0;
    leases.clear();
  }

  /** Answers to those who ask for leases wait for this; the leases stand at once. */
  synchronized void leasing(Future<Void> gate) {
    leasing = gate;
  }

  /** Leases that are given back stay. */
  synchronized void loseReleases() {
    losingReleases = true;
  }

  /** How often heads were compared. */
  synchronized int comparisons() {
    return comparisons;
  }

  /** Nothing is answered any more. */
  synchronized void goDown() {
    down = true;
  }

  synchronized boolean leased(LogId log) {
    return leases.contains(log);
  }

  synchronized int admissions() {
    return admissions;
  }

  synchronized List<LogApi.Encoded> of(LogId log) {
    return List.copyOf(entries.getOrDefault(log, List.of()));
  }

  synchronized String cursor(LogId log, long seq) {
    return seq == 0
        ? Cursor.start(EPOCH).toString()
        : Cursor.at(EPOCH, seq, ids.getOrDefault(log, List.of()).get((int) seq - 1)).toString();
  }

  private LogApi.Encoded append(LogId log, String kind, String text, Optional<UserId> expels) {
    return add(log, kind, body -> body.put("text", text), expels, 0);
  }

  private LogApi.Encoded add(
      LogId log, String kind, Consumer<ObjectNode> body, Optional<UserId> expels, long amends) {
    List<LogApi.Encoded> all = entries.computeIfAbsent(log, none -> new ArrayList<>());
    UUID id = UUID.randomUUID();
    ids.computeIfAbsent(log, none -> new ArrayList<>()).add(id);
    long seq = all.size() + 1L;
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("kind", kind).put(log.scope().word(), log.id().toString()).put("seq", seq);
    json.put("n", seq).put("cursor", cursor(log, seq));
    body.accept(json.putObject("body"));
    Optional<Long> target = Optional.of(amends).filter(some -> some > 0);
    LogApi.Encoded entry =
        new LogApi.Encoded(log, seq, new Bytes(Json.bytes(json)), expels, target);
    all.add(entry);
    if (leases.contains(log)) {
      tell(List.of(entry), List.of());
    }
    return entry;
  }

  private void tell(List<LogApi.Encoded> some, List<LogApi.Fleeting> fleeting) {
    number++;
    LogApi.Delivery delivery =
        new LogApi.Delivery(of(0).place(), incarnation, number, some, fleeting);
    if (withholding) {
      withheld.add(delivery);
    } else if (some.stream().noneMatch(losing)) {
      bus.tell(LogApi.DELIVERY.at(node), delivery);
    }
  }

  // What the bridge asks.

  private synchronized Future<LogApi.Leased> lease(LogApi.Lease lease) {
    if (lease.generation() > generation) {
      generation = lease.generation();
      leases.clear();
    }
    leases.addAll(lease.logs());
    List<LogApi.Head> heads = lease.logs().stream().map(this::head).toList();
    return leasing.map(new LogApi.Leased(heads, incarnation, number));
  }

  private synchronized Future<LogApi.Done> release(LogApi.Release release) {
    if (losingReleases) {
      return Future.failedFuture(Failure.of(Reason.TIMEOUT, "it was lost"));
    }
    leases.removeAll(Set.copyOf(release.logs()));
    return Future.succeededFuture(new LogApi.Done());
  }

  private synchronized Future<LogApi.Alive> keepAlive(LogApi.KeepAlive alive) {
    return Future.succeededFuture(new LogApi.Alive(incarnation, leases.size(), number));
  }

  private synchronized Future<LogApi.HeadsFound> heads(LogApi.Heads heads) {
    comparisons++;
    return Future.succeededFuture(
        new LogApi.HeadsFound(heads.logs().stream().map(this::head).toList()));
  }

  private synchronized LogApi.Head head(LogId log) {
    return head(log, of(log).size());
  }

  private LogApi.Head head(LogId log, long seq) {
    return new LogApi.Head(log, seq, seq, 0, cursor(log, seq));
  }

  @Override
  public synchronized Future<LogApi.Admitted> admit(LogId log, UserId user, long seen) {
    admissions++;
    if (seen > behind.getOrDefault(log, Long.MAX_VALUE)) {
      behind.remove(log);
    }
    if (log.scope() == LogId.Scope.USER) {
      return Future.succeededFuture(new LogApi.Admitted(head(log), 0));
    }
    if (!members.getOrDefault(log, Set.of()).contains(user)) {
      return Future.failedFuture(Failure.of(Reason.NOT_FOUND, "there is no such room"));
    }
    long known = behind.getOrDefault(log, (long) of(log).size());
    return Future.succeededFuture(new LogApi.Admitted(head(log, known), since(log, known)));
  }

  private long since(LogId log, long known) {
    return opened.getOrDefault(log, Long.MAX_VALUE) <= known ? 0 : begins.getOrDefault(log, 0L);
  }

  @Override
  public synchronized void tell(List<LogApi.Fleeting> notes) {
    tell(List.of(), notes);
  }

  @Override
  public synchronized Future<LogApi.Page> read(LogApi.Read read) {
    LogApi.Head head = head(read.log());
    long after = read.after();
    if (read.cursor().isPresent()) {
      Cursor cursor = Cursor.parse(read.cursor().get()).orElseThrow();
      after = cursor.seq();
      if (after > head.seq() || !read.cursor().get().equals(cursor(read.log(), after))) {
        return Future.succeededFuture(new LogApi.Page(List.of(), false, true, head));
      }
    }
    long from = after;
    List<LogApi.Encoded> found =
        of(read.log()).stream()
            .filter(entry -> entry.seq() > from && entry.seq() <= read.through())
            .filter(absent.negate())
            .map(entry -> Curtain.before(entry, read.since()))
            .toList();
    boolean more = found.size() > read.limit();
    List<LogApi.Encoded> page = more ? List.copyOf(found.subList(0, read.limit())) : found;
    return Future.succeededFuture(new LogApi.Page(page, more, false, head));
  }

  @Override
  public synchronized Future<LogApi.Appended> append(LogId log, Draft draft, Duration patience) {
    if (!members.getOrDefault(log, Set.of()).contains(draft.author())) {
      return Future.failedFuture(Failure.of(Reason.NOT_FOUND, "there is no such room"));
    }
    LogApi.Encoded entry = append(log, draft.body());
    return Future.succeededFuture(
        new LogApi.Appended(
            entry.seq(), entry.seq(), 0, cursor(log, entry.seq()), draft.cid(), false));
  }

  @Override
  public synchronized Future<Void> signal(LogId log, UserId user, String kind) {
    signal(log, kind);
    return Future.succeededFuture();
  }
}
