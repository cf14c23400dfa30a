package io.parley.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.fixtures.Chromium;
import io.parley.fixtures.NeedsChromium;
import io.parley.fixtures.ParleyProcess;
import io.parley.fixtures.RestClient;
import io.parley.fixtures.RestClient.RestUser;
import io.parley.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official clients, unmodified, on every transport that is enabled. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OfficialClientsIT {
  private static final Path SCRIPTS = Path.of("src/main/web/scripts/contract");
  private static final int PATIENCE_SECONDS = 60;

  private ParleyProcess node;
  @TempDir private Path scratch;

  @BeforeAll
  void start(@TempDir Path data) {
    node = ParleyProcess.serve(data).start().awaitReady();
  }

  @AfterAll
  void stop() {
    node.terminate();
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "xhr-streaming", "xhr-polling", "eventsource"})
  void underNodeItTalksOn(String transport) throws IOException, InterruptedException {
    // Under Node there is no EventSource; the client's own stand-in speaks plain HTTP.
    check(converse("in-node.mjs", transport), transport);
  }

  @NeedsChromium
  @ParameterizedTest
  @ValueSource(strings = {"websocket", "xhr-streaming", "xhr-polling", "eventsource"})
  void inChromiumItTalksOn(String transport) throws IOException, InterruptedException {
    check(converse("in-chromium.mjs", transport), transport);
  }

  private static void check(JsonNode seen, String transport) {
    assertThat(texts(seen.path("ann"))).containsExactly("one", "two", "three", "four", "five");
    assertThat(texts(seen.path("bob"))).containsExactly("one", "two", "three", "four");
    assertThat(texts(seen.path("resumed"))).containsExactly("five");
    assertThat(texts(seen.path("unknown"))).containsExactly("4030", "RECIPIENT_FAILURE");
    assertThat(texts(seen.path("notMember"))).containsExactly("4040", "NOT_FOUND");
    assertThat(seen.path("transport").asText()).isEqualTo(transport);
  }

  private JsonNode converse(String script, String transport)
      throws IOException, InterruptedException {
    RestUser ann = RestClient.signUp(node.httpPort(), "Ann");
    RestUser bob = RestClient.signUp(node.httpPort(), "Bob");
    String room = ann.rest().room("official", "public");
    bob.rest().post("/api/rooms/" + room + "/join", Map.of()).expect(200);
    Path output = scratch.resolve(script + "-" + transport);
    ProcessBuilder builder =
        new ProcessBuilder(
                "node",
                SCRIPTS.resolve(script).toString(),
                node.url() + "/eventbus",
                room,
                ann.token(),
                bob.token(),
                transport)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Chromium.find()
        .ifPresent(path -> builder.environment().put(Chromium.VARIABLE, path.toString()));
    Process process = builder.start();
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended && process.exitValue() == 0).as(text).isTrue();
    // The client itself talks on the console before the last line.
    String last = text.lines().reduce("", (before, line) -> line);
    return Json.object(last.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
