package io.parley.log;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.parley.accounts.UserId;
import io.parley.config.ByteSize;
import io.parley.config.LogConfig;
import io.parley.fixtures.Await;
import io.parley.fixtures.Limited;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A post at the owner of its log, from the question to the answer: checked, given a place, written
 * with others to a store that takes no time, and remembered. Nobody listens.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OwnerCost {
  private static final int POSTS = 1_000;
  private static final int AUTHORS = 10;

  /** Twice as many as an owner remembers, so that each is new to it whenever it comes again. */
  private static final int DIFFERENT = 40_000;

  /** So far apart that no batch waits for those who were answered with the last one. */
  private static final long APART_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** How many come together. */
  @Param({"1", "50", "500"})
  public int batch = 1;

  /** To how many rooms, in turns. */
  @Param({"1", "200"})
  public int rooms = 1;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Context loop = vertx.getOrCreateContext();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final DistributionSummary sizes = meters.summary("parley.log.batch.entries");
  private Optional<Owner> owner = Optional.empty();
  private long nanos = System.nanoTime();
  private List<LogApi.Append> posts = List.of();
  private int posted;
  private long warmBatches;
  private double warmPosts;
  private int unanswered;
  private int left;
  private Promise<Void> done = Promise.promise();

  /** Everybody has posted in every room once before anything is measured. */
  @Setup
  public void open() {
    posts = IntStream.range(0, DIFFERENT).mapToObj(this::request).toList();
    LogStore.Identity identity = Await.of(new ForgetfulStore().identity());
    Promise<Owner> made = Promise.promise();
    loop.runOnContext(turn -> made.complete(new Owner(surroundings(identity), new Nobody())));
    owner = Optional.of(Await.of(made.future()));
    Await.of(post(1 + rooms * AUTHORS / batch));
    warmBatches = sizes.count();
    warmPosts = sizes.totalAmount();
  }

  private LogApi.Append request(int number) {
    return Samples.append(Samples.room(number % rooms), number / rooms % AUTHORS, number);
  }

  private Owner.Surroundings surroundings(LogStore.Identity identity) {
    LogConfig config =
        new LogConfig(
            "postgres",
            500,
            new ByteSize(1 << 20),
            10_000,
            new ByteSize(16 << 20),
            Duration.ofSeconds(5),
            1_000);
    return new Owner.Surroundings(
        vertx,
        new ForgetfulStore(),
        identity,
        new Everybody(),
        config,
        Limited.room(0, 0),
        new Ticks(Clock.systemUTC(), () -> nanos),
        UuidCreator::getTimeOrderedEpoch,
        new Random(1),
        new LogMetrics(meters));
  }

  @Benchmark
  @OperationsPerInvocation(POSTS)
  public Object append() {
    return Await.of(post(POSTS / batch));
  }

  /** What came together must have been written together, or something else was measured. */
  @TearDown
  public void close() {
    double size = (sizes.totalAmount() - warmPosts) / (sizes.count() - warmBatches);
    Await.of(vertx.close());
    if (size != batch) {
      throw new IllegalStateException(size + " posts were written together");
    }
  }

  private Future<Void> post(int batches) {
    Promise<Void> all = Promise.promise();
    loop.runOnContext(
        turn -> {
          done = all;
          left = batches;
          next();
        });
    return all.future();
  }

  private void next() {
    if (left == 0) {
      done.complete();
      return;
    }
    left--;
    nanos += APART_NANOS;
    unanswered = batch;
    for (int i = 0; i < batch; i++) {
      owner.orElseThrow().append(posts.get(posted)).onComplete(this::answered);
      posted = (posted + 1) % DIFFERENT;
    }
  }

  private void answered(AsyncResult<LogApi.Appended> answer) {
    if (answer.failed()) {
      done.tryFail(answer.cause());
    } else if (answer.result().duplicate()) {
      done.tryFail("a post was taken for a repetition");
    } else if (--unanswered == 0) {
      loop.runOnContext(turn -> next());
    }
  }

  private static final class Nobody implements Listeners {
    @Override
    public void committed(List<Entry> entries) {}

    @Override
    public void doubt(LogId log) {
      throw new IllegalStateException("there is nothing to doubt");
    }
  }

  private static final class Everybody implements Admission {
    private static final Standing WELCOME =
        new Standing(Standing.Access.POST, 0, Optional.empty(), 0, false);

    @Override
    public Future<Known> standings(LogId log, List<UserId> users) {
      Map<UserId, Standing> all = new HashMap<>();
      users.forEach(user -> all.put(user, WELCOME));
      return Future.succeededFuture(Known.of(all));
    }

    @Override
    public Future<Integer> members(LogId log) {
      return Future.succeededFuture(AUTHORS);
    }
  }
}
