package io.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What those who read notice of those who do not, and what those cost the node. */
class StalledBench {
  private static final int SECONDS = Integer.getInteger("parley.bench.seconds", 45);
  private static final int ROUNDS = Integer.getInteger("parley.bench.rounds", 3);
  private static final int MEMBERS = Integer.getInteger("parley.bench.members", 1_000);
  private static final int RATE = Integer.getInteger("parley.bench.rate", 20);

  /** As long as they may be: the system keeps some megabytes before a node can notice anything. */
  private static final int CHARACTERS = Integer.getInteger("parley.bench.body", 8_000);

  private static final List<Integer> STALLED = Sizes.of("parley.bench.stalled", 1, 100);
  private static final String EVERYBODY = "everybody reads";

  @Test
  void stalledReaders(@TempDir Path data) {
    Table table =
        new Table(
            "stalled",
            "%s; %d messages of %,d characters a second"
                .formatted(Server.SETTINGS, RATE, CHARACTERS),
            "stalled of members",
            "round",
            "stretch",
            "acknowledged p50 / p99 ms",
            "delivered p50 / p99 ms",
            "p99 × that of everybody reading",
            "resident MiB before / most / after",
            "heap MiB most",
            "closed as too slow",
            "complete afterwards",
            "out of order",
            "complete after s");
    try (Server server = new Server(data.resolve("data"))) {
      server.add(Server.ALL);
      for (int stalled : STALLED) {
        rows(table, stalled, measure(server, stalled, data.resolve("result.json")));
      }
    }
  }

  private static JsonNode measure(Server server, int stalled, Path json) {
    return server.run(
        server
            .load(json)
            .with("--scenario", "STALLED")
            .with("--members", "" + MEMBERS)
            .with("--stalled", "" + stalled)
            .with("--rounds", "" + ROUNDS)
            .with("--rate", "" + RATE)
            .with("--body", "" + CHARACTERS)
            .with("--framing", "SOCKJS")
            .with("--warm-up", "" + SECONDS)
            .with("--duration", "" + SECONDS),
        json);
  }

  private static void rows(Table table, int stalled, JsonNode report) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      JsonNode calm = report.path("stretches").path(2 * round);
      JsonNode stretch = report.path("stretches").path(2 * round + 1);
      assertThat(calm.path("name").asText()).isEqualTo(EVERYBODY);
      JsonNode back = report.path("returns").path(round);
      double ratio = p99(stretch) / p99(calm);
      ratios.add(ratio);
      row(table, stalled, round, calm, "1", stretch.path("before"), "| | | | |");
      row(
          table,
          stalled,
          round,
          stretch,
          "%.2f".formatted(ratio),
          back.path("after"),
          "| %.0f | %d of %d | %d | %.2f |"
              .formatted(
                  back.path("slow").asDouble(),
                  back.path("whole").asInt(),
                  stalled,
                  back.path("breaks").asInt(),
                  back.path("seconds").asDouble()));
    }
    double median = ratios.stream().sorted().toList().get(ratios.size() / 2);
    table.row("| %d of %,d | median | | | | %.2f | | | | | | |", stalled, MEMBERS, median);
  }

  private static void row(
      Table table,
      int stalled,
      int round,
      JsonNode stretch,
      String ratio,
      JsonNode after,
      String back) {
    Measured measured = new Measured(stretch);
    table.row(
        "| %d of %,d | %d | %s | %s | %s | %s | %d / %d / %d | %d %s",
        stalled,
        MEMBERS,
        round + 1,
        stretch.path("name").asText(),
        measured.times("toAcknowledged"),
        measured.times("toDelivered"),
        ratio,
        mebibytes(stretch.path("before"), "residentBytes"),
        mebibytes(stretch.path("peak"), "residentBytes"),
        mebibytes(after, "residentBytes"),
        mebibytes(stretch.path("peak"), "heapBytes"),
        back);
  }

  private static double p99(JsonNode stretch) {
    return stretch.path("toDelivered").path("p99").asDouble();
  }

  private static long mebibytes(JsonNode peak, String field) {
    return peak.path(field).asLong() >> 20;
  }
}
