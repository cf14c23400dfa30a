package io.parley.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.parley.accounts.AccountsApi;
import io.parley.bus.Bus;
import io.parley.commands.Commands;
import io.parley.config.LimitsConfig;
import io.parley.fixtures.Await;
import io.parley.fixtures.Limited;
import io.parley.limits.Rates;
import io.parley.log.LogApi;
import io.parley.messages.Posts;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The description of the socket API says what the code does, and nothing else. */
class AsyncApiTest {
  private final JsonNode document = read();

  @Test
  void itNamesExactlyTheCommandsOfTheTable() {
    Set<String> commands = new TreeSet<>(Set.of("session.open", "session.renew", "presence.watch"));
    commands.addAll(commands().names());

    Set<String> documented = new TreeSet<>();
    for (JsonNode channel : document.path("channels")) {
      String address = channel.path("address").asText("");
      if (channel.path("messages").has("request")) {
        documented.add(address);
      }
    }

    assertThat(documented).isEqualTo(commands);
  }

  @Test
  void everyCommandHasAnOperationWithAReply() {
    JsonNode operations = document.path("operations");
    document
        .path("channels")
        .properties()
        .forEach(
            channel -> {
              if (channel.getValue().path("messages").has("request")) {
                JsonNode reply = operations.path(channel.getKey()).path("reply").path("messages");
                assertThat(reply).as(channel.getKey()).hasSize(1);
              }
            });
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    assertThat(document.findValuesAsText("$ref"))
        .isNotEmpty()
        .allSatisfy(
            reference ->
                assertThat(document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse());
  }

  @Test
  void everyKindThatIsDescribedIsWrittenSomewhere() throws IOException {
    String sources;
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      sources =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(AsyncApiTest::text)
              .collect(Collectors.joining());
    }
    List<String> kinds =
        document.path("components").path("messages").findValuesAsText("name").stream()
            .filter(name -> !name.isBlank())
            .toList();

    assertThat(kinds).hasSizeGreaterThan(10);
    assertThat(kinds).allSatisfy(kind -> assertThat(sources).contains('"' + kind + '"'));
  }

  @Test
  void whatTheBridgeSaysByItselfIsDescribed() {
    for (String kind : List.of("ready", "void", "session.expiring", "typing", "message")) {
      assertThat(document.path("components").path("messages").findValuesAsText("name"))
          .contains(kind);
    }
  }

  private static Commands commands() {
    Vertx vertx = Vertx.vertx();
    LimitsConfig limits = Limited.room(3, 10);
    Bus bus = Bus.over(vertx, List.of(LogApi.CONTRACT, AccountsApi.CONTRACT));
    Commands commands =
        Commands.of(
            bus,
            new ScriptedLogs(bus, "here"),
            new Posts(limits, () -> "cid"),
            Rates.NONE,
            limits,
            Duration.ofSeconds(5));
    Await.of(vertx.close());
    return commands;
  }

  private static JsonNode read() {
    try (InputStream yaml = AsyncApiTest.class.getResourceAsStream("/asyncapi.yaml")) {
      return new YAMLMapper().readTree(yaml);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
