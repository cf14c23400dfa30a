package io.parley.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long many rooms take to be leased, and what it costs to keep the leases, at both ends. */
class LeaseBench {
  private static final int ROOMS = Integer.getInteger("parley.bench.rooms", 10_000);
  private static final int SECONDS = Integer.getInteger("parley.bench.seconds", 60);
  private static final List<String> ROLES = List.of("persistence,media", "http,bridge");

  @Test
  void leases(@TempDir Path data) {
    Path json = data.resolve("result.json");
    JsonNode report;
    try (Server server = new Server(data.resolve("data"))) {
      ROLES.forEach(server::add);
      report =
          server.run(
              server
                  .load(json)
                  .with("--scenario", "LEASES")
                  .with("--rooms", "" + ROOMS)
                  .with("--members", "" + Math.max(10, (ROOMS + 999) / 1_000))
                  .with("--warm-up", "10")
                  .with("--duration", "" + SECONDS),
              json);
    }
    Table table =
        new Table(
            "leases",
            Server.SETTINGS
                + String.format(
                    "; %d rooms made in %.0f s, leased in %.2f s",
                    ROOMS,
                    report.path("madeSeconds").asDouble(),
                    report.path("leasedSeconds").asDouble()),
            "rooms leased",
            "node",
            "CPU %",
            "resident MiB",
            "bus messages/s sent",
            "bus bytes/s sent",
            "registrations");
    rows(table, "none", report.path("idle"));
    rows(table, "being leased", report.path("leasing"));
    rows(table, "all", report.path("leased"));
  }

  private static void rows(Table table, String phase, JsonNode stock) {
    double seconds = stock.path("seconds").asDouble();
    for (int i = 0; i < ROLES.size(); i++) {
      JsonNode node = stock.path("nodes").path(i);
      table.row(
          "| %s | %s | %.2f | %d | %.1f | %.0f | %.0f |",
          phase,
          ROLES.get(i),
          100 * node.path("cpuSeconds").asDouble() / seconds,
          node.path("residentBytes").asLong() >> 20,
          node.path("busMessages").asDouble() / seconds,
          node.path("busBytes").asDouble() / seconds,
          node.path("registrations").asDouble());
    }
  }
}
