package io.parley.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.parley.abuse.AccessCast.Caller;
import io.parley.abuse.AccessCast.Cell;
import io.parley.fixtures.RestClient.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A10: every operation of the contract, as everybody who could ask for it, against {@code
 * abuse/access.txt}. An operation without a line there fails, and so does a line without an
 * operation. Each cell has people, and a room, of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessIT {
  private static final Logger LOG = LoggerFactory.getLogger(AccessIT.class);
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  private final Map<String, Operation> operations = new TreeMap<>();
  private final Map<String, List<Integer>> table = new LinkedHashMap<>();
  private AccessCast cast;
  private Map<Cell, Answer> answers = Map.of();

  record Operation(String id, String method, String path) {
    boolean inRoom() {
      return path.contains("{room}") || id.equals("explainUnread");
    }

    boolean reserved() {
      return path.startsWith("/api/admin");
    }
  }

  @BeforeAll
  void ask(@TempDir Path data) throws IOException {
    readContract();
    readTable();
    cast = new AccessCast(data, operations.values());
    answers =
        cast.cells().parallelStream()
            .collect(Collectors.toMap(cell -> cell, cell -> cast.ask(cell)));
  }

  @AfterAll
  void close() {
    cast.close();
  }

  private void readContract() throws IOException {
    try (InputStream yaml = AccessIT.class.getResourceAsStream("/openapi.yaml")) {
      JsonNode paths = new YAMLMapper().readTree(yaml).path("paths");
      for (Map.Entry<String, JsonNode> path : paths.properties()) {
        for (Map.Entry<String, JsonNode> each : path.getValue().properties()) {
          if (METHODS.contains(each.getKey())) {
            String id = each.getValue().path("operationId").asText();
            String method = each.getKey().toUpperCase(Locale.ROOT);
            operations.put(id, new Operation(id, method, path.getKey()));
          }
        }
      }
    }
  }

  private void readTable() throws IOException {
    try (InputStream file = AccessIT.class.getResourceAsStream("/abuse/access.txt")) {
      new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.strip().split("\\s+", -1))
          .forEach(
              words ->
                  table.put(words[0], Arrays.stream(words).skip(1).map(Integer::valueOf).toList()));
    }
  }

  @Test
  void everyOperationHasItsLineAndEveryLineItsOperation() {
    assertThat(table.keySet()).containsExactlyInAnyOrderElementsOf(operations.keySet());
  }

  @Test
  void everybodyIsAnsweredAsTheTableSays() {
    List<String> found = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (String id : operations.keySet()) {
      found.add(line(id, Arrays.stream(Caller.values()).map(who -> status(id, who)).toList()));
      expected.add(line(id, table.getOrDefault(id, List.of())));
    }
    LOG.info("Who is answered what:\n{}", String.join("\n", found));

    assertThat(found).isEqualTo(expected);
  }

  private int status(String id, Caller who) {
    return answers.get(new Cell(id, who)).status();
  }

  private static String line(String id, List<Integer> codes) {
    return "%-20s %s"
        .formatted(id, codes.stream().map(String::valueOf).collect(Collectors.joining(" ")));
  }

  @Test
  void aRoomOfOthersIsAnsweredAsOneThatIsNotThere() {
    for (Cell cell : cast.cells()) {
      Operation operation = operations.get(cell.operation());
      boolean inside = cell.who() == Caller.MEMBER || cell.who() == Caller.OWNER;
      if (operation.inRoom() && !inside && answers.get(cell).status() == 404) {
        Answer none = cast.ask(cell, UUID.randomUUID().toString());
        assertThat(told(answers.get(cell))).as(cell.toString()).isEqualTo(told(none));
      }
    }
  }

  @Test
  void theSessionOfSomebodyElseLivesOn() {
    for (Caller who : Caller.values()) {
      Cell cell = new Cell("revokeSession", who);
      assertThat(cast.stillThere(cell)).as(cell.toString()).isTrue();
    }
  }

  @Test
  void whoLacksARightIsToldTheSameWhateverTheyAskFor() {
    Set<String> told =
        cast.cells().stream()
            .filter(cell -> operations.get(cell.operation()).reserved())
            .filter(cell -> cell.who() != Caller.ADMIN && answers.get(cell).status() == 403)
            .map(cell -> told(answers.get(cell)))
            .collect(Collectors.toSet());

    assertThat(told).hasSize(1);
  }

  @Test
  void whoIsDisabledOrSignedOutIsToldTheSameEverywhere() {
    Set<String> told =
        cast.cells().stream()
            .filter(cell -> cell.who() == Caller.DISABLED || cell.who() == Caller.GONE)
            .filter(cell -> status(cell.operation(), Caller.STRANGER) != 401)
            .filter(cell -> answers.get(cell).status() == 401)
            .filter(cell -> !cell.operation().equals("refresh"))
            .map(cell -> told(answers.get(cell)))
            .collect(Collectors.toSet());

    assertThat(told).hasSize(1);
  }

  private static String told(Answer answer) {
    ObjectNode body = answer.body().deepCopy();
    body.remove("traceId");
    return answer.status() + " " + body;
  }
}
