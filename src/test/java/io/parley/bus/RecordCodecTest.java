package io.parley.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.json.Json;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
  private final BusMetrics metrics = new BusMetrics(new SimpleMeterRegistry());
  private final RecordCodec codec =
      new RecordCodec(Json.cbor(), List.of(EchoApi.CONTRACT), metrics);

  record Stranger(String text) {}

  @Test
  void aListedRecordCrosses() {
    EchoApi.Said said = new EchoApi.Said("hello", List.of(1, 2));
    Buffer wire = Buffer.buffer("before");

    codec.encodeToWire(wire, said);

    assertThat(codec.decodeFromWire(6, wire)).isEqualTo(said);
    assertThat(wire.toString(StandardCharsets.ISO_8859_1))
        .contains("bus.Said")
        .doesNotContain("io.parley");
  }

  @Test
  void anUnlistedRecordIsNotSent() {
    Buffer wire = Buffer.buffer();
    codec.encodeToWire(wire, new Stranger("secret"));
    assertThat(wire.toString()).doesNotContain("secret").doesNotContain("Stranger");
    assertThat(codec.decodeFromWire(0, wire)).isInstanceOf(Unreadable.class);
    assertThatThrownBy(() -> codec.transform(new Stranger("x")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anUnlistedTagIsRefused() throws Exception {
    for (String tag :
        List.of("bus.Stranger", "java.lang.Runtime", "", "io.parley.bus.EchoApi$Said")) {
      assertThat(codec.decodeFromWire(0, wire(tag, Map.of("text", "x"))))
          .isEqualTo(new Unreadable("a type that no contract names"));
    }
  }

  @Test
  void fieldsOfANewerVersionAreIgnored() throws Exception {
    Buffer wire =
        wire("bus.Said", Map.of("text", "x", "numbers", List.of(7), "mood", Map.of("a", 1)));

    assertThat(codec.decodeFromWire(0, wire)).isEqualTo(new EchoApi.Said("x", List.of(7)));
  }

  @Test
  void aMessageThatIsCutOffIsRefused() {
    Buffer wire = Buffer.buffer();
    codec.encodeToWire(wire, new EchoApi.Said("hello", List.of()));

    for (int length = 0; length < wire.length(); length++) {
      Buffer part = wire.getBuffer(0, length);
      assertThat(codec.decodeFromWire(0, part)).isInstanceOf(Unreadable.class);
    }
  }

  @Test
  void twoRecordsOfOneTagAreRefusedAtTheStart() {
    Contract twin =
        new Contract(
            "Twin", List.of(), List.of(new Topic<>("twin", io.parley.bus.twin.bus.Said.class)));

    assertThatThrownBy(() -> new RecordCodec(Json.cbor(), List.of(EchoApi.CONTRACT, twin), metrics))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bus.Said");
  }

  @Test
  void insideAProcessARecordGoesByReference() {
    EchoApi.Said said = new EchoApi.Said("hello", List.of());

    assertThat(codec.transform(said)).isSameAs(said);
  }

  private static Buffer wire(String tag, Object body) throws Exception {
    byte[] bytes = Json.cbor().writeValueAsBytes(body);
    return Buffer.buffer()
        .appendByte((byte) tag.length())
        .appendString(tag)
        .appendInt(bytes.length)
        .appendBytes(bytes);
  }
}
