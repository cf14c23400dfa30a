package io.parley.log;

import io.parley.config.LogConfig;
import io.parley.failure.Failure;
import io.parley.log.LogStore.Fault;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * Gives places and writes: one batch at a time, of whatever has come meanwhile.
 *
 * <p>Every step from deciding to numbering happens without a pause, so that what was decided still
 * holds when the place is given; whether it holds in the store is for the store's keys to say.
 */
final class Writer {
  private static final int MANY = Integer.MAX_VALUE;
  private static final int CONFLICTS_BEFORE_SINGLE_LOGS = 2;

  private final Context context;
  private final LogStore store;
  private final LogConfig config;
  private final Verdicts verdicts;
  private final Ticks ticks;
  private final Refusals refusals;
  private final Settlement settlement;
  private final Recovery recovery;
  private final LogMetrics metrics;
  private final Patience patience;
  private final IntSupplier waiting;
  private final Consumer<OpenLog> advance;
  private final Deque<OpenLog> line = new ArrayDeque<>();
  private final Rush rush = new Rush();
  private Optional<Long> gathering = Optional.empty();
  private boolean busy;
  private int conflictsInARow;
  private int unknownInARow;

  /**
   * @param waiting how many appends are not settled
   * @param advance does the next thing for a log that was written or cannot be decided on
   */
  Writer(
      Context context,
      LogStore store,
      LogConfig config,
      Verdicts verdicts,
      Ticks ticks,
      Refusals refusals,
      Settlement settlement,
      Recovery recovery,
      LogMetrics metrics,
      Patience patience,
      IntSupplier waiting,
      Consumer<OpenLog> advance) {
    this.context = context;
    this.store = store;
    this.config = config;
    this.verdicts = verdicts;
    this.ticks = ticks;
    this.refusals = refusals;
    this.settlement = settlement;
    this.recovery = recovery;
    this.metrics = metrics;
    this.patience = patience;
    this.waiting = waiting;
    this.advance = advance;
  }

  /** Puts a log in the line of those that want to be written. */
  void enqueue(OpenLog log) {
    if (!log.lined() && !log.writing()) {
      log.lined(true);
      line.addLast(log);
      wake();
    }
  }

  /** One more waits for a log that is in the line: perhaps the last that others wait for. */
  void more() {
    if (gathering.isPresent()) {
      wake();
    }
  }

  private void wake() {
    if (busy || line.isEmpty()) {
      return;
    }
    if (!rush.expectsMore(waiting.getAsInt(), ticks.nanos())) {
      begin();
    } else if (gathering.isEmpty()) {
      gathering = Optional.of(context.owner().setTimer(Rush.MOMENT_MS, moment -> begin()));
    }
  }

  /** Begins in the next turn, so that all that came in this one goes together. */
  private void begin() {
    gathering.ifPresent(context.owner()::cancelTimer);
    gathering = Optional.empty();
    busy = true;
    context.runOnContext(turn -> write(form()));
  }

  private Batch form() {
    Batch batch = new Batch(config, conflictsInARow < CONFLICTS_BEFORE_SINGLE_LOGS ? MANY : 1);
    boolean more = true;
    while (more && !line.isEmpty()) {
      OpenLog log = line.removeFirst();
      log.lined(false);
      more = fill(batch, log);
      if (!batch.logs().contains(log)) {
        if (more) {
          advance.accept(log);
        } else {
          log.lined(true);
          line.addFirst(log);
        }
      }
    }
    batch.logs().forEach(log -> log.writing(true));
    batch.logs().forEach(advance);
    return batch;
  }

  /** Gives places to what waits in a log; false when the batch takes no more. */
  private boolean fill(Batch batch, OpenLog log) {
    if (log.top().isEmpty()) {
      return true;
    }
    Numbering numbering = log.numbering();
    while (log.workable() && !numbering.ruled()) {
      Pending next = log.waiting().getFirst();
      if (!batch.takes(log, next)) {
        return false;
      }
      log.waiting().removeFirst();
      place(batch, log, numbering, next);
    }
    return true;
  }

  private void place(Batch batch, OpenLog log, Numbering numbering, Pending next) {
    next.expire(ticks.nanos());
    next.outdate(log.readAt());
    if (next.abandoned()) {
      settlement.drop(next);
      return;
    }
    if (verdicts.behind(log, numbering, next)) {
      return;
    }
    Optional<Failure> hasty = verdicts.hasty(log, next);
    Optional<Failure> barred = hasty.or(() -> verdicts.barred(log, numbering, next));
    if (hasty.isEmpty() && barred.isPresent() && verdicts.reconsider(log, numbering, next)) {
      return;
    }
    Optional<Failure> refused = barred.or(() -> verdicts.tooFast(log, numbering, next));
    if (refused.isPresent()) {
      refusals.refuse(next, refused.get());
    } else {
      batch.add(numbering.number(next, ticks.millis()));
    }
  }

  private void write(Batch batch) {
    if (batch.isEmpty()) {
      proceed();
      return;
    }
    long begun = ticks.nanos();
    List<Entry> entries = batch.lines().stream().map(Batch.Line::entry).toList();
    List<Revised> revised = batch.revised();
    patience
        .await(() -> store.append(entries, revised))
        .onComplete(written -> written(batch, begun, written));
  }

  private void written(Batch batch, long begun, AsyncResult<Void> written) {
    if (written.failed()) {
      Fault.Outcome outcome = Fault.of(written.cause());
      conflictsInARow = outcome == Fault.Outcome.CONFLICT ? conflictsInARow + 1 : 0;
      unknownInARow = outcome == Fault.Outcome.UNKNOWN ? unknownInARow + 1 : 0;
      int inARow = Math.max(conflictsInARow, unknownInARow);
      recovery.recover(batch, outcome, inARow).onComplete(recovered -> release(batch));
      return;
    }
    conflictsInARow = 0;
    unknownInARow = 0;
    metrics.committed(batch.size(), ticks.nanos() - begun);
    rush.wrote(batch.size(), ticks.nanos());
    for (Batch.Line each : batch.lines()) {
      each.log().committed(each);
    }
    settlement.written(batch.lines());
    release(batch);
  }

  private void release(Batch batch) {
    for (OpenLog log : batch.logs()) {
      log.writing(false);
      advance.accept(log);
    }
    proceed();
  }

  private void proceed() {
    busy = false;
    wake();
  }
}
