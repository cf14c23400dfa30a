package io.parley.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.fixtures.ParleyProcess;
import io.parley.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator measures a node, and can trust what is counted. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoadIT {
  private ParleyProcess node;
  private Path data;

  @BeforeAll
  void start(@TempDir Path dir) {
    data = dir;
    node = ParleyProcess.serve(data).withoutRates().start().awaitReady();
  }

  @AfterAll
  void stop() {
    node.terminate();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SOCKET", "REST"})
  void everyMessageIsAcknowledgedAndDeliveredToEveryMember(String via) {
    try (ParleyProcess load = load(via)) {
      assertThat(load.awaitExit()).as("%s", load.output()).isZero();
      assertThat(load.output())
          .anyMatch(line -> line.contains("40 messages/s by " + via.toLowerCase(Locale.ROOT)))
          .contains("acknowledged 80 of 80, refused 0, delivered 240")
          .anyMatch(line -> line.matches("server CPU \\d+\\.\\d+ s, its stores .*, resident .*"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SOCKET", "REST"})
  void whatTheServerRefusesIsCountedAndShown(String via) {
    try (ParleyProcess load = command(via).with("--body", "8001").start()) {
      assertThat(load.awaitExit()).isZero();
      assertThat(load.output())
          .contains("acknowledged 0 of 80, refused 80, delivered 0", "refused: TOO_LARGE 80")
          .anyMatch(line -> line.startsWith("first refusal:") && line.contains("text"));
    }
  }

  @Test
  void whatEachNodeDidIsReadOffItsAdminPortAndWrittenAsJson() throws IOException {
    Path json = data.resolve("load.json");
    try (ParleyProcess load =
        command("SOCKET").with("--admin", adminUrl()).with("--json", json.toString()).start()) {
      assertThat(load.awaitExit()).as("%s", load.output()).isZero();
      assertThat(load.output())
          .anyMatch(line -> line.startsWith("bus messages between nodes: 0.000 for a delivery"));
    }
    JsonNode report = Json.mapper().readTree(json.toFile());
    JsonNode used = report.path("cost").path("stock").path("nodes").path(0);

    assertThat(report.path("acknowledged").asLong()).isEqualTo(80);
    assertThat(report.path("toDelivered").path("p99").asDouble()).isPositive();
    assertThat(used.path("cpuSeconds").asDouble()).isPositive();
    // What is under way when the node is asked belongs to neither side.
    assertThat(used.path("deliveries").asDouble()).isBetween(30.0 * 3, 50.0 * 3);
    assertThat(used.path("registrations").asDouble()).isPositive();
  }

  @Test
  void leasesAreTakenByManyRoomsAndKeptWithoutAWord() throws IOException {
    Path json = data.resolve("leases.json");
    try (ParleyProcess load =
        command("SOCKET")
            .with("--scenario", "LEASES")
            .with("--rooms", "30")
            .with("--admin", adminUrl())
            .with("--json", json.toString())
            .start()) {
      assertThat(load.awaitExit()).as("%s", load.output()).isZero();
      assertThat(load.output()).anyMatch(line -> line.startsWith("30 rooms made in "));
    }
    JsonNode report = Json.mapper().readTree(json.toFile());

    assertThat(report.path("leasedSeconds").asDouble()).isPositive();
    assertThat(registrations(report, "leased")).isEqualTo(registrations(report, "idle"));
  }

  @Test
  void pairsTalkAsFastAsTheyAreAnswered() throws IOException {
    JsonNode report =
        report(
            "DIRECT",
            load -> load.with("--mint").with("--in-flight", "3").with("--framing", "SOCKJS"));
    long sent = report.path("due").asLong();

    assertThat(sent).isGreaterThan(20);
    assertThat(report.path("rooms").asInt()).isEqualTo(3);
    assertThat(report.path("acknowledged").asLong()).isEqualTo(sent);
    assertThat(report.path("delivered").asLong()).isEqualTo(2 * sent);
    assertThat(report.path("refused").asLong()).isZero();
    assertThat(report.path("toAcknowledged").path("p50").asDouble()).isPositive();
    assertThat(report.path("toDelivered").path("p50").asDouble()).isPositive();
  }

  @Test
  void silentSocketsAreAllReachedInTheEnd() throws IOException {
    JsonNode report = report("IDLE", load -> load.with("--mint").with("--connect-rate", "20"));

    assertThat(report.path("expected").asLong()).isEqualTo(6);
    assertThat(report.path("received").asLong()).isEqualTo(6);
    assertThat(report.path("growth")).hasSize(7);
    assertThat(report.path("growth").path(6).path("residentBytes").asLong()).isPositive();
    assertThat(report.path("connectSeconds").asDouble()).isGreaterThan(0.2);
  }

  @Test
  void whoComesBackCatchesUpWithWhatWasMissed() throws IOException {
    JsonNode report =
        report(
            "STORM", load -> load.with("--mint").with("--missed", "4").with("--framing", "SOCKJS"));

    assertThat(report.path("expected").asLong()).isEqualTo(6 * 4);
    assertThat(report.path("received").asLong()).isEqualTo(6 * 4);
    assertThat(report.path("incomplete").asInt()).isZero();
    assertThat(report.path("readySeconds").asDouble()).isPositive();
  }

  @Test
  void whoStoppedReadingIsClosedAndHasEverythingAfterwards() throws IOException {
    JsonNode report =
        report(
            "STALLED",
            load ->
                load.with("--mint")
                    .with("--rooms", "1")
                    .with("--stalled", "2")
                    .with("--rounds", "2")
                    .with("--body", "7000")
                    .with("--rate", "200")
                    .with("--duration", "7")
                    .with("--admin", adminUrl()));

    assertThat(report.path("stretches")).hasSize(4);
    for (JsonNode stretch : report.path("stretches")) {
      assertThat(stretch.path("acknowledged").asInt()).as("%s", report).isEqualTo(1400);
      assertThat(stretch.path("delivered").asInt()).as("to those who read").isEqualTo(4 * 1400);
      assertThat(stretch.path("peak").path("heapBytes").asLong()).isPositive();
    }
    for (JsonNode after : report.path("returns")) {
      assertThat(after.path("slow").asInt()).as("%s", report).isEqualTo(2);
      assertThat(after.path("whole").asInt()).as("%s", report).isEqualTo(2);
      assertThat(after.path("breaks").asInt()).as("%s", report).isZero();
    }
    assertThat(report.path("closed")).as("nobody else").isEmpty();
  }

  @Test
  void whatIsTooMuchIsToldFromWhatGoes() throws IOException {
    JsonNode report = report("OVERLOAD", load -> load.with("--mint").with("--in-flight", "4"));
    JsonNode capacity = report.path("stretches").path(0);
    JsonNode overload = report.path("stretches").path(1);
    JsonNode half = report.path("stretches").path(2);
    double most = capacity.path("figures").path("postsPerSecond").asDouble();

    assertThat(report.path("stretches")).hasSize(3);
    assertThat(capacity.path("inFlight").asInt()).isEqualTo(4);
    assertThat(capacity.path("acknowledged")).isEqualTo(capacity.path("sent"));
    assertThat(overload.path("rate").asInt()).isEqualTo((int) (3 * most));
    assertThat(overload.path("sent").asInt() + overload.path("heldBack").asInt())
        .isEqualTo(overload.path("rate").asInt());
    assertThat(half.path("rate").asInt()).isEqualTo((int) (most / 2));
    assertThat(half.path("toAcknowledged").path("p99").asDouble()).isPositive();
  }

  @Test
  void aDayHasABitOfEverything() throws IOException {
    JsonNode report =
        report("DAY", load -> load.with("--mint").with("--rate", "60").with("--duration", "3"));
    int ended = 0;
    for (JsonNode deed : report.path("deeds")) {
      assertThat(deed.path("done").asInt()).as("%s", report).isPositive();
      assertThat(deed.path("refused").asInt()).as("%s", report).isZero();
      ended += deed.path("done").asInt();
    }

    assertThat(report.path("deeds")).hasSize(7);
    assertThat(ended + report.path("skipped").asInt()).isEqualTo(3 * 60);
    assertThat(report.path("delivered").asLong())
        .isGreaterThan(report.path("deeds").path("POST").path("done").asLong());
  }

  @Test
  void peopleAreMintedOnlyForTheServerThatKnowsThem(@TempDir Path empty) {
    try (ParleyProcess load =
        ParleyProcess.command("load", empty).with("--mint").with("--members", "1").start()) {
      assertThat(load.awaitExit()).isEqualTo(1);
      assertThat(load.output()).anyMatch(line -> line.contains("--mint: no stores run below"));
    }
  }

  /** What a short run of six people comes to, as JSON. */
  private JsonNode report(String scenario, UnaryOperator<ParleyProcess.Builder> more)
      throws IOException {
    Path json = data.resolve(scenario + ".json");
    ParleyProcess.Builder command =
        command("SOCKET")
            .with("--data", data.toString())
            .with("--scenario", scenario)
            .with("--warm-up", "0")
            .with("--seed", "1")
            .with("--json", json.toString());
    try (ParleyProcess load = more.apply(command).start()) {
      assertThat(load.awaitExit()).as("%s", load.output()).isZero();
      return Json.mapper().readTree(json.toFile());
    }
  }

  private static double registrations(JsonNode report, String phase) {
    return report.path(phase).path("nodes").path(0).path("registrations").asDouble(-1);
  }

  private String adminUrl() {
    return "http://127.0.0.1:" + node.adminPort();
  }

  private ParleyProcess load(String via) {
    return command(via).start();
  }

  private ParleyProcess.Builder command(String via) {
    return ParleyProcess.command("load", data)
        .without("--data")
        .with("--url", node.url())
        .with("--bridge", node.bridgeUrl())
        .with("--via", via)
        .with("--members", "6")
        .with("--rooms", "2")
        .with("--rate", "40")
        .with("--warm-up", "1")
        .with("--duration", "1")
        .with("--pid", Long.toString(node.pid()));
  }
}
