package io.parley.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.faults.Arming.Deed;
import io.parley.fixtures.Await;
import io.parley.fixtures.RestClient;
import io.parley.fixtures.RestClient.RestUser;
import io.parley.fixtures.SocketClient;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session ends on one node: how soon its sockets and its token are over on each of three. */
@EnabledIfSystemProperty(named = "parley.faults", matches = "all")
class SessionEndsIT {
  private static final Logger LOG = LoggerFactory.getLogger(SessionEndsIT.class);
  private static final Path FILE = Path.of("target", "session-ends.md");
  private static final int NODES = 3;
  private static final int DEAF = 2;
  private static final int ROUNDS = 6;
  private static final int SIGNED_OUT = 4403;
  private static final int UNAUTHORIZED = 401;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final long SEED = Long.getLong("parley.seed", System.nanoTime());
  private static final Random RANDOM = new Random(SEED);
  private static final Vertx VERTX = Vertx.vertx();
  private static final ExecutorService WATCHES = Executors.newCachedThreadPool();
  private static FaultCluster cluster;

  /** How long after its end a socket and a token of a session were of use on one node. */
  private record Moments(Duration closed, Duration refused) {}

  @BeforeAll
  static void start(@TempDir Path data) throws IOException {
    LOG.info("seed {}", SEED);
    cluster =
        FaultCluster.embedded(
            data,
            Collections.nCopies(NODES, FaultCluster.ALL_ROLES),
            builder -> builder.main(FaultyNode.class));
    Files.writeString(
        FILE,
        """
        | who hears of it | node | socket closed after ms: median / most | token refused after ms: median / most |
        |---|---|---|---|
        """);
  }

  @AfterAll
  static void stop() {
    cluster.close();
    WATCHES.shutdown();
    Await.of(VERTX.close());
  }

  @Test
  void allNodesHearOfIt() throws IOException {
    write("all nodes", rounds());
  }

  @Test
  void oneNodeNeverHearsOfIt() throws IOException {
    FaultyControl control = FaultyControl.of(cluster.node(DEAF));
    control.arm(Arming.of(Point.SESSION_END_ARRIVES, Deed.DROP).every(1));
    try {
      write("all but the third", rounds());
      assertThat(control.fired(Point.SESSION_END_ARRIVES)).isGreaterThanOrEqualTo(ROUNDS);
      assertThat(cluster.count(DEAF, "parley_bridge_revocations_missed_total"))
          .isGreaterThanOrEqualTo(ROUNDS);
    } finally {
      control.disarm(Point.SESSION_END_ARRIVES);
    }
  }

  /** Of each round, what was seen on each node. */
  private static List<List<Moments>> rounds() {
    List<List<Moments>> all = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      // At any moment of the five seconds after which a node asks.
      Await.of(VERTX.timer(1 + RANDOM.nextInt(5_000), TimeUnit.MILLISECONDS));
      all.add(round());
    }
    return all;
  }

  private static List<Moments> round() {
    RestUser user = RestClient.signUp(cluster.node(0).httpPort(), "Leaver");
    List<SocketClient> sockets = new ArrayList<>();
    for (int node = 0; node < NODES; node++) {
      sockets.add(SocketClient.open(VERTX, cluster.node(node).bridgePort(), user.token()));
      assertThat(status(user, node)).isEqualTo(200);
    }
    long ended = System.nanoTime();
    user.rest().ask("DELETE", "/api/me/sessions", Map.of()).expect(200);
    List<CompletableFuture<Duration>> closed =
        sockets.stream().map(socket -> watch(ended, socket::closed)).toList();
    List<CompletableFuture<Duration>> refused =
        IntStream.range(0, NODES)
            .mapToObj(node -> watch(ended, () -> status(user, node) == UNAUTHORIZED))
            .toList();
    List<Moments> moments =
        IntStream.range(0, NODES)
            .mapToObj(node -> new Moments(closed.get(node).join(), refused.get(node).join()))
            .toList();
    for (int node = 0; node < NODES; node++) {
      assertThat(sockets.get(node).closeCode()).hasValue(SIGNED_OUT);
      assertThat(status(user, node)).as("once refused, always").isEqualTo(UNAUTHORIZED);
      sockets.get(node).close();
    }
    return moments;
  }

  private static int status(RestUser user, int node) {
    return user.rest().at(cluster.node(node).httpPort()).get("/api/auth/check").status();
  }

  private static CompletableFuture<Duration> watch(long since, BooleanSupplier over) {
    return CompletableFuture.supplyAsync(
        () -> {
          await()
              .pollInterval(Duration.ofMillis(5))
              .pollDelay(Duration.ZERO)
              .atMost(PATIENCE)
              .until(over::getAsBoolean);
          return Duration.ofNanos(System.nanoTime() - since);
        },
        WATCHES);
  }

  private static void write(String who, List<List<Moments>> rounds) throws IOException {
    for (int node = 0; node < NODES; node++) {
      int each = node;
      List<Moments> here = rounds.stream().map(round -> round.get(each)).toList();
      String line =
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %s |",
              who,
              node == 0 ? "where it ended" : node == DEAF ? "the third" : "another",
              medianAndMost(here.stream().map(Moments::closed).toList()),
              medianAndMost(here.stream().map(Moments::refused).toList()));
      LOG.info(line);
      Files.write(FILE, List.of(line), StandardOpenOption.APPEND);
    }
  }

  private static String medianAndMost(List<Duration> times) {
    List<Duration> sorted = times.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "%,d / %,d",
        sorted.get(sorted.size() / 2).toMillis(),
        sorted.get(sorted.size() - 1).toMillis());
  }
}
