package io.parley.faults;

import static java.time.Duration.ofSeconds;

import io.parley.fixtures.Await;
import io.parley.fixtures.ParleyProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Nodes are killed, frozen, stopped and started again. */
class NodeFaultsIT {
  private static final Duration KILLED = ofSeconds(2);
  private static final int KILL = 128 + 9;
  private static final Duration FROZEN = ofSeconds(8);

  private static FaultCluster cluster;

  @BeforeAll
  static void start(@TempDir Path data) {
    cluster =
        FaultCluster.embedded(
            data, Collections.nCopies(3, FaultCluster.ALL_ROLES), builder -> builder);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void anOwnerIsKilled() throws Exception {
    FaultRun.of("an owner is killed", cluster)
        .within(KILLED)
        .strike(
            scene -> {
              int owner = cluster.busiest();
              double before = changesSeenBeside(owner);
              scene.strikeNow("kill -9");
              cluster.node(owner).kill9();
              cluster.awaitShared(others(owner));
              return (long) (changesSeenBeside(owner) - before);
            });
  }

  @Test
  void theNodeThatFoundedTheClusterIsFrozenForFifteenSeconds() throws Exception {
    FaultRun.of("the oldest node is frozen for 15 s", cluster)
        .within(FROZEN)
        .strike(scene -> freeze(scene, 0, ofSeconds(15)));
  }

  @Test
  @EnabledIfSystemProperty(named = "parley.faults", matches = "all")
  void anOwnerIsFrozenForFifteenSeconds() throws Exception {
    FaultRun.of("an owner is frozen for 15 s", cluster)
        .within(FROZEN)
        .strike(scene -> freeze(scene, 2, ofSeconds(15)));
  }

  @Test
  @EnabledIfSystemProperty(named = "parley.faults", matches = "all")
  void anOwnerIsFrozenForAMinute() throws Exception {
    FaultRun.of("an owner is frozen for 60 s", cluster)
        .within(FROZEN)
        .strike(scene -> freeze(scene, 1, ofSeconds(60)));
  }

  @Test
  @EnabledIfSystemProperty(named = "parley.faults", matches = "all")
  void allNodesAreKilledAtOnce() throws Exception {
    FaultRun.of("all nodes are killed at once", cluster)
        .strike(
            scene -> {
              for (int i = 0; i < cluster.size(); i++) {
                cluster.node(i).signal("KILL");
              }
              long killed =
                  IntStream.range(0, cluster.size())
                      .filter(each -> cluster.node(each).awaitExit() == KILL)
                      .count();
              cluster.heal();
              scene.strikeNow("all serve again");
              return killed;
            });
  }

  @Test
  @EnabledIfSystemProperty(named = "parley.faults", matches = "all")
  void allNodesAreRestartedOneAfterTheOther() throws Exception {
    FaultRun.of("rolling restart", cluster)
        .strike(
            scene -> {
              long changes = 0;
              for (int i = 0; i < cluster.size(); i++) {
                double before = changesSeenBeside(i);
                scene.strikeNow("node " + i + " is told to stop");
                cluster.node(i).terminate();
                cluster.restart(i);
                cluster.awaitShared();
                changes += (long) (changesSeenBeside(i) - before);
              }
              return changes;
            });
  }

  @Test
  @EnabledIfSystemProperty(named = "parley.faults", matches = "all")
  void fiveHundredSocketsAreDroppedAtOnce() throws Exception {
    FaultRun.of("500 sockets are dropped at once", cluster)
        .clients(500, 1)
        .strike(
            scene -> {
              scene.strikeNow("all sockets are cut");
              return Await.of(scene.verification().cutAll());
            });
  }

  private static long freeze(Scene scene, int number, Duration time) {
    ParleyProcess node = cluster.node(number);
    double before = changesSeenBeside(number);
    long until = System.nanoTime() + time.toNanos();
    scene.strikeNow("SIGSTOP");
    node.signal("STOP");
    cluster.awaitShared(others(number));
    long fired = (long) (changesSeenBeside(number) - before);
    scene.pass(Duration.ofNanos(Math.max(1_000_000, until - System.nanoTime())));
    node.signal("CONT");
    cluster.awaitShared();
    return fired;
  }

  /** How often shards have changed hands, as the next node saw it. */
  private static double changesSeenBeside(int node) {
    return cluster.count((node + 1) % cluster.size(), "parley_log_ownership_changes_total");
  }

  private static int[] others(int node) {
    return IntStream.range(0, cluster.size()).filter(each -> each != node).toArray();
  }
}
