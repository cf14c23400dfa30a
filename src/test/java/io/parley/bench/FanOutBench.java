package io.parley.bench;

import io.parley.cli.load.socket.Lane;
import io.parley.cli.load.socket.Lanes;
import io.parley.fixtures.Await;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What it costs to bring a message to every socket of a room, side by side with the stock bridge
 * and with the least that can do it: in turns, in the same run, by the same sockets.
 */
class FanOutBench {
  private static final int SECONDS = Integer.getInteger("parley.bench.seconds", 10);
  private static final int ROUNDS = Integer.getInteger("parley.bench.rounds", 5);
  private static final int WARM_UP = Integer.getInteger("parley.bench.warm-up", 3);
  private static final int MOST_AT_ONCE = 8;
  private static final int CHARACTERS = 200;
  private static final List<String> SERVER_PLACE = List.of("taskset", "-c", "0");

  /** The busiest first, so that nothing is measured before it was compiled. */
  private static final List<Shape> SHAPES =
      List.of(
          new Shape(1_000, 2, 1_000),
          new Shape(200, 10, 200),
          new Shape(1, 1_000, 8),
          new Shape(1, 1_000, 1),
          new Shape(1, 5_000, 1));

  private Vertx vertx;
  private Lane lane;

  /**
   * @param atOnce messages under way at any time
   */
  private record Shape(int rooms, int members, int atOnce) {}

  /** What one server has used in one round. */
  private record Use(
      double deliveries, double messages, double cpu, double stores, double took, double sleeps) {
    double microsADelivery() {
      return cpu * 1e6 / deliveries;
    }
  }

  @BeforeEach
  void lanes() {
    vertx = Lanes.vertx(1);
    lane = Lanes.of(vertx, 1, 1).of(0);
  }

  @AfterEach
  void end() {
    Await.of(vertx.close());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void costOfFanOut(int nodes, @TempDir Path data) {
    Table table =
        new Table(
            "fan-out-" + nodes,
            Server.SETTINGS,
            "rooms × members",
            "under way",
            "server",
            "messages/s",
            "CPU µs a delivery: rounds",
            "median",
            "× stock",
            "stores CPU µs a message",
            "sleeps of the reader a delivery");
    try (Peer stock = PlainServer.stock(data, nodes, SERVER_PLACE);
        Peer bare = PlainServer.bare(data, nodes, SERVER_PLACE);
        Peer parley = new ParleyPeer(vertx, data.resolve("data"), nodes, SERVER_PLACE)) {
      for (Shape shape : SHAPES) {
        compare(table, shape, List.of(stock, bare, parley));
      }
    }
  }

  private void compare(Table table, Shape shape, List<Peer> peers) {
    List<Crowd> crowds = new ArrayList<>();
    List<List<Use>> uses = new ArrayList<>();
    for (Peer peer : peers) {
      Crowd crowd = new Crowd(peer, lane, shape.rooms, shape.members, CHARACTERS);
      Await.of(crowd.gather());
      crowds.add(crowd);
      uses.add(new ArrayList<>());
    }
    for (int round = 0; round < WARM_UP; round++) {
      for (int i = 0; i < peers.size(); i++) {
        measure(peers.get(i), crowds.get(i), Math.max(shape.atOnce, MOST_AT_ONCE));
      }
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < peers.size(); i++) {
        uses.get(i).add(measure(peers.get(i), crowds.get(i), shape.atOnce));
      }
    }
    crowds.forEach(crowd -> Await.of(crowd.leave()));
    double stock = median(uses.get(0));
    for (int i = 0; i < peers.size(); i++) {
      row(table, shape, peers.get(i), uses.get(i), stock);
    }
  }

  private Use measure(Peer peer, Crowd crowd, int atOnce) {
    long begun = System.nanoTime();
    double deliveries = crowd.deliveries();
    double messages = crowd.messages();
    double cpu = peer.cpuSeconds();
    double stores = peer.storeSeconds();
    double sleeps = Sleeps.ofThisProcess();
    crowd.talk(atOnce);
    Await.of(vertx.timer(SECONDS, TimeUnit.SECONDS));
    Await.of(crowd.hush());
    return new Use(
        crowd.deliveries() - deliveries,
        crowd.messages() - messages,
        peer.cpuSeconds() - cpu,
        peer.storeSeconds() - stores,
        (System.nanoTime() - begun) / 1e9,
        Sleeps.ofThisProcess() - sleeps);
  }

  private static double median(List<Use> uses) {
    List<Double> sorted = uses.stream().map(Use::microsADelivery).sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static void row(Table table, Shape shape, Peer peer, List<Use> uses, double stock) {
    double median = median(uses);
    double messages = uses.stream().mapToDouble(Use::messages).sum();
    table.row(
        "| %,d × %,d | %,d | %s | %.0f | %s | %.2f | %.2f | %.0f | %.2f |",
        shape.rooms,
        shape.members,
        shape.atOnce,
        peer.name(),
        messages / uses.stream().mapToDouble(Use::took).sum(),
        String.join(
            " ", uses.stream().map(use -> "%.2f".formatted(use.microsADelivery())).toList()),
        median,
        median / stock,
        uses.stream().mapToDouble(Use::stores).sum() * 1e6 / messages,
        uses.stream().mapToDouble(Use::sleeps).sum()
            / uses.stream().mapToDouble(Use::deliveries).sum());
  }
}
