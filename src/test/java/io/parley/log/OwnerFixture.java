package io.parley.log;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.accounts.UserId;
import io.parley.config.ByteSize;
import io.parley.config.LimitsConfig;
import io.parley.config.LogConfig;
import io.parley.config.PostgresConfig;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Limited;
import io.parley.fixtures.TestPostgres;
import io.parley.log.LogApi.Appended;
import io.parley.stores.postgres.PostgresLogStore;
import io.parley.stores.postgres.PostgresPool;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Owners on a real PostgreSQL or another store; both it and the members a test may bend. */
final class OwnerFixture implements AutoCloseable {
  private static final PostgresConfig DATABASE = TestPostgres.database();
  private static final int PATIENCE = 20;
  private static final Set<Reason> AGAIN = Set.of(Reason.UNAVAILABLE, Reason.TIMEOUT);

  final Vertx vertx = Vertx.vertx();
  final LogStore real;
  final Members members = new Members();
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final AtomicLong wall = new AtomicLong(Entries.START);

  /** The monotonic time of owners made after this was set. */
  LongSupplier nanos = System::nanoTime;

  OwnerFixture() {
    this(vertx -> new PostgresLogStore(PostgresPool.open(vertx, DATABASE)));
  }

  OwnerFixture(Function<Vertx, LogStore> store) {
    real = store.apply(vertx);
  }

  /** One owner with its context, its store, and what its listeners heard. */
  static final class Host implements Listeners {
    final FaultyStore store;
    final List<Entry> heard = Collections.synchronizedList(new ArrayList<>());
    final List<LogId> doubted = Collections.synchronizedList(new ArrayList<>());
    private final Context context;
    private final LongSupplier nanos;
    private final Owner owner;

    private Host(
        FaultyStore store, Context context, LongSupplier nanos, Function<Listeners, Owner> make) {
      this.store = store;
      this.context = context;
      this.nanos = nanos;
      this.owner = make.apply(this);
    }

    <T> Future<T> on(Function<Owner, Future<T>> call) {
      Promise<T> promise = Promise.promise();
      context.runOnContext(
          turn -> {
            try {
              call.apply(owner).onComplete(promise);
            } catch (RuntimeException thrown) {
              promise.fail(thrown);
            }
          });
      return promise.future();
    }

    Future<Appended> append(LogId log, Draft draft, int patienceMs) {
      return append(log, draft, patienceMs, patienceMs);
    }

    /** Asks in a question that is given up earlier than the whole. */
    Future<Appended> append(LogId log, Draft draft, int patienceMs, int attemptMs) {
      long now = Ticks.millisAt(nanos.getAsLong());
      return on(o -> o.append(new LogApi.Append(log, draft, now + patienceMs, now + attemptMs)));
    }

    Future<Appended> append(LogId log, Draft draft) {
      return append(log, draft, 10_000);
    }

    Future<LogApi.Admitted> admit(LogId log, UserId user) {
      return admit(log, user, 0);
    }

    Future<LogApi.Admitted> admit(LogId log, UserId user, long seen) {
      return on(o -> o.admit(new LogApi.Admit(log, user, seen)));
    }

    /** Holds the next write until the gate opens; completes when that write has come. */
    Future<Appended> hold(Future<Void> gate) {
      LogId log = Entries.room();
      UserId author = Entries.user();
      OwnerFixture.await(admit(log, author));
      Promise<Void> come = Promise.promise();
      store.append(
          (real, batch) -> {
            come.complete();
            return gate.compose(open -> real.append(batch));
          });
      Future<Appended> held = append(log, Entries.message(author, "held"));
      OwnerFixture.await(come.future());
      return held;
    }

    int pending() {
      return await(on(o -> Future.succeededFuture(o.pendings().size())));
    }

    @Override
    public void committed(List<Entry> entries) {
      heard.addAll(entries);
    }

    @Override
    public void doubt(LogId log) {
      doubted.add(log);
    }
  }

  static LogConfig config() {
    return new LogConfig(
        "postgres",
        500,
        new ByteSize(1 << 20),
        10_000,
        new ByteSize(16 << 20),
        Duration.ofSeconds(5),
        1_000);
  }

  static LimitsConfig unlimited() {
    return limits(0, 0);
  }

  static LimitsConfig limits(int rate, int burst) {
    return Limited.room(rate, burst);
  }

  Host owner() {
    return owner(config(), unlimited());
  }

  Host owner(LogConfig config, LimitsConfig limits) {
    LogStore.Identity identity = await(identity());
    LongSupplier now = nanos;
    FaultyStore store = new FaultyStore(real);
    Owner.Surroundings surroundings =
        new Owner.Surroundings(
            vertx,
            store,
            identity,
            members,
            config,
            limits,
            new Ticks(new WallClock(wall), now),
            UuidCreator::getTimeOrderedEpoch,
            new Random(1),
            new LogMetrics(registry));
    Promise<Host> host = Promise.promise();
    Deployable hosting =
        context -> {
          host.complete(
              new Host(store, context, now, listeners -> new Owner(surroundings, listeners)));
          return host.future();
        };
    return await(vertx.deployVerticle(hosting).compose(deployed -> host.future()));
  }

  /** The first connections to a server that has just started may take their time. */
  Future<LogStore.Identity> identity() {
    return identity(PATIENCE);
  }

  private Future<LogStore.Identity> identity(int tries) {
    return real.identity()
        .recover(cause -> tries > 0 ? identity(tries - 1) : Future.failedFuture(cause));
  }

  /** The whole log, as the store has it. */
  List<Entry> stored(LogId log) {
    return await(real.read(log, 0, Long.MAX_VALUE, 100_000, Long.MAX_VALUE >> 1));
  }

  double count(String name) {
    return registry.counter(name).count();
  }

  /** Asks again as clients do, as long as the answer is that it may be otherwise later. */
  <T> Future<T> eventually(Supplier<Future<T>> question) {
    return eventually(question, 50);
  }

  private <T> Future<T> eventually(Supplier<Future<T>> question, int tries) {
    return question
        .get()
        .recover(
            cause ->
                tries > 0 && AGAIN.contains(Failure.from(cause).reason())
                    ? vertx
                        .timer(50, TimeUnit.MILLISECONDS)
                        .compose(later -> eventually(question, tries - 1))
                    : Future.failedFuture(cause));
  }

  static <T> T await(Future<T> future) {
    try {
      return future.await(30, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("no answer", late);
    }
  }

  /** Why something was refused. */
  static Reason refusal(Future<?> future) {
    return failure(future).reason();
  }

  static Failure failure(Future<?> future) {
    return await(
        future.transform(
            outcome ->
                outcome.succeeded()
                    ? Future.failedFuture(new AssertionError("accepted: " + outcome.result()))
                    : Future.succeededFuture(Failure.from(outcome.cause()))));
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
