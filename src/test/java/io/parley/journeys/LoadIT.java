package io.parley.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.fixtures.ParleyProcess;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
    node = ParleyProcess.serve(data).env("PARLEY_LIMITS_ROOM_RATE", "0").start().awaitReady();
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
          .anyMatch(line -> line.matches("server CPU \\d+\\.\\d+ s, its stores .*"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SOCKET", "REST"})
  void whatTheServerRefusesIsCountedAndShown(String via) {
    try (ParleyProcess load = command(via).with("--body", "8001").start()) {
      assertThat(load.awaitExit()).isZero();
      assertThat(load.output())
          .contains("acknowledged 0 of 80, refused 80, delivered 0")
          .anyMatch(line -> line.startsWith("first refusal:") && line.contains("text"));
    }
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
