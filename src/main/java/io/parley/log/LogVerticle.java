package io.parley.log;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.bus.Bus;
import io.parley.config.LimitsConfig;
import io.parley.config.LogConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Listens for the logs: as the owner of some shards, and as one of many readers of the store. */
public final class LogVerticle extends VerticleBase {
  private static final Duration LAST_BATCH = Duration.ofSeconds(2);
  private static final int STARTING_TRIES = 5;
  private static final long STARTING_PAUSE_MS = 200;
  private static final long SWEEP_MS = 5_000;
  private static final long SIGNALS_MS = 1_000;

  private final Bus bus;
  private final LogStore store;
  private final Admission admission;
  private final Ownership ownership;
  private final Ownership.Owner here;
  private final LogConfig config;
  private final LimitsConfig limits;
  private final Ticks ticks;
  private final LogMetrics metrics;
  private final SecureRandom random = new SecureRandom();
  private Future<Owner> owner = Future.failedFuture("not started");

  /**
   * @param here which node and instance this one is; every instance of a node has its own number
   */
  public LogVerticle(
      Bus bus,
      LogStore store,
      Admission admission,
      Ownership ownership,
      Ownership.Owner here,
      LogConfig config,
      LimitsConfig limits,
      Clock clock,
      MeterRegistry registry) {
    this.bus = bus;
    this.store = store;
    this.admission = admission;
    this.ownership = ownership;
    this.here = here;
    this.config = config;
    this.limits = limits;
    this.ticks = Ticks.of(clock);
    this.metrics = new LogMetrics(registry);
  }

  @Override
  public Future<?> start() {
    return identity(STARTING_TRIES).compose(this::open);
  }

  /** The first connections of a node that starts up may take longer than they will ever again. */
  private Future<LogStore.Identity> identity(int tries) {
    return store
        .identity()
        .recover(
            cause ->
                tries > 1
                    ? vertx
                        .timer(STARTING_PAUSE_MS, TimeUnit.MILLISECONDS)
                        .compose(later -> identity(tries - 1))
                    : Future.failedFuture(cause));
  }

  private Future<?> open(LogStore.Identity identity) {
    EntryJson json = new EntryJson(identity.epoch());
    Leases leases = new Leases();
    long incarnation = random.nextLong() >>> 1;
    Deliveries deliveries = new Deliveries(bus, leases, json, here, incarnation, metrics);
    Moves moves = new Moves(bus, json);
    Owner writing = new Owner(surroundings(identity), deliveries.and(moves));
    Signals signals = new Signals(writing, leases, deliveries, json, ticks, admission);
    LogReads reads = new LogReads(store, json);
    Picks picks = new Picks(store, json);
    owner = Future.succeededFuture(writing);
    metrics.watch(writing.pendings(), here);
    vertx.setPeriodic(SIGNALS_MS, tick -> signals.flush());
    vertx.setPeriodic(SIGNALS_MS, tick -> moves.flush());
    bus.hear(LogApi.NOTES.at(here.place()), notes -> deliveries.fleeting(notes.notes()));
    bus.hear(LogApi.DOUBTED, writing::doubt);
    sweepLater(leases);
    Logs logs = new Logs(ownership, here, incarnation, writing, leases, signals, reads);
    return listen(logs, reads, picks, new Threads(store, json));
  }

  private Owner.Surroundings surroundings(LogStore.Identity identity) {
    return new Owner.Surroundings(
        vertx,
        store,
        identity,
        admission,
        config,
        limits,
        ticks,
        UuidCreator::getTimeOrderedEpoch,
        random,
        metrics);
  }

  /** One timer after the other: a verticle that was paused makes up for no missed sweeps. */
  private void sweepLater(Leases leases) {
    vertx
        .timer(SWEEP_MS, TimeUnit.MILLISECONDS)
        .onSuccess(
            due -> {
              leases.sweep();
              sweepLater(leases);
            });
  }

  private Future<?> listen(Logs logs, LogReads reads, Picks picks, Threads threads) {
    String place = here.place();
    return Future.all(listen(reads), listen(picks), listen(threads))
        .compose(
            readable ->
                Future.all(
                    bus.answer(LogApi.APPEND.at(place), logs::append),
                    bus.answer(LogApi.ADMIT.at(place), logs::admit),
                    bus.answer(LogApi.SIGNAL.at(place), logs::signal),
                    bus.answer(LogApi.LEASE.at(place), logs::lease),
                    bus.answer(LogApi.RELEASE.at(place), logs::release),
                    bus.answer(LogApi.KEEP_ALIVE.at(place), logs::keepAlive)));
  }

  private Future<?> listen(LogReads reads) {
    return Future.all(
        List.of(
            bus.answer(LogApi.READ, reads::read),
            bus.answer(LogApi.HISTORY, reads::history),
            bus.answer(LogApi.HEADS, reads::heads),
            bus.answer(LogApi.OWN, reads::own),
            bus.answer(LogApi.MENTIONS, reads::mentions),
            bus.answer(LogApi.UNREAD, reads::unread),
            bus.answer(LogApi.LASTS, reads::lasts),
            bus.answer(LogApi.SHOW, reads::show)));
  }

  private Future<?> listen(Threads threads) {
    return Future.all(
        bus.answer(ThreadsApi.UNFOLD, threads::unfold),
        bus.answer(ThreadsApi.WEIGH, threads::weigh));
  }

  private Future<?> listen(Picks picks) {
    return Future.all(
        bus.answer(PicksApi.PICK, picks::pick),
        bus.answer(PicksApi.PINNED, picks::pinned),
        bus.answer(PicksApi.WORDINGS, picks::wordings));
  }

  /**
   * Takes nothing more and goes on answering readers; completes when what was taken is written, or
   * after two seconds. From any thread.
   */
  public Future<Void> finish() {
    Promise<Void> finished = Promise.promise();
    context.runOnContext(turn -> last().onComplete(finished));
    return finished.future();
  }

  /** What was taken is written before the verticle goes. */
  @Override
  public Future<?> stop() {
    return last();
  }

  private Future<Void> last() {
    return owner.compose(writing -> writing.drain(LAST_BATCH)).otherwiseEmpty();
  }
}
