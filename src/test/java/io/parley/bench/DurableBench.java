package io.parley.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.fixtures.ParleyProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many posts a node makes durable in a second, and what each costs. */
class DurableBench {
  private static final int SECONDS = Integer.getInteger("parley.bench.seconds", 60);
  private static final int WARM_UP = Integer.getInteger("parley.bench.warm-up", 60);
  private static final int ROOMS = Integer.getInteger("parley.bench.rooms", 200);
  private static final int EACH_WARM_UP = 5;
  private static final int MEMBERS_EACH = 10;
  private static final List<Integer> IN_FLIGHT =
      Sizes.of("parley.bench.in-flight", 200, 1_000, 2_000, 4_000, 8_000);

  @Test
  void durablePosts(@TempDir Path data) {
    try (Server server = new Server(data.resolve("data"))) {
      server.add(Server.ALL);
      Path json = data.resolve("result.json");
      Table table = table();
      talk(server, json, WARM_UP, load -> load.with("--in-flight", "" + IN_FLIGHT.get(0)));
      double best = inRooms(server, json, table);
      int half = Math.max(1, (int) best / 2);
      Measured calm = talk(server, json, EACH_WARM_UP, load -> load.with("--rate", "" + half));
      row(table, rooms(), "%,d a second".formatted(half), calm);
      inPairs(server, json, table);
    }
  }

  /** Returns the best rate. */
  private static double inRooms(Server server, Path json, Table table) {
    double best = 0;
    for (int inFlight : IN_FLIGHT) {
      Measured run =
          talk(server, json, EACH_WARM_UP, load -> load.with("--in-flight", "" + inFlight));
      row(table, rooms(), underWay(inFlight), run);
      best = Math.max(best, run.acknowledgedPerSecond());
    }
    return best;
  }

  private static void inPairs(Server server, Path json, Table table) {
    for (int inFlight : IN_FLIGHT) {
      Measured run =
          talk(
              server,
              json,
              EACH_WARM_UP,
              load ->
                  load.with("--scenario", "DIRECT")
                      .without("--rooms")
                      .with("--in-flight", "" + inFlight));
      row(table, "%d × 2".formatted(ROOMS * MEMBERS_EACH / 2), underWay(inFlight), run);
    }
  }

  private static Table table() {
    return new Table(
        "durable",
        Server.SETTINGS + "; each row for %d s".formatted(SECONDS),
        "rooms × members",
        "pace",
        "acknowledged/s",
        "refused",
        "entries a commit",
        "node CPU µs a post",
        "stores CPU µs a post",
        "load tool CPU µs a post",
        "acknowledged p50 / p99 ms",
        "delivered p50 / p99 ms");
  }

  private static String underWay(int inFlight) {
    return "%,d in flight".formatted(inFlight);
  }

  private static String rooms() {
    return "%d × %d".formatted(ROOMS, MEMBERS_EACH);
  }

  private static Measured talk(
      Server server, Path json, int warmUp, UnaryOperator<ParleyProcess.Builder> pace) {
    ParleyProcess.Builder load =
        server
            .load(json)
            .with("--members", "" + ROOMS * MEMBERS_EACH)
            .with("--rooms", "" + ROOMS)
            .with("--warm-up", "" + warmUp)
            .with("--duration", "" + SECONDS);
    JsonNode report = server.run(pace.apply(load), json);
    return new Measured(report);
  }

  private static void row(Table table, String rooms, String pace, Measured run) {
    table.row(
        "| %s | %s | %.0f | %.0f | %.1f | %.0f | %.0f | %.0f | %s | %s |",
        rooms,
        pace,
        run.acknowledgedPerSecond(),
        run.number("refused"),
        run.entriesACommit(),
        run.nodeMicrosAPost(),
        run.storeMicrosAPost(),
        run.toolMicrosAPost(),
        run.times("toAcknowledged"),
        run.times("toDelivered"));
  }
}
