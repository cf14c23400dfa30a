package io.parley.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.cli.history.Times;
import io.parley.cli.verify.Tally;
import io.parley.cli.verify.Verification;
import io.parley.cli.verify.VerifyPlan;
import io.parley.fixtures.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.Writer;
import java.time.Duration;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One row of the table: clients talk, something is broken and heals, the clients finish, and their
 * histories are held against what the store has.
 */
final class FaultRun {
  private static final Logger LOG = LoggerFactory.getLogger(FaultRun.class);
  private static final Duration BEFORE = Duration.ofSeconds(3);
  private static final Duration AFTER = Duration.ofSeconds(6);
  private static final Duration PATIENCE = Duration.ofSeconds(45);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final String name;
  private final FaultCluster cluster;
  private final long seed = Long.getLong("parley.seed", System.nanoTime());
  private int clients = 60;
  private int rooms = 20;
  private int roomsEach = 3;
  private int rate = 200;
  private Duration cutEvery = Duration.ofSeconds(20);
  private Duration kickEvery = Duration.ofSeconds(2);
  private Duration goal = Duration.ofSeconds(5);
  private Consumer<Verification.Outcome> further = outcome -> {};

  /** Brings the fault about and ends it. Returns how often it has happened. */
  @FunctionalInterface
  interface Strike {
    long on(Scene scene) throws Exception;
  }

  private FaultRun(String name, FaultCluster cluster) {
    this.name = name;
    this.cluster = cluster;
  }

  /** A row of this name; 60 clients, 20 rooms, 200 posts a second, and a goal of five seconds. */
  static FaultRun of(String name, FaultCluster cluster) {
    return new FaultRun(name, cluster);
  }

  /** How soon posts are to flow again in every room. */
  FaultRun within(Duration recovery) {
    goal = recovery;
    return this;
  }

  FaultRun clients(int number, int inRooms) {
    clients = number;
    roomsEach = inRooms;
    return this;
  }

  FaultRun rooms(int number) {
    rooms = number;
    return this;
  }

  FaultRun rate(int perSecond) {
    rate = perSecond;
    return this;
  }

  FaultRun kickEvery(Duration time) {
    kickEvery = time;
    return this;
  }

  FaultRun cutEvery(Duration time) {
    cutEvery = time;
    return this;
  }

  /** What else must hold of the outcome. */
  FaultRun also(Consumer<Verification.Outcome> holds) {
    further = holds;
    return this;
  }

  /** Does it all, and writes the row. */
  void strike(Strike strike) throws Exception {
    LOG.info("{}: seed {}", name, seed);
    Vertx vertx = Vertx.vertx();
    try {
      cluster.heal();
      Verification verification =
          new Verification(vertx, plan(), client -> Writer.nullWriter(), LOG::info);
      await(verification.gather());
      Future<Void> talking = verification.talk();
      Scene scene = new Scene(cluster, vertx, verification, new Random(seed));
      scene.pass(BEFORE);
      long fired = strike.on(scene);
      cluster.heal();
      scene.pass(AFTER);
      Await.of(verification.enough());
      Await.of(talking);
      judge(fired, scene, conclude(verification));
    } catch (Exception | AssertionError failed) {
      cluster.tell(LOG::error);
      throw failed;
    } finally {
      Await.of(vertx.close());
    }
  }

  private VerifyPlan plan() {
    return new VerifyPlan(
        cluster.rest(),
        cluster.sockets(),
        clients,
        rooms,
        roomsEach,
        rate,
        LONGEST,
        cutEvery,
        kickEvery,
        seed,
        PATIENCE);
  }

  private static Verification.Outcome conclude(Verification verification) throws Exception {
    return await(verification.conclude());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .get(4 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private void judge(long fired, Scene scene, Verification.Outcome outcome) {
    Tally tally = Tally.sum(Tally.of(outcome.histories()).values());
    Times times = new Times(outcome.histories());
    boolean flows = times.recoveries().stream().allMatch(each -> each.micros().isPresent());
    OptionalLong recovery =
        times.recoveries().stream().mapToLong(each -> each.micros().orElse(0L)).max();
    FaultTable.Row row =
        new FaultTable.Row(
            name,
            fired,
            tally.sent(),
            tally.acknowledged(),
            tally.retried(),
            tally.resumed(),
            outcome.violations().size(),
            recovery,
            longest(times.longestPauses().values()),
            times.acknowledgedWithin(0.99));
    FaultTable.add(row);
    outcome.violations().stream().limit(20).forEach(each -> LOG.error("{}", each));
    Evidence.keep(name, outcome);
    assertThat(outcome.violations()).as("broken promises").isEmpty();
    assertThat(fired).as("how often the fault happened").isPositive();
    assertThat(scene.struck()).as("the recovery was timed").isTrue();
    assertThat(flows).as("posts flow again in all rooms: %s", times.recoveries()).isTrue();
    further.accept(outcome);
    row.compare(goal);
  }

  private static long longest(Collection<Long> micros) {
    return micros.stream().mapToLong(Long::longValue).max().orElse(0);
  }
}
