package io.parley.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.bus.Bytes;
import io.parley.json.Json;
import io.parley.log.LogApi;
import io.parley.log.LogId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CurtainTest {
  private final LogId log = LogId.room(UUID.randomUUID());
  private final LogApi.Encoded said = entry(Optional.empty());
  private final LogApi.Encoded edit = entry(Optional.of(7L));

  @Test
  void whoSeesTheMessageSeesItsNewWords() {
    assertThat(Curtain.before(edit, 0)).isSameAs(edit);
    assertThat(Curtain.before(edit, 7)).isSameAs(edit);
    assertThat(Curtain.falls(List.of(said, edit), 0)).isFalse();
    assertThat(Curtain.falls(List.of(said, edit), 7)).isFalse();
  }

  @Test
  void whoCameLaterIsToldThatThereAreSome() {
    LogApi.Encoded told = Curtain.before(edit, 8);

    assertThat(Curtain.falls(List.of(said, edit), 8)).isTrue();
    assertThat(Json.object(told.json().array()).toString())
        .isEqualTo("{\"kind\":\"edit\",\"seq\":9,\"cursor\":\"c\",\"body\":{\"deleted\":true}}");
    assertThat(told.seq()).isEqualTo(9);
  }

  @Test
  void mostEntriesAreForAll() {
    assertThat(Curtain.hangs(List.of(said))).isFalse();
    assertThat(Curtain.hangs(List.of(said, edit))).isTrue();
    assertThat(Curtain.before(said, 8)).isSameAs(said);
  }

  @Test
  void itIsLiftedWhereAllMayReadEverything() {
    assertThat(Curtain.lifts(entry("history", "{\"history\":\"all\"}", Optional.empty()))).isTrue();
    assertThat(Curtain.lifts(entry("history", "{\"history\":\"since-join\"}", Optional.empty())))
        .isFalse();
    assertThat(Curtain.lifts(entry("message", "{\"history\":\"all\"}", Optional.empty())))
        .isFalse();
    assertThat(Curtain.lifts(said)).isFalse();
  }

  private LogApi.Encoded entry(Optional<Long> amends) {
    return entry("edit", "{\"text\":\"x\"}", amends);
  }

  private LogApi.Encoded entry(String kind, String body, Optional<Long> amends) {
    byte[] json =
        ("{\"kind\":\"" + kind + "\",\"seq\":9,\"cursor\":\"c\",\"body\":" + body + "}")
            .getBytes(StandardCharsets.UTF_8);
    return new LogApi.Encoded(log, 9, new Bytes(json), Optional.empty(), amends);
  }
}
