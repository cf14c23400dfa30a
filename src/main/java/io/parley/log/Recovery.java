package io.parley.log;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.LogStore.Cid;
import io.parley.log.LogStore.Fault.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows anything but clean success: the whole batch is unknown. Its logs are forgotten, its
 * cids are looked up, what stands is answered, and the rest goes back to where it waited, to be
 * decided on and numbered anew.
 */
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
  private static final int FIRST_PAUSE_MS = 50;
  private static final int LONGEST_PAUSE_MS = 1_000;
  private static final int CONFLICT_PAUSE_MS = 10;
  private static final int LONGEST_CONFLICT_PAUSE_MS = 100;

  private final Vertx vertx;
  private final LogStore store;
  private final Settlement settlement;
  private final Ticks ticks;
  private final RandomGenerator random;
  private final LogMetrics metrics;
  private final Consumer<LogId> doubt;
  private final Patience patience;

  /**
   * @param doubt told of each log whose listeners may have missed something
   */
  Recovery(
      Vertx vertx,
      LogStore store,
      Settlement settlement,
      Ticks ticks,
      RandomGenerator random,
      LogMetrics metrics,
      Consumer<LogId> doubt,
      Patience patience) {
    this.vertx = vertx;
    this.store = store;
    this.settlement = settlement;
    this.ticks = ticks;
    this.random = random;
    this.metrics = metrics;
    this.doubt = doubt;
    this.patience = patience;
  }

  /**
   * Completes, never fails, when every entry of the batch is settled or waits again.
   *
   * @param inARow how many batches, this one included, have ended like this one after the other
   */
  Future<Void> recover(Batch batch, Outcome outcome, int inARow) {
    if (outcome == Outcome.CONFLICT) {
      metrics.conflict();
    } else {
      LOG.warn("A write of {} entries was {}", batch.size(), outcome);
    }
    batch.logs().forEach(OpenLog::forget);
    if (outcome == Outcome.UNKNOWN) {
      batch.lines().forEach(line -> line.pending().doubt());
    }
    return lookUp(batch, FIRST_PAUSE_MS)
        .onSuccess(stored -> sort(batch, outcome, stored))
        .onFailure(nobodyWaits -> giveUp(batch))
        .otherwise(Map.of())
        .compose(sorted -> pause(outcome, inARow));
  }

  /** Asks the store until it answers or nobody waits for any of it. */
  private Future<Map<Cid, Entry>> lookUp(Batch batch, int pauseMs) {
    List<Cid> cids = batch.lines().stream().map(line -> line.pending().key()).toList();
    return patience
        .await(() -> store.find(cids))
        .map(found -> found.stream().collect(Collectors.toMap(Entry::key, Function.identity())))
        .recover(
            cause ->
                awaited(batch)
                    ? vertx
                        .timer(jittered(pauseMs), TimeUnit.MILLISECONDS)
                        .compose(later -> lookUp(batch, Math.min(2 * pauseMs, LONGEST_PAUSE_MS)))
                    : Future.failedFuture(cause));
  }

  private boolean awaited(Batch batch) {
    long now = ticks.nanos();
    batch.lines().forEach(line -> line.pending().expire(now));
    return batch.lines().stream().anyMatch(line -> !line.pending().abandoned());
  }

  private void giveUp(Batch batch) {
    batch.logs().forEach(OpenLog::forget);
    batch.lines().forEach(line -> settlement.drop(line.pending()));
    batch.logs().forEach(log -> doubt.accept(log.id()));
  }

  private void sort(Batch batch, Outcome outcome, Map<Cid, Entry> stored) {
    batch.logs().forEach(OpenLog::forget);
    boolean alone = batch.size() == 1;
    Deque<Batch.Line> again = new ArrayDeque<>();
    for (Batch.Line line : batch.lines()) {
      Entry entry = stored.get(line.pending().key());
      if (entry != null) {
        settlement.found(line.pending(), entry);
      } else if (outcome == Outcome.REFUSED && alone) {
        settlement.fail(line.pending(), refused());
      } else {
        again.push(line);
      }
    }
    again.forEach(line -> line.log().waiting().addFirst(line.pending()));
    if (outcome == Outcome.REFUSED) {
      again.forEach(line -> line.pending().separate(batch.apart()));
    }
    batch.logs().forEach(log -> doubt.accept(log.id()));
  }

  private static Failure refused() {
    return Failure.of(Reason.INVALID, "the store cannot hold this entry");
  }

  /**
   * Two owners of one log must not meet again in step, and a store that can be read but not written
   * to is not to be pressed.
   */
  private Future<Void> pause(Outcome outcome, int inARow) {
    if (inARow < 2) {
      return Future.succeededFuture();
    }
    int most =
        outcome == Outcome.UNKNOWN
            ? Math.min(FIRST_PAUSE_MS * inARow, LONGEST_PAUSE_MS)
            : Math.min(CONFLICT_PAUSE_MS * inARow, LONGEST_CONFLICT_PAUSE_MS);
    return vertx.timer(jittered(most), TimeUnit.MILLISECONDS).mapEmpty();
  }

  private long jittered(int mostMs) {
    return 1L + random.nextInt(mostMs);
  }
}
