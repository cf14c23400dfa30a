package io.parley.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.fixtures.Await;
import io.parley.fixtures.RestClient.RestUser;
import io.parley.fixtures.SocketClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What one socket is told of the people it watches, from the first answer on. */
final class Watching {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final RestUser viewer;
  private final SocketClient socket;
  private final JsonNode first;
  private final int before;

  /** Watches, and waits until it is known who is here. */
  Watching(RestUser viewer, SocketClient socket, RestUser... people) {
    this.viewer = viewer;
    this.socket = socket;
    this.before = told().size();
    this.first =
        Await.of(
            socket.send(
                "presence.watch", Map.of("users", Stream.of(people).map(RestUser::id).toList())));
    await().atMost(PATIENCE).until(this::known);
  }

  private List<JsonNode> told() {
    return socket.received("user." + viewer.id()).stream()
        .filter(body -> body.path("kind").asText().equals("presence"))
        .map(body -> body.path("body"))
        .toList();
  }

  /** The answer, and every message after it. */
  private List<JsonNode> all() {
    List<JsonNode> all = new ArrayList<>();
    all.add(first);
    List<JsonNode> told = told();
    all.addAll(told.subList(Math.min(before, told.size()), told.size()));
    return all;
  }

  boolean known() {
    List<JsonNode> all = all();
    return all.get(all.size() - 1).path("known").asBoolean();
  }

  /** What was told of somebody last. */
  JsonNode of(RestUser person) {
    List<JsonNode> history = history(person);
    assertThat(history).as("what is told of " + person.name()).isNotEmpty();
    return history.get(history.size() - 1);
  }

  String state(RestUser person) {
    return of(person).path("state").asText();
  }

  /** All that was told of somebody. */
  List<JsonNode> history(RestUser person) {
    return all().stream()
        .flatMap(body -> body.path("people").valueStream())
        .filter(each -> each.path("user").asText().equals(person.id()))
        .toList();
  }

  List<String> states(RestUser person) {
    return history(person).stream().map(each -> each.path("state").asText()).toList();
  }

  void comesToBe(RestUser person, String state) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(state(person)).as(person.name()).isEqualTo(state));
  }

  /** Every message has the version after the one before. */
  void missedNothing() {
    List<Integer> versions = all().stream().map(body -> body.path("version").asInt()).toList();
    for (int i = 1; i < versions.size(); i++) {
      assertThat(versions.get(i)).isEqualTo(versions.get(i - 1) + 1);
    }
  }
}
