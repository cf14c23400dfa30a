package io.parley.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.fixtures.ParleyProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it costs to bring a message to all members of a room, on one node, two and three. */
class BroadcastBench {
  private static final int NODES = 3;
  private static final int SECONDS = Integer.getInteger("parley.bench.seconds", 20);
  private static final List<Shape> SHAPES =
      List.of(new Shape(120, 1, 50), new Shape(120, 12, 100), new Shape(120, 40, 200));

  private record Shape(int members, int rooms, int rate) {}

  @Test
  void costOfBroadcast(@TempDir Path data) {
    Table table =
        new Table(
            "broadcast",
            Server.SETTINGS,
            "nodes",
            "rooms × members",
            "posts/s",
            "refused",
            "deliveries",
            "delivered p50 / p99 ms",
            "CPU µs a delivery",
            "CPU µs a post",
            "stores CPU µs a post",
            "bus messages a delivery",
            "bus messages a post",
            "bus bytes a post",
            "registrations of each node");
    try (Server server = new Server(data.resolve("data"))) {
      for (int nodes = 1; nodes <= NODES; nodes++) {
        server.add(Server.ALL);
        for (Shape shape : SHAPES) {
          row(table, shape, nodes, measure(server, shape, data.resolve("result.json")));
        }
      }
    }
  }

  private static JsonNode measure(Server server, Shape shape, Path json) {
    ParleyProcess.Builder load =
        server
            .load(json)
            .with("--members", "" + shape.members)
            .with("--rooms", "" + shape.rooms)
            .with("--rate", "" + shape.rate)
            .with("--warm-up", "" + SECONDS / 2)
            .with("--duration", "" + SECONDS);
    return server.run(load, json);
  }

  private static void row(Table table, Shape shape, int nodes, JsonNode report) {
    JsonNode cost = report.path("cost");
    double acks = Math.max(1, cost.path("acks").asDouble());
    double deliveries = Math.max(1, cost.path("deliveries").asDouble());
    double cpuMicros = sum(cost, "cpuSeconds") * 1e6;
    double storeSeconds = cost.path("stock").path("storeSeconds").asDouble();
    table.row(
        "| %d | %d × %d | %d | %d | %.0f | %.1f / %.1f | %.1f | %.0f | %.0f | %.3f | %.2f | %.0f | %.0f |",
        nodes,
        shape.rooms,
        shape.members / shape.rooms,
        shape.rate,
        report.path("refused").asLong(),
        deliveries,
        report.path("toDelivered").path("p50").asDouble(),
        report.path("toDelivered").path("p99").asDouble(),
        cpuMicros / deliveries,
        cpuMicros / acks,
        (storeSeconds + sum(cost, "storeSeconds")) * 1e6 / acks,
        sum(cost, "busMessages") / deliveries,
        sum(cost, "busMessages") / acks,
        sum(cost, "busBytes") / acks,
        sum(cost, "registrations") / nodes);
  }

  private static double sum(JsonNode cost, String field) {
    return StreamSupport.stream(cost.path("stock").path("nodes").spliterator(), false)
        .mapToDouble(node -> node.path(field).asDouble())
        .sum();
  }
}
