package io.parley.faults;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.fixtures.Await;
import io.parley.fixtures.NodeNetwork;
import io.parley.fixtures.RestClient;
import io.parley.fixtures.RestClient.RestUser;
import io.parley.fixtures.SocketClient;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The network between nodes falls apart, and comes together again. */
@EnabledIfSystemProperty(named = "parley.faults", matches = "all")
class PartitionFaultsIT {
  private static final Duration CUT = ofSeconds(8);
  private static final Duration LASTING = ofSeconds(15);
  private static final Duration MOMENT = ofSeconds(2);
  private static final int FLAPS = 5;
  private static final int NODES = 3;
  private static final int ROOMS = 12;
  private static final String CHANGES = "parley_log_ownership_changes_total";

  private static NodeNetwork network;
  private static FaultCluster cluster;

  @BeforeAll
  static void start(@TempDir Path data) {
    assertThat(NodeNetwork.missing()).as("what a partition needs").isEmpty();
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

  @Test
  void nothingThatOneNodeSaysArrivesAnywhere() throws Exception {
    FaultRun.of("one-way: nothing a node sends reaches the others for 15 s", cluster)
        .within(CUT)
        .strike(
            scene -> {
              int mute = cluster.busiest();
              others(mute).forEach(other -> network.cut(mute, other));
              scene.strikeNow("one-way partition");
              scene.pass(LASTING);
              long fired = others(mute).filter(other -> sees(other) < NODES).count();
              others(mute).forEach(other -> network.join(mute, other));
              scene.strikeNow("the partition heals");
              cluster.awaitWhole();
              return fired;
            });
  }

  @Test
  void oneNodeDoesNotReachAnotherAndAThirdReachesBoth() throws Exception {
    FaultRun.of("one-way between two nodes, a third reaches both, 15 s", cluster)
        .within(CUT)
        .strike(
            scene -> {
              double before = cluster.count(CHANGES);
              network.cut(0, 1);
              scene.strikeNow("one-way between two");
              scene.pass(LASTING);
              long fired = (long) (cluster.count(CHANGES) - before);
              network.join(0, 1);
              scene.strikeNow("the partition heals");
              cluster.awaitWhole();
              return fired;
            });
  }

  @Test
  void theNetworkBetweenNodesComesAndGoes() throws Exception {
    FaultRun.of("flapping: a node is cut off for 2 s, five times", cluster)
        .within(CUT)
        .strike(
            scene -> {
              int lost = cluster.busiest();
              double before = cluster.count(CHANGES);
              for (int i = 0; i < FLAPS; i++) {
                others(lost).forEach(other -> part(lost, other));
                scene.pass(MOMENT);
                others(lost).forEach(other -> meet(lost, other));
                scene.pass(MOMENT);
              }
              scene.strikeNow("the network stays");
              cluster.awaitWhole();
              return (long) (cluster.count(CHANGES) - before);
            });
  }

  @Test
  void oneNodeIsCutOffFromTheStoresAndNotFromTheOthers() throws Exception {
    FaultRun.of("a node is cut off from the stores, not from the others, for 15 s", cluster)
        .within(CUT)
        .strike(
            scene -> {
              int lost = cluster.busiest();
              network.cut(lost, network.stores());
              scene.strikeNow("cut off from the stores");
              cluster.awaitShared(others(lost).toArray());
              long fired = sees(lost) == NODES ? 1 : 0;
              scene.pass(LASTING);
              network.join(lost, network.stores());
              scene.strikeNow("the stores are reached again");
              cluster.awaitWhole();
              return fired;
            });
  }

  /** What is posted at any node is heard at every node, whoever owns the room. */
  @AfterEach
  void everyNodeHearsEveryOther() {
    Vertx vertx = Vertx.vertx();
    try {
      URI first = cluster.rest().get(0);
      RestUser ann = RestClient.signUp(first.getHost(), first.getPort(), "Ann");
      List<String> rooms =
          IntStream.range(0, ROOMS)
              .mapToObj(each -> ann.rest().room("R" + each, "private"))
              .toList();
      List<SocketClient> sockets =
          cluster.sockets().stream()
              .map(at -> SocketClient.open(vertx, at.getHost(), at.getPort(), ann.token()))
              .toList();
      for (SocketClient socket : sockets) {
        rooms.forEach(room -> socket.listen(room, Optional.empty()));
      }
      for (SocketClient socket : sockets) {
        rooms.forEach(room -> Await.of(socket.post(room, UUID.randomUUID().toString(), "heard?")));
      }
      FaultCluster.patiently("everybody hears everybody")
          .atMost(ofSeconds(10))
          .until(
              () ->
                  sockets.stream()
                      .allMatch(
                          socket ->
                              rooms.stream()
                                  .allMatch(room -> socket.entries(room).size() == NODES)));
    } finally {
      Await.of(vertx.close());
    }
  }

  private static int sees(int node) {
    return (int) cluster.count(node, "parley_cluster_nodes");
  }

  private static boolean alone(int node) {
    return sees(node) == 1;
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
