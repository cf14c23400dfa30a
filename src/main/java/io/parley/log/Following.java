package io.parley.log;

import io.parley.bus.Pages;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.FollowerStore.Claim;
import io.parley.log.LogStore.Stretch;
import io.parley.log.LogStore.Swath;
import io.parley.observability.Trouble;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Brings a follower what comes into all logs.
 *
 * <p>Hints say where something is new, within a second. They may be lost, and an entry may become
 * readable after one that is younger; so once a minute everything is swept that is not older than
 * five minutes. Only what a sweep has left behind is done for good, and that is what is remembered:
 * whoever takes over begins there, and does some of it again. Several nodes share the parts of all
 * logs by claims that run out, so that a node that is lost is replaced by the others; two who both
 * believe in a claim do the same work twice, and nothing is missed.
 */
final class Following {
  /** Longer by far than an entry takes to become readable, and than clocks are apart. */
  static final Duration BACK = Duration.ofMinutes(5);

  static final Duration CLAIM = Duration.ofSeconds(20);

  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private static final long SLACK_MS = 2_000;
  private static final int ENTRIES_AT_ONCE = 2_000;

  private final LogStore store;
  private final FollowerStore positions;
  private final Follower follower;
  private final String holder;
  private final Clock clock;
  private final FollowerMetrics metrics;
  private final Trouble trouble;
  private final Map<Integer, Future<Void>> worked = new HashMap<>();
  private Map<Integer, Followed> held = Map.of();
  private Future<Boolean> claiming = Future.succeededFuture(false);
  private boolean left;

  /**
   * @param holder this node, in this life
   */
  Following(
      LogStore store,
      FollowerStore positions,
      Follower follower,
      String holder,
      Clock clock,
      FollowerMetrics metrics) {
    this.store = store;
    this.positions = positions;
    this.follower = follower;
    this.holder = holder;
    this.clock = clock;
    this.metrics = metrics;
    this.trouble = new Trouble(follower.name());
  }

  /** Makes sure that there is a position to begin at. Fails UNAVAILABLE. */
  Future<Void> begin() {
    return positions.begin(follower.name(), follower.fromTheStart() ? 0 : clock.millis());
  }

  /**
   * Takes what is free and keeps what it has.
   *
   * @return whether something came that it did not have before, and which has to be swept
   */
  Future<Boolean> claim() {
    if (left) {
      return Future.succeededFuture(false);
    }
    claiming =
        positions
            .claim(follower.name(), holder, CLAIM)
            .map(claims -> !taken(idle(claims)).isEmpty())
            .onFailure(this::fails);
    return claiming;
  }

  /** One that was lost and comes back while work on it goes on waits for the end of that. */
  private List<Claim> idle(List<Claim> claims) {
    if (claims.isEmpty()) {
      trouble.isOthers();
    }
    return claims.stream()
        .filter(claim -> !left)
        .filter(claim -> held.containsKey(claim.part()) || !worked.containsKey(claim.part()))
        .toList();
  }

  private List<Followed> taken(List<Claim> claims) {
    Map<Integer, Followed> before = held;
    held = Followed.held(before, claims, follower.threadsOnly());
    return held.values().stream().filter(part -> !before.containsKey(part.part())).toList();
  }

