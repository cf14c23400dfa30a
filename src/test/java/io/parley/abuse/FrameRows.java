package io.parley.abuse;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.fixtures.Await;
import io.parley.fixtures.SocketClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Single frames of a signed-in client: refused by number, nothing stored, and the socket lives. */
final class FrameRows {
  private static final Path FRAMES = Path.of("src/test/resources/abuse/frames.txt");

  private FrameRows() {}

  static Stream<Row> all() {
    try {
      return Files.readAllLines(FRAMES).stream()
          .filter(line -> !line.startsWith("#"))
          .map(FrameRows::row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(String line) {
    String[] cells = line.split(" ?\\| ?", 5);
    return new Row(
        cells[0], cells[1], cells[2], scene -> refused(scene, cells[4], filled(scene, cells[3])));
  }

  private static String refused(Scene scene, String frame, String address) {
    long before = scene.messages(scene.ann, scene.room) + scene.messages(scene.bob, scene.foreign);
    JsonNode error;
    try (SocketClient ann = scene.open(scene.ann)) {
      ann.write(filled(scene, frame));
      Awaitility.await().atMost(Scene.PATIENCE).until(() -> !ann.errors().isEmpty());
      error = ann.errors().get(0);
      Await.of(ann.send("rooms.list", Map.of()));
    }
    long after = scene.messages(scene.ann, scene.room) + scene.messages(scene.bob, scene.foreign);
    boolean wellFormed =
        error.path("failureType").asText().equals("RECIPIENT_FAILURE")
            && error.path("address").asText().equals(address)
            && error.path("message").asText().matches("[A-Z_]+( [A-Za-z]+=[^ :]+)*: .+");
    return error.path("failureCode").asText()
        + (wellFormed ? "" : " but " + error)
        + (after > before ? ", and something is stored" : "");
  }

  private static String filled(Scene scene, String text) {
    return text.replace("$room", scene.room)
        .replace("$deep", "[".repeat(1_000) + "]".repeat(1_000))
        .replace("$long", "x".repeat(999))
        .replace("$huge", "x".repeat(10_000))
        .replace("$foreign", scene.foreign)
        .replace("$bobsToken", scene.bob.token())
        .replace("$bob", scene.bob.id())
        .replace("$expired", text.contains("$expired") ? scene.expired() : "");
  }
}
