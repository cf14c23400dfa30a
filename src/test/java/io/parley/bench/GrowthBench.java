package io.parley.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.fixtures.ParleyProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How cost grows with the members of a room, with rooms, with silent sockets and with the rate. */
class GrowthBench {
  private static final int SECONDS = Integer.getInteger("parley.bench.seconds", 20);
  private static final int WARM_UP = Integer.getInteger("parley.bench.warm-up", 10);
  private static final int FIRST_WARM_UP = 3 * WARM_UP;
  private static final int RATE = Integer.getInteger("parley.bench.rate", 200);
  private static final int CONNECT_RATE = 1_000;
  private static final int MOST_ROOMS = 1_000;
  private static final int BUSY_ROOMS = 200;
  private static final int BUSY_MEMBERS = 10;
  private static final List<Integer> MEMBERS =
      Sizes.of("parley.bench.members", 10, 100, 1_000, 5_000);
  private static final List<Integer> PAIRS = Sizes.of("parley.bench.pairs", 1, 100, 1_000, 9_000);
  private static final List<Integer> SOCKETS =
      Sizes.of("parley.bench.sockets", 1_000, 6_000, 12_000, 18_000);
  private static final List<Integer> RATES = Sizes.of("parley.bench.rates", 100, 1_000, 4_000);

  private final Path data;

  GrowthBench(@TempDir Path data) {
    this.data = data;
  }

  @Test
  void members() {
    talk(
        "members",
        "members of a room",
        "one message under way",
        MEMBERS,
        (load, members) -> load.with("--members", "" + members).with("--in-flight", "1"));
  }

  @Test
  void rooms() {
    talk(
        "rooms",
        "pairs, each with a room",
        RATE + " messages a second",
        PAIRS,
        (load, pairs) ->
            load.with("--scenario", "DIRECT")
                .with("--members", "" + 2 * pairs)
                .with("--rate", "" + RATE));
  }

  @Test
  void rates() {
    talk(
        "rates",
        "messages/s due",
        BUSY_ROOMS + " rooms × " + BUSY_MEMBERS,
        RATES,
        (load, rate) ->
            load.with("--members", "" + BUSY_ROOMS * BUSY_MEMBERS)
                .with("--rooms", "" + BUSY_ROOMS)
                .with("--rate", "" + rate));
  }

  /** Each size has a node of its own: later it would fill what it has. */
  @Test
  void sockets() {
    Table table =
        new Table(
            "growth-sockets",
            Server.SETTINGS + "; %,d sockets connected a second".formatted(CONNECT_RATE),
            "sockets",
            "rooms",
            "connected in s",
            "CPU µs to connect one",
            "resident MiB before / after",
            "KiB a socket, from a tenth of them to all",
            "CPU % while idle",
            "stores CPU % while idle",
            "reached by one message to each room",
            "the last of them after s");
    for (int sockets : SOCKETS) {
      Path json = data.resolve("result.json");
      try (Server server = new Server(data.resolve("sockets-" + sockets))) {
        server.add(Server.ALL);
        idleRow(table, server.run(idle(server, json, sockets, CONNECT_RATE), json));
      }
    }
  }

  /**
   * As many on each of two nodes, half of each tool's, since neither a node nor a tool may have
   * more open files.
   */
  @Test
  void socketsOnTwoNodes() {
    int each = SOCKETS.get(SOCKETS.size() - 1);
    Table table =
        new Table(
            "growth-sockets-two-nodes",
            Server.SETTINGS
                + "; two tools, %,d sockets connected a second each".formatted(CONNECT_RATE / 2),
            "sockets of this tool",
            "connected in s",
            "resident MiB of both nodes before / after",
            "CPU % of both nodes while idle",
            "reached by one message to each room",
            "the last of them after s");
    try (Server server = new Server(data.resolve("two"))) {
      server.add(Server.ALL);
      server.add(Server.ALL);
      List<Path> files = List.of(data.resolve("one.json"), data.resolve("other.json"));
      List<ParleyProcess> tools =
          files.stream().map(json -> idle(server, json, each, CONNECT_RATE / 2).start()).toList();
      for (int i = 0; i < tools.size(); i++) {
        row(table, server.end(tools.get(i), files.get(i)));
      }
    }
  }

