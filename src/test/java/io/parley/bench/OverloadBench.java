package io.parley.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a node that is asked for three times as much as it can do, and right after. */
class OverloadBench {
  private static final int SECONDS = Integer.getInteger("parley.bench.seconds", 60);
  private static final int WARM_UP = Integer.getInteger("parley.bench.warm-up", 60);
  private static final int ROOMS = Integer.getInteger("parley.bench.rooms", 200);
  private static final int MEMBERS_EACH = 10;
  private static final int IN_FLIGHT = Integer.getInteger("parley.bench.in-flight", 2_000);
  private static final int UNANSWERED = Integer.getInteger("parley.bench.unanswered", 40_000);

  @Test
  void overload(@TempDir Path data) {
    Path json = data.resolve("result.json");
    JsonNode report;
    try (Server server = new Server(data.resolve("data"))) {
      server.add(Server.ALL);
      report =
          server.run(
              server
                  .load(json)
                  .with("--scenario", "OVERLOAD")
                  .with("--members", "" + ROOMS * MEMBERS_EACH)
                  .with("--rooms", "" + ROOMS)
                  .with("--in-flight", "" + IN_FLIGHT)
                  .with("--unanswered", "" + UNANSWERED)
                  .with("--warm-up", "" + WARM_UP)
                  .with("--duration", "" + SECONDS),
              json);
    }
    Table table =
        new Table(
            "overload",
            "%s; %d rooms × %d, %,d in flight for the capacity, %,d unanswered at most beyond"
                .formatted(Server.SETTINGS, ROOMS, MEMBERS_EACH, IN_FLIGHT, UNANSWERED),
            "stretch of %d s".formatted(SECONDS),
            "due/s",
            "sent/s",
            "acknowledged/s",
            "× capacity",
            "refused/s by code",
            "lost",
            "acknowledged p50 / p99 ms",
            "delivered p50 / p99 ms",
            "resident MiB before / most",
            "heap MiB most",
            "overload step most");
    double capacity = new Measured(report.path("stretches").path(0)).acknowledgedPerSecond();
    report.path("stretches").forEach(stretch -> row(table, new Measured(stretch), capacity));
  }

  private static void row(Table table, Measured stretch, double capacity) {
    double seconds = stretch.number("seconds");
    JsonNode peak = stretch.report().path("peak");
    table.row(
        "| %s | %s | %.0f | %.0f | %.2f | %s | %.0f | %s | %s | %d / %d | %d | %.0f |",
        stretch.report().path("name").asText(),
        stretch.number("rate") == 0 ? "" : "%.0f".formatted(stretch.number("rate")),
        stretch.number("sent") / seconds,
        stretch.acknowledgedPerSecond(),
        stretch.acknowledgedPerSecond() / capacity,
        refused(stretch.report().path("refused"), seconds),
        stretch.number("lost"),
        stretch.times("toAcknowledged"),
        stretch.times("toDelivered"),
        stretch.report().path("before").path("residentBytes").asLong() >> 20,
        peak.path("residentBytes").asLong() >> 20,
        peak.path("heapBytes").asLong() >> 20,
        peak.path("overload").asDouble());
  }

  private static String refused(JsonNode codes, double seconds) {
    return codes.isEmpty()
        ? "0"
        : StreamSupport.stream(((Iterable<String>) codes::fieldNames).spliterator(), false)
            .map(code -> "%s %.0f".formatted(code, codes.path(code).asDouble() / seconds))
            .collect(Collectors.joining(", "));
  }
}
