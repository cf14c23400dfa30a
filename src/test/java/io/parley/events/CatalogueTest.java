package io.parley.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.parley.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** {@code EVENTS.md} says what the code does, of every event and of no other. */
class CatalogueTest {
  private static final Path CONTRACT = Path.of("EVENTS.md");
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z.]+)` \\| (\\d+) \\| (durable|passing) \\| .+ \\|");
  private static final Pattern SECTION =
      Pattern.compile("### ([a-z.]+)\\n(.*?)```json\\n(.*?)\\n```", Pattern.DOTALL);

  private static String contract() throws IOException {
    return Files.readString(CONTRACT);
  }

  private static List<String> rows(String text) {
    List<String> rows = new ArrayList<>();
    Matcher row = ROW.matcher(text);
    while (row.find()) {
      rows.add(row.group(1) + " " + row.group(2) + " " + row.group(3));
    }
    return rows;
  }

  @Test
  void everyKindOfEventHasItsRowAndOnlyThose() throws IOException {
    assertThat(rows(contract()))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(EventKind.values())
                .map(
                    kind ->
                        kind.word()
                            + " "
                            + kind.version()
                            + " "
                            + (kind.durable() ? "durable" : "passing"))
                .toList());
  }

  @Test
  void everyShapeIsAKindOfItsOwn() {
    assertThat(Arrays.stream(EventKind.values()).<Class<?>>map(EventKind::shape))
        .containsExactlyInAnyOrder(Event.class.getPermittedSubclasses());
    assertThat(Arrays.stream(EventKind.values()).map(EventKind::word)).doesNotHaveDuplicates();
  }

  @TestFactory
  Stream<DynamicTest> theExampleOfEachHasAllItsFieldsAndComesBackAsItIs() throws IOException {
    Matcher section = SECTION.matcher(contract());
    Set<EventKind> shown = new HashSet<>();
    List<DynamicTest> tests = new ArrayList<>();
    while (section.find()) {
      EventKind kind = EventKind.of(section.group(1)).orElseThrow();
      shown.add(kind);
      String example = section.group(3);
      tests.add(dynamicTest(kind.word(), () -> isWhatTheCodeTells(kind, example)));
    }
    assertThat(shown).containsExactlyInAnyOrder(EventKind.values());
    return tests.stream();
  }

  private static void isWhatTheCodeTells(EventKind kind, String example)
      throws JsonProcessingException {
    JsonNode json = Json.mapper().readTree(example);
    Event event = Json.mapper().treeToValue(json, kind.shape());

    assertThat(Json.write(event.json())).isEqualTo(Json.write(json));
    assertThat(names(event.json())).startsWith("id", "type", "version", "at");
    assertThat(names(json))
        .containsAll(
            Arrays.stream(kind.shape().getRecordComponents()).map(each -> each.getName()).toList());
    assertThat(json.path("type").asText()).isEqualTo(kind.word());
    assertThat(json.path("version").asInt()).isEqualTo(kind.version());
  }

  private static List<String> names(JsonNode json) {
    return StreamSupport.stream(((Iterable<String>) json::fieldNames).spliterator(), false)
        .toList();
  }

  /**
   * What is durable in a room has a place there, by which a consumer sees that nothing is missing.
   */
  @Test
  void whatIsDurableInARoomHasItsPlaceInTheLog() {
    for (EventKind kind : EventKind.values()) {
      List<String> fields =
          Arrays.stream(kind.shape().getRecordComponents()).map(each -> each.getName()).toList();
      assertThat(fields).as(kind.word()).startsWith("id", "at");
      assertThat(fields.contains("seq") || !kind.durable() || !fields.contains("room"))
          .as(kind.word())
          .isTrue();
      assertThat(fields).as(kind.word()).doesNotContain("text", "body", "name", "content");
    }
  }
}