  /**
   * Leaves its parts to others, for good, once what is being brought has been. When that takes
   * long, the claims run out by themselves.
   */
  Future<Void> leave() {
    left = true;
    held = Map.of();
    trouble.isOthers();
    List<Future<?>> ends = new ArrayList<>(worked.values());
    ends.add(claiming);
    return Future.join(ends)
        .otherwiseEmpty()
        .timeout(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
        .transform(
            (ended, late) -> late == null ? positions.release(follower.name(), holder) : nothing());
  }

  /** These logs have something new. */
  void stirred(LogApi.Moved moved) {
    for (LogApi.Head head : moved.heads()) {
      Followed part = held.get(Followed.part(head.log()));
      if (part != null && follower.follows(head.log())) {
        part.hint(head.at());
      }
    }
  }

  /** Does what hints have told of. What fails is tried again the next time. */
  Future<Void> look() {
    return round(held.values().stream().filter(Followed::stirred).toList(), this::look);
  }

  /** One that begins where all is done is as good as a sweep, and notes likewise how far it is. */
  private Future<Void> look(Followed part) {
    long from = part.begin(SLACK_MS);
    return during(part, from, from == part.swept());
  }

  /** Does whatever has not been done, in all parts that are held. */
  Future<Void> sweep() {
    return round(List.copyOf(held.values()), this::sweep);
  }

  private Future<Void> sweep(Followed part) {
    part.begin(0);
    return during(part, part.swept(), true);
  }

  /** One part after the other. That all works is known only where none was left out. */
  private Future<Void> round(List<Followed> parts, Function<Followed, Future<Void>> step) {
    AtomicBoolean all = new AtomicBoolean(!parts.isEmpty());
    return Pages.each(
            parts,
            part -> {
              if (part.busy() || !follower.ready()) {
                all.set(false);
                return nothing();
              }
              return step.apply(part);
            })
        .onSuccess(
            done -> {
              if (all.get()) {
                trouble.works();
              }
            })
        .onFailure(this::fails);
  }

  private Future<Void> during(Followed part, long from, boolean sweep) {
    long begun = clock.millis();
    Future<Void> work = Pages.through(from, at -> page(part, at, begun, sweep));
    worked.put(part.part(), work);
    return work.onComplete(done -> worked.remove(part.part()))
        .onSuccess(done -> part.end(begun))
        .onFailure(cause -> part.fail());
  }

  private Future<Optional<Long>> page(Followed part, long from, long begun, boolean sweep) {
    if (held.get(part.part()) != part) {
      return Future.succeededFuture(Optional.empty());
    }
    return swath(part, from)
        .compose(swath -> take(part, swath, sweep).map(swath.next()))
        .compose(next -> (sweep ? advance(part, next, begun) : nothing()).map(next));
  }

  private Future<Swath> swath(Followed part, long from) {
    return follower.threadsOnly()
        ? store.woven(part.shards(), from, ENTRIES_AT_ONCE)
        : store.swath(part.shards(), from, ENTRIES_AT_ONCE);
  }

  /** Later than five minutes ago nothing is done for good, however far a clock was ahead. */
  private Future<Void> advance(Followed part, Optional<Long> next, long begun) {
    long settled = begun - BACK.toMillis();
    long through = next.map(time -> Math.min(time, settled)).orElse(settled);
    if (through <= part.swept()) {
      return nothing();
    }
    return positions
        .advance(follower.name(), part.part(), holder, through)
        .onSuccess(done -> part.swept(through));
  }

  private Future<Void> take(Followed part, Swath swath, boolean sweep) {
    List<Stretch> followed =
        swath.stretches().stream().filter(each -> follower.follows(each.log())).toList();
    List<List<Stretch>> batches = batches(part.undone(followed), part.batch());
    return Pages.each(batches, batch -> take(part, batch, sweep));
  }

  private Future<Void> take(Followed part, List<Stretch> batch, boolean sweep) {
    return (left ? gone() : store.shown(batch))
        .onSuccess(part::waits)
        .compose(
            entries ->
                changed(entries)
                    .compose(changed -> follower.take(entries, changed))
                    .onSuccess(done -> metrics.taken(entries.size(), sweep)))
        .onSuccess(done -> part.done(batch));
  }

  /** The messages that say something else now, each once. */
  private Future<List<Shown>> changed(List<Shown> entries) {
    Map<LogApi.Place, Stretch> targets = new LinkedHashMap<>();
    for (Shown shown : entries) {
      Entry entry = shown.entry();
      Optional<Mutation> mutation = Mutation.of(entry);
      if (mutation.equals(Optional.of(Mutation.EDIT))
          || mutation.equals(Optional.of(Mutation.DELETE))) {
        long target = entry.target().orElseThrow();
        targets.put(
            new LogApi.Place(entry.log(), target), new Stretch(entry.log(), target, target));
      }
    }
    return targets.isEmpty()
        ? Future.succeededFuture(List.of())
        : store.shown(List.copyOf(targets.values()));
  }

  /** No more than so many entries each. */
  private static List<List<Stretch>> batches(List<Stretch> stretches, int most) {
    List<List<Stretch>> batches = new ArrayList<>();
    List<Stretch> batch = new ArrayList<>();
    int room = most;
    for (Stretch whole : stretches) {
      for (long first = whole.first(); first <= whole.last(); ) {
        long last = Math.min(whole.last(), first + room - 1);
        batch.add(new Stretch(whole.log(), first, last));
        room -= (int) (last - first + 1);
        first = last + 1;
        if (room == 0) {
          batches.add(List.copyOf(batch));
          batch.clear();
          room = most;
        }
      }
    }
    if (!batch.isEmpty()) {
      batches.add(List.copyOf(batch));
    }
    return batches;
  }

  /** How old the oldest entry is that is known to wait. */
  long lagMs() {
    long now = clock.millis();
    return held.values().stream().mapToLong(part -> part.lagMs(now)).max().orElse(0);
  }

  private static Future<Void> nothing() {
    return Future.succeededFuture();
  }

  private static Future<List<Shown>> gone() {
    return Future.failedFuture(Failure.of(Reason.DRAINING, "this node is leaving"));
  }

  /** Whoever leaves is not behind. */
  private void fails(Throwable cause) {
    if (!left) {
      trouble.fails(cause);
    }
  }
}
