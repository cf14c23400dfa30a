package io.parley.accounts;

import io.parley.audit.Act;
import io.parley.audit.Journal;
import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;

/** Answers for exports. */
public final class ExportsVerticle extends VerticleBase {
  private static final int PER_HOUR = 3;
  private static final Duration RUNNING = Duration.ofMinutes(15);

  private final Bus bus;
  private final ExportStore store;
  private final Journal journal;
  private final Clock clock;

  public ExportsVerticle(Bus bus, ExportStore store, Journal journal, Clock clock) {
    this.bus = bus;
    this.store = store;
    this.journal = journal;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    return Future.all(
        bus.answer(ExportsApi.BEGIN, this::begin),
        bus.answer(ExportsApi.END, end -> store.end(end.user()).map(new ExportsApi.ExportEnded())));
  }

  private Future<ExportsApi.ExportBegun> begin(ExportsApi.BeginExport begin) {
    return store
        .begin(begin.user(), clock.instant(), PER_HOUR, RUNNING)
        .map(ExportsVerticle::begun)
        .onSuccess(begun -> journal.note(journal.own(Act.EXPORTED, begin.user().value())));
  }

  private static ExportsApi.ExportBegun begun(Duration wait) {
    if (!wait.isZero()) {
      throw Failure.of(Reason.RATE_LIMITED, "one export at a time, and " + PER_HOUR + " an hour")
          .with("retryAfterMs", wait.toMillis());
    }
    return new ExportsApi.ExportBegun();
  }
}
