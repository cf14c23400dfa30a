package io.parley.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.accounts.UserId;
import io.parley.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EntryJsonTest {
  private static final UUID ID = UUID.fromString("01930000-0000-7000-8000-000000000001");
  private static final UUID HOME = UUID.fromString("01930000-0000-7000-8000-000000000002");
  private static final UserId ANN =
      new UserId(UUID.fromString("01930000-0000-7000-8000-000000000003"));

  private final EntryJson json = new EntryJson(7);

  private static Entry entry(LogId log, UserId author, String name, Optional<Long> target) {
    return new Entry(
        log,
        42,
        40,
        1_795_487_400_000L,
        ID,
        "message",
        author,
        name,
        "c\"\\1",
        target,
        true,
        Optional.empty(),
        Optional.empty(),
        "{ \"text\": \"grüße 👋\" }",
        ID);
  }

  private String encoded(Entry entry) {
    return new String(json.encode(entry).json().array(), StandardCharsets.UTF_8);
  }

  @Test
  void anEntryHasExactlyThisForm() {
    String cursor = Cursor.at(7, 42, ID).toString();

    assertThat(encoded(entry(LogId.room(HOME), ANN, "Ann", Optional.of(17L))))
        .isEqualTo(
            "{\"kind\":\"message\",\"room\":\""
                + HOME
                + "\",\"seq\":42,\"n\":40,\"cursor\":\""
                + cursor
                + "\",\"id\":\""
                + ID
                + "\",\"cid\":\"c\\\"\\\\1\",\"at\":\"2026-11-24T02:30:00.000Z\","
                + "\"author\":{\"id\":\""
                + ANN
                + "\",\"name\":\"Ann\"},\"thread\":17,\"body\":{ \"text\": \"grüße 👋\" }}");
  }

  @Test
  void whatChangesAMessageNamesItAndIsInNoThread() {
    Entry edit = Entries.at(LogId.room(HOME), 42, Entries.edit(ANN, "c", 17, "other"));

    assertThat(encoded(edit)).contains(",\"target\":17,").doesNotContain("thread");
  }

  @Test
  void whatTheServerWritesHasNoAuthorAndAUsersLogSaysUser() {
    ObjectNode read =
        Json.object(
            json.encode(entry(LogId.user(HOME), UserId.SYSTEM, "", Optional.empty()))
                .json()
                .array());

    assertThat(read.has("author")).isFalse();
    assertThat(read.has("target")).isFalse();
    assertThat(read.has("room")).isFalse();
    assertThat(read.get("user").textValue()).isEqualTo(HOME.toString());
  }

  @Test
  void namesOfAnyKindSurvive() {
    for (String name : List.of("A\"nn", "\\", "\u0001\n\t", "👩‍👩‍👧", "\u2028", "</script>")) {
      ObjectNode read =
          Json.object(
              encoded(entry(LogId.room(HOME), ANN, name, Optional.empty()))
                  .getBytes(StandardCharsets.UTF_8));
      assertThat(read.get("author").get("name").textValue()).isEqualTo(name);
      assertThat(read.get("cid").textValue()).isEqualTo("c\"\\1");
    }
  }

  @Test
  void aFleetingMessageNamesItsUsers() {
    ObjectNode read =
        Json.object(
            json.fleeting(LogId.room(HOME), "typing", List.of(ANN, UserId.SYSTEM)).json().array());

    assertThat(read.get("kind").textValue()).isEqualTo("typing");
    assertThat(read.get("room").textValue()).isEqualTo(HOME.toString());
    assertThat(read.get("users")).hasSize(2);
    assertThat(read.has("seq")).isFalse();
  }
}
