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
              double before = cluster.count((owner + 1) % 3, "parley_log_ownership_changes_total");
              scene.strikeNow("kill -9");
              cluster.node(owner).kill9();
              cluster.awaitShared(others(owner));
              return (long)
                  (cluster.count((owner + 1) % 3, "parley_log_ownership_changes_total") - before);
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
              for (int i = 0; i < cluster.size(); i++) {
                cluster.node(i).awaitExit();
              }
              cluster.heal();
              scene.strikeNow("all serve again");
              return cluster.size();
            });
  }

  @Test
  @EnabledIfSystemProperty(named = "parley.faults", matches = "all")
  void allNodesAreRestartedOneAfterTheOther() throws Exception {
    FaultRun.of("rolling restart", cluster)
        .strike(
            scene -> {
              for (int i = 0; i < cluster.size(); i++) {
                scene.strikeNow("node " + i + " is told to stop");
                cluster.node(i).terminate();
                cluster.restart(i);
                cluster.awaitShared();
              }
              return cluster.size();
            });
  }

  @Test
  @EnabledIfSystemProperty(named = "parley.faults", matches = "all")
  void fiveHundredSocketsAreDroppedAtOnce() throws Exception {
    FaultRun.of("500 sockets are dropped at once", cluster)
        .clients(500, 1)
        .strike(
            scene -> {
              double before = cluster.count("parley_bridge_sockets");
              scene.strikeNow("all sockets are cut");
              Await.of(scene.verification().cutAll());
              FaultCluster.patiently("sockets gone")
                  .until(() -> cluster.count("parley_bridge_sockets") < before);
              return (long) before;
            });
  }

  private static long freeze(Scene scene, int number, Duration time) {
    ParleyProcess node = cluster.node(number);
    long until = System.nanoTime() + time.toNanos();
    scene.strikeNow("SIGSTOP");
    node.signal("STOP");
    cluster.awaitShared(others(number));
    scene.pass(Duration.ofNanos(Math.max(1_000_000, until - System.nanoTime())));
    node.signal("CONT");
    cluster.awaitShared();
    return 1;
  }

  private static int[] others(int node) {
    return IntStream.range(0, cluster.size()).filter(each -> each != node).toArray();
  }
}