  private static ParleyProcess.Builder idle(Server server, Path json, int sockets, int rate) {
    return server
        .load(json)
        .with("--scenario", "IDLE")
        .with("--members", "" + sockets)
        .with("--rooms", "" + Math.min(MOST_ROOMS, sockets))
        .with("--connect-rate", "" + rate)
        .with("--framing", "SOCKJS")
        .with("--warm-up", "" + WARM_UP)
        .with("--duration", "" + SECONDS);
  }

  private static void row(Table table, JsonNode report) {
    JsonNode idle = report.path("idle");
    double cpu = 0;
    long resident = 0;
    for (JsonNode node : idle.path("nodes")) {
      cpu += node.path("cpuSeconds").asDouble();
      resident += node.path("residentBytes").asLong();
    }
    table.row(
        "| %,d | %.1f | %d / %d | %.1f | %,d of %,d | %.2f |",
        report.path("sockets").asInt(),
        report.path("connectSeconds").asDouble(),
        report.path("growth").path(0).path("residentBytes").asLong() >> 20,
        resident >> 20,
        100 * cpu / idle.path("seconds").asDouble(),
        report.path("received").asLong(),
        report.path("expected").asLong(),
        report.path("reachedSeconds").asDouble());
  }

  private interface Shape {
    ParleyProcess.Builder of(ParleyProcess.Builder load, int size);
  }

  private void talk(String name, String what, String how, List<Integer> sizes, Shape shape) {
    Table table =
        new Table(
            "growth-" + name,
            Server.SETTINGS + "; " + how,
            what,
            "acknowledged/s",
            "refused",
            "CPU µs a delivery",
            "CPU µs a post",
            "stores CPU µs a post",
            "acknowledged p50 / p99 ms",
            "delivered p50 / p99 ms",
            "resident MiB");
    try (Server server = new Server(data.resolve(name))) {
      server.add(Server.ALL);
      measure(server, FIRST_WARM_UP, load -> shape.of(load, sizes.get(0)));
      for (int size : sizes) {
        row(table, size, measure(server, WARM_UP, load -> shape.of(load, size)));
      }
    }
  }

  private Measured measure(Server server, int warmUp, UnaryOperator<ParleyProcess.Builder> shape) {
    Path json = data.resolve("result.json");
    ParleyProcess.Builder load =
        server
            .load(json)
            .with("--framing", "SOCKJS")
            .with("--warm-up", "" + warmUp)
            .with("--duration", "" + SECONDS);
    return new Measured(server.run(shape.apply(load), json));
  }

  private static void row(Table table, int size, Measured run) {
    table.row(
        "| %,d | %.0f | %.0f | %.1f | %.0f | %.0f | %s | %s | %.0f |",
        size,
        run.acknowledgedPerSecond(),
        run.number("refused"),
        run.nodeMicrosADelivery(),
        run.nodeMicrosAPost(),
        run.storeMicrosAPost(),
        run.times("toAcknowledged"),
        run.times("toDelivered"),
        run.nodes("residentBytes") / (1 << 20));
  }

  private static void idleRow(Table table, JsonNode report) {
    JsonNode growth = report.path("growth");
    JsonNode idle = report.path("idle");
    double seconds = idle.path("seconds").asDouble();
    double sockets = report.path("sockets").asDouble();
    JsonNode connecting = report.path("connecting").path("nodes").path(0);
    JsonNode node = idle.path("nodes").path(0);
    table.row(
        "| %,.0f | %,d | %.1f | %.0f | %d / %d | %.1f | %.2f | %.2f | %,d of %,d | %.2f |",
        sockets,
        report.path("rooms").asInt(),
        report.path("connectSeconds").asDouble(),
        connecting.path("cpuSeconds").asDouble() * 1e6 / sockets,
        growth.path(0).path("residentBytes").asLong() >> 20,
        node.path("residentBytes").asLong() >> 20,
        report.path("bytesPerSocket").asDouble() / 1024,
        100 * node.path("cpuSeconds").asDouble() / seconds,
        100 * idle.path("storeSeconds").asDouble() / seconds,
        report.path("received").asLong(),
        report.path("expected").asLong(),
        report.path("reachedSeconds").asDouble());
  }
}
