package io.parley.faults;

import static java.time.Duration.ofSeconds;

import io.parley.fixtures.NodeNetwork;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network between nodes falls apart, and comes together again. */
@NeedsNetworks
class PartitionFaultsIT {
  private static final Duration CUT = ofSeconds(8);
  private static final Duration LASTING = ofSeconds(15);
  private static final int NODES = 3;

  private static NodeNetwork network;
  private static FaultCluster cluster;

  @BeforeAll
  static void start(@TempDir Path data) {
    network = new NodeNetwork(NODES);
    StoresAway stores = StoresAway.of(network.stores());
    cluster =
        new FaultCluster(
            new Operated(data, stores).in(network, NODES), List.of(stores::close, network::close));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void oneNodeIsCutOffFromTheOthers() throws Exception {
    FaultRun.of("a node is cut off from the others for 15 s", cluster)
        .within(CUT)
        .strike(
            scene -> {
              int lost = cluster.busiest();
              scene.strikeNow("partition");
              others(lost).forEach(other -> part(lost, other));
              scene.pass(LASTING);
              long fired = alone(lost) ? 1 : 0;
              others(lost).forEach(other -> meet(lost, other));
              scene.strikeNow("the partition heals");
              cluster.awaitWhole();
              return fired;
            });
  }

  private static boolean alone(int node) {
    return cluster.count(node, "parley_cluster_nodes") == 1;
  }

  private static void part(int one, int other) {
    network.cut(one, other);
    network.cut(other, one);
  }

  private static void meet(int one, int other) {
    network.join(one, other);
    network.join(other, one);
  }

  private static IntStream others(int node) {
    return IntStream.range(0, NODES).filter(each -> each != node);
  }
}
