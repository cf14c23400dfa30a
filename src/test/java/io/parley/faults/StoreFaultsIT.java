package io.parley.faults;

import static java.time.Duration.ofSeconds;

import io.parley.fixtures.RestClient;
import io.parley.fixtures.StoreProxy;
import io.parley.fixtures.StoreProxy.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The stores die, hang, and are cut off, under three nodes that found them by their addresses. */
@EnabledIfSystemProperty(named = "parley.faults", matches = "all")
class StoreFaultsIT {
  private static final Duration HUNG = ofSeconds(8);
  private static final Duration LASTING = ofSeconds(10);
  private static final int OK = 200;
  private static final String INSERTED = "INSERT 0 ";

  private static StoreServers servers;
  private static StoresAway network;
  private static FaultCluster cluster;

  @BeforeAll
  static void start(@TempDir Path data) throws Exception {
    servers = new StoreServers(data);
    network = StoresAway.on(data, "127.0.0.1");
    cluster =
        new FaultCluster(
            new Operated(data.resolve("nodes"), network).here(3),
            List.of(network::close, servers::close));
  }

  @AfterEach
  void letGo() {
    network.postgres().go();
    network.redis().go();
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void postgresIsKilledAndStartedAgain() throws Exception {
    FaultRun.of("PostgreSQL: kill -9 of the postmaster", cluster)
        .strike(scene -> again(scene, "postgres", servers.kill("postgres")));
  }

  @Test
  void postgresIsRestarted() throws Exception {
    FaultRun.of("PostgreSQL: restarted", cluster)
        .strike(scene -> again(scene, "postgres", servers.terminate("postgres")));
  }

  @Test
  void postgresIsFrozen() throws Exception {
    FaultRun.of("PostgreSQL: all its processes frozen for 10 s", cluster)
        .within(HUNG)
        .strike(scene -> freeze(scene, "postgres"));
  }

  @Test
  void theNetworkToPostgresHangs() throws Exception {
    FaultRun.of("PostgreSQL: the network hangs for 10 s", cluster)
        .within(HUNG)
        .strike(scene -> hang(scene, network.postgres()));
  }

  @Test
  void theNetworkToPostgresForgetsItsConnections() throws Exception {
    FaultRun.of("PostgreSQL: open connections hang for ever", cluster)
        .within(HUNG)
        .strike(
            scene -> {
              StoreProxy proxy = network.postgres();
              long before = proxy.done(Kind.HELD);
              proxy.strand();
              scene.strikeNow("stranded");
              scene.pass(LASTING);
              return proxy.done(Kind.HELD) - before;
            });
  }

  @Test
  void connectionsToPostgresAreReset() throws Exception {
    FaultRun.of("PostgreSQL: connections reset, none accepted for 5 s", cluster)
        .strike(scene -> cut(scene, network.postgres()));
  }

  @Test
  void answersOfPostgresAreLostAfterTheCommit() throws Exception {
    FaultRun.of("PostgreSQL: replies lost after commit", cluster)
        .strike(
            scene -> {
              StoreProxy proxy = network.postgres();
              long before = proxy.done(Kind.LOST);
              proxy.loseAnswers(INSERTED);
              scene.pass(ofSeconds(2));
              proxy.go();
              scene.strikeNow("replies come again");
              return proxy.done(Kind.LOST) - before;
            });
  }

  @Test
  void redisIsKilledAndStartedAgain() throws Exception {
    FaultRun.of("Redis: kill -9", cluster)
        .strike(scene -> again(scene, "redis", servers.kill("redis")));
  }

  @Test
  void redisIsRestarted() throws Exception {
    FaultRun.of("Redis: restarted", cluster)
        .strike(scene -> again(scene, "redis", servers.terminate("redis")));
  }

  @Test
  void redisIsFrozen() throws Exception {
    FaultRun.of("Redis: frozen for 10 s", cluster).strike(scene -> freeze(scene, "redis"));
  }

  @Test
  void theNetworkToRedisHangs() throws Exception {
    FaultRun.of("Redis: the network hangs for 10 s", cluster)
        .strike(
            scene -> {
              StoreProxy proxy = network.redis();
              long before = proxy.done(Kind.HELD);
              proxy.hang();
              FaultCluster.patiently("every node misses Redis").until(() -> served(false));
              scene.pass(LASTING);
              long held = proxy.done(Kind.HELD) - before;
              proxy.go();
              scene.strikeNow("the network goes on");
              FaultCluster.patiently("every node has Redis").until(() -> served(true));
              return held;
            });
  }

  /** Whether every node has Redis, or none; all are ready either way. */
  private static boolean served(boolean wanted) {
    return IntStream.range(0, cluster.size())
        .mapToObj(each -> RestClient.anonymous(cluster.node(each).adminPort()))
        .allMatch(
            node ->
                node.get("/readyz").status() == OK
                    && node.get("/health").body().at("/checks/redis/ok").asBoolean() == wanted);
  }

  private static long again(Scene scene, String server, long before) {
    servers.awaitAnother(server, before);
    scene.strikeNow("it runs again");
    return 1;
  }

  private static long freeze(Scene scene, String server) {
    List<ProcessHandle> frozen = servers.freeze(server);
    try {
      scene.pass(LASTING);
    } finally {
      StoreServers.thaw(frozen);
    }
    scene.strikeNow("it thaws");
    return frozen.size();
  }

  static long hang(Scene scene, StoreProxy proxy) {
    long before = proxy.done(Kind.HELD);
    proxy.hang();
    scene.pass(LASTING);
    long held = proxy.done(Kind.HELD) - before;
    proxy.go();
    scene.strikeNow("the network goes on");
    return held;
  }

  static long cut(Scene scene, StoreProxy proxy) {
    long before = proxy.done(Kind.RESET);
    proxy.cut();
    scene.pass(ofSeconds(5));
    long reset = proxy.done(Kind.RESET) - before;
    proxy.go();
    scene.strikeNow("the network is whole");
    return reset;
  }
}
