package io.parley.log;

import io.parley.bus.Pages;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.CursorStore.Hold;
import io.parley.log.CursorStore.Reached;
import io.parley.log.LogStore.Stretch;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * For a follower to whom a repetition is a nuisance, since others hear of it: brings the entries of
 * each log in the order of their places, without a hole, and each once, unless a node ends between
 * the taking and the writing down. How far each log was taken is in the store, and only whoever has
 * the part goes by it, so that two nodes do not bring the same log at once.
 */
public final class InOrder implements Follower {
  private static final int AT_ONCE = 200;

  /** What bringing may take; a claim that ends before is as good as lost. */
  private static final Duration LEFT = Duration.ofSeconds(12);

  private final LogStore store;
  private final CursorStore cursors;
  private final Follower follower;
  private final String holder;

  /**
   * @param holder this node, in this life, as it holds the parts
   */
  public InOrder(LogStore store, CursorStore cursors, Follower follower, String holder) {
    this.store = store;
    this.cursors = cursors;
    this.follower = follower;
    this.holder = holder;
  }

  @Override
  public String name() {
    return follower.name();
  }

  @Override
  public boolean fromTheStart() {
    return follower.fromTheStart();
  }

  @Override
  public boolean follows(LogId log) {
    return follower.follows(log);
  }

  @Override
  public boolean ready() {
    return follower.ready();
  }

  @Override
  public Future<Void> take(List<Shown> entries, List<Shown> changed) {
    Map<LogId, List<Shown>> byLog =
        entries.stream()
            .collect(
                Collectors.groupingBy(
                    shown -> shown.entry().log(), LinkedHashMap::new, Collectors.toList()));
    if (byLog.isEmpty()) {
      return Future.succeededFuture();
    }
    // All of a batch are in one part.
    int part = Followed.part(byLog.keySet().iterator().next());
    Hold hold = new Hold(follower.name(), part, holder);
    return cursors
        .reached(hold, LEFT, byLog.keySet())
        .map(found -> found.orElseThrow(InOrder::lost))
        .compose(reached -> take(hold, reached, byLog));
  }

  /** What is behind comes first, log by log; the rest together. */
  private Future<Void> take(Hold hold, Reached reached, Map<LogId, List<Shown>> byLog) {
    List<Shown> rest = new ArrayList<>();
    AtomicBoolean behind = new AtomicBoolean();
    return Pages.each(
            List.copyOf(byLog.entrySet()),
            log ->
                start(reached, log.getKey(), log.getValue())
                    .onSuccess(next -> behind.set(behind.get() || next < first(log.getValue())))
                    .compose(next -> upTo(hold, next, log.getValue(), rest)))
        .compose(done -> behind.get() ? again(hold, byLog.keySet(), rest) : bring(hold, rest));
  }

  private static long first(List<Shown> entries) {
    return entries.get(0).entry().seq();
  }

  /** The first place of a log that was not taken. */
  private Future<Long> start(Reached reached, LogId log, List<Shown> entries) {
    Long known = reached.places().get(log);
    return known == null
        ? first(log, first(entries), reached.begun(), 1)
        : Future.succeededFuture(known + 1);
  }

  /** Goes back to the first entry of a log that is not too old, mostly by reading one. */
  private Future<Long> first(LogId log, long next, long begun, int step) {
    if (next <= 1) {
      return Future.succeededFuture(next);
    }
    long from = Math.max(1, next - step);
    return store
        .shown(List.of(new Stretch(log, from, next - 1)))
        .compose(
            before -> {
              List<Shown> young =
                  before.stream().filter(shown -> shown.entry().at() >= begun).toList();
              return young.isEmpty()
                  ? Future.succeededFuture(next)
                  : young.size() < next - from
                      ? Future.succeededFuture(young.get(0).entry().seq())
                      : first(log, from, begun, AT_ONCE);
            });
  }

  private Future<Void> upTo(Hold hold, long next, List<Shown> entries, List<Shown> rest) {
    LogId log = entries.get(0).entry().log();
    return missing(hold, new Stretch(log, next, first(entries) - 1))
        .onSuccess(
            done ->
                entries.stream().filter(shown -> shown.entry().seq() >= next).forEach(rest::add));
  }

  /** What was overlooked, or could not be brought when it came. */
  private Future<Void> missing(Hold hold, Stretch gap) {
    return Pages.through(
        gap.first(),
        from -> {
          if (from > gap.last()) {
            return Future.succeededFuture(Optional.empty());
          }
          long last = Math.min(gap.last(), from + AT_ONCE - 1);
          return store
              .shown(List.of(new Stretch(gap.log(), from, last)))
              .compose(entries -> again(hold, List.of(gap.log()), entries))
              .map(Optional.of(last + 1));
        });
  }

  /** Whoever takes long to catch up has to have the part all the while. */
  private Future<Void> again(Hold hold, Collection<LogId> logs, List<Shown> entries) {
    return cursors
        .reached(hold, LEFT, logs)
        .map(found -> found.orElseThrow(InOrder::lost))
        .compose(held -> bring(hold, entries));
  }

  private Future<Void> bring(Hold hold, List<Shown> entries) {
    if (entries.isEmpty()) {
      return Future.succeededFuture();
    }
    Map<LogId, Long> places = new LinkedHashMap<>();
    entries.forEach(shown -> places.merge(shown.entry().log(), shown.entry().seq(), Math::max));
    return follower
        .take(entries, List.of())
        .compose(taken -> cursors.reach(hold, places))
        .compose(written -> written ? Future.succeededFuture() : Future.failedFuture(lost()));
  }

  private static Failure lost() {
    return Failure.of(Reason.CONFLICT, "another node goes on with it");
  }
}
