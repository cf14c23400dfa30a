package io.parley.log;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.CensusApi.Probe;
import io.parley.log.CensusApi.Probed;
import io.parley.log.CensusApi.State;
import io.parley.log.CensusApi.Turn;
import io.parley.log.Shards.Candidate;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ownership of a cluster, as one node sees it: every second it asks all nodes what they are fit
 * for, and shares the shards among those that have lately answered that they are ready.
 *
 * <p>Nobody votes and nothing is locked: two nodes may disagree for a moment, and the store's keys
 * see to it that no log suffers. May be asked from any thread; keeps its books on one context.
 */
public final class Census implements Ownership {
  private static final Logger LOG = LoggerFactory.getLogger(Census.class);
  private static final long ROUND_MS = 1_000;
  private static final long LOOK_MS = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Vertx vertx;
  private final Context context;
  private final Bus bus;
  private final String node;
  private final Supplier<Set<String>> nodes;
  private final LongSupplier nanos;
  private final Counter changes;
  private final Hearing hearing;
  private final Map<String, Answer> answers = new HashMap<>();
  private final Clocks clocks = new Clocks();
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private Set<String> present = Set.of();
  private State state = State.BYSTANDER;
  private int instances;
  private boolean fit = true;
  private volatile Shards shards = Shards.NONE;

  private record Answer(Probed probed, long at) {}

  /**
   * @param node the name of this node
   * @param nodes the names of all that are in the cluster just now
   */
  public Census(
      Vertx vertx,
      Bus bus,
      String node,
      Supplier<Set<String>> nodes,
      LongSupplier nanos,
      MeterRegistry registry) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.bus = bus;
    this.node = node;
    this.nodes = nodes;
    this.nanos = nanos;
    this.hearing = new Hearing(node);
    this.changes = registry.counter("parley.log.ownership.changes");
    Gauge.builder("parley.log.shards", this, census -> census.shards.count(node))
        .description("shards that this node owns")
        .register(registry);
  }

  /** Begins to ask and to answer, as a bystander; completes when the others can ask. */
  public Future<Void> start() {
    Promise<Void> started = Promise.promise();
    context.runOnContext(
        turn -> {
          vertx.setPeriodic(0, ROUND_MS, timer -> round());
          vertx.setPeriodic(LOOK_MS, timer -> look(nanos.getAsLong()));
          bus.hear(CensusApi.TURN, this::turned);
          bus.answer(CensusApi.PROBE.at(node), this::probed).onComplete(started);
        });
    return started.future();
  }

  /** From now on this node owns its share, spread over so many log verticles that listen. */
  public Future<Void> ready(int instances) {
    return turn(
        () -> {
          state = fit ? State.READY : State.UNFIT;
          this.instances = instances;
        });
  }

  /** From now on this node owns nothing; completes when it says so itself. */
  public Future<Void> drain() {
    return turn(
        () -> {
          state = State.DRAINING;
          instances = 0;
        });
  }

  /** Whether this node may own anything while others could; it may until told otherwise. */
  public Future<Void> fit(boolean now) {
    return turn(
        () -> {
          fit = now;
          if (state == State.READY || state == State.UNFIT) {
            state = now ? State.READY : State.UNFIT;
          }
        });
  }

  @Override
  public Owner of(int shard) {
    return shards
        .owner(shard)
        .orElseThrow(() -> Failure.of(Reason.UNAVAILABLE, "no node keeps the logs just now"));
  }

  @Override
  public long term(int shard) {
    return shards.term(shard);
  }

  @Override
  public long clock(String of) {
    return clocks.of(of, millis());
  }

  @Override
  public void watch(Watcher watcher) {
    watchers.add(watcher);
  }

  /** For how many seconds nobody has asked this node, though it knows others in the cluster. */
  public int unheard() {
    return hearing.unheard();
  }

  /** For how many seconds others have answered this node and none has asked it. */
  public int deaf() {
    return hearing.deaf();
  }

  private Future<Void> turn(Runnable change) {
    Promise<Void> told = Promise.promise();
    context.runOnContext(
        turn -> {
          change.run();
          learn(node, self(), nanos.getAsLong());
          bus.announce(CensusApi.TURN, new Turn(node, self()));
          told.complete();
        });
    return told.future();
  }

  private Probed self() {
    return new Probed(state, instances, millis());
  }

  private long millis() {
    return Ticks.millisAt(nanos.getAsLong());
  }

  private Future<Probed> probed(Probe probe) {
    hearing.asked(probe.node());
    return Future.succeededFuture(self());
  }

  private void turned(Turn turn) {
    if (!turn.node().equals(node)) {
      learn(turn.node(), turn.now(), nanos.getAsLong());
    }
  }

  /** One reading of the clock for both, or a pause between them would go unseen. */
  private void round() {
    long asked = nanos.getAsLong();
    look(asked);
    hearing.round(present);
    for (String each : present) {
      bus.ask(CensusApi.PROBE.at(each), new Probe(node), PATIENCE)
          .onSuccess(answer -> answered(each, answer, asked))
          .onFailure(cause -> LOG.debug("{} does not answer: {}", each, cause.getMessage()));
    }
  }

  /** What this node is now it knows better than from an answer that was under way. */
  private void answered(String by, Probed answer, long asked) {
    hearing.answered(by);
    learn(by, by.equals(node) ? self() : answer, asked);
  }

  /** Whoever has left the cluster is no candidate any more, however fresh its last answer. */
  private void look(long now) {
    Set<String> gone = new HashSet<>(present);
    present = nodes.get();
    gone.removeAll(present);
    clocks.keep(present);
    answers.entrySet().removeIf(each -> !present.contains(each.getKey()) || stale(each, now));
    if (share() || !gone.isEmpty()) {
      tell(gone);
    }
  }

  private void tell(Set<String> gone) {
    watchers.forEach(watcher -> watcher.changed(gone));
  }

  private static boolean stale(Map.Entry<String, Answer> each, long now) {
    return now - each.getValue().at() > FRESH_NANOS;
  }

  /**
   * An answer is as old as its question: one that was under way while this node was paused tells
   * nothing of now, and none replaces what was said later.
   */
  private void learn(String from, Probed answer, long asked) {
    clocks.told(from, answer.clock(), millis());
    Answer known = answers.get(from);
    if (known != null && known.at() > asked) {
      return;
    }
    answers.put(from, new Answer(answer, asked));
    if (share()) {
      tell(Set.of());
    }
  }

  /** Whether anything has changed hands. */
  private boolean share() {
    List<Candidate> ready = candidates(State.READY);
    if (ready.isEmpty()) {
      ready = candidates(State.UNFIT);
    }
    Shards next = shards.among(ready);
    if (next == shards) {
      return false;
    }
    shards = next;
    changes.increment();
    LOG.info("{} nodes keep the logs; {} of 256 shards are here", ready.size(), next.count(node));
    return true;
  }

  private List<Candidate> candidates(State state) {
    return answers.entrySet().stream()
        .filter(each -> each.getValue().probed().state() == state)
        .map(each -> new Candidate(each.getKey(), each.getValue().probed().instances()))
        .toList();
  }
}
