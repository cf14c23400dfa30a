package io.parley.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  record Note(String text, Optional<Integer> number, Instant at) {}

  @Test
  void timesAreRfc3339AndAbsentValuesAreLeftOut() {
    Note note = new Note("a", Optional.empty(), Instant.parse("2026-11-21T02:30:00.123Z"));

    assertThat(Json.write(note)).isEqualTo("{\"text\":\"a\",\"at\":\"2026-11-21T02:30:00.123Z\"}");
    assertThat(Json.bytes(note)).asString().isEqualTo(Json.write(note));
  }

  @Test
  void timesAreWrittenInMilliseconds() {
    assertThat(Json.write(Map.of("at", Instant.parse("2026-11-21T02:30:00.123456Z"))))
        .isEqualTo("{\"at\":\"2026-11-21T02:30:00.123Z\"}");
    assertThat(Json.time(Instant.parse("2026-11-21T02:30:00Z")))
        .isEqualTo("2026-11-21T02:30:00.000Z");
  }

  @Test
  void unknownFieldsAreIgnoredAndMissingOptionalsAreEmpty() throws Exception {
    Note note =
        Json.mapper()
            .readValue("{\"text\":\"a\",\"new\":1,\"at\":\"2026-11-21T00:00:00Z\"}", Note.class);

    assertThat(note).isEqualTo(new Note("a", Optional.empty(), note.at()));
  }

  @Test
  void anObjectIsReadWithItsEmojiAndEscapes() {
    assertThat(Json.object(utf8("{\"a\":\"😀\\ud83d\\ude00\"}")).path("a").textValue())
        .isEqualTo("😀😀");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"a\":1} x",
        "{\"a\":1}{}",
        "{\"a\":NaN}",
        "{\"a\":1e999}",
        "{\"a\":[-1e999]}",
        "{\"a\":1,\"a\":2}",
        "{a:1}",
        "{'a':1}",
        "\uFEFF{}",
        "[]",
        "1",
        "null",
        "\"text\"",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":[{\"b\":\"x\\udc00x\"}]}",
        "{\"\\udfff\":1}",
        "{\"a\":\"\\u0000\"}",
        "{\"\\u0000\":1}"
      })
  void whatIsNotASoundObjectIsRefused(String text) {
    assertInvalid(utf8(text));
  }

  @Test
  void invalidUtf8IsRefused() {
    assertInvalid(around(0xff));
    assertInvalid(around(0xc0, 0xaf));
    assertInvalid(around(0xed, 0xa0, 0x80));
    assertInvalid(around(0xf4, 0x90, 0x80, 0x80));
    assertInvalid(around(0xe2, 0x82));
  }

  @Test
  void otherEncodingsAreNotGuessed() {
    assertInvalid("{\"a\":1}".getBytes(StandardCharsets.UTF_16LE));
    assertInvalid("{\"a\":1}".getBytes(Charset.forName("UTF-32BE")));
  }

  @Test
  void deepNestingIsRefusedBeforeItHurts() {
    assertInvalid(utf8("{\"a\":".repeat(40) + "1" + "}".repeat(40)));
    assertThat(Json.object(utf8("{\"a\":".repeat(30) + "1" + "}".repeat(30)))).hasSize(1);
    assertInvalid(utf8("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"));
    assertInvalid(utf8("{\"" + "n".repeat(300) + "\":1}"));
  }

  @Test
  void aRefusalNeverRepeatsWhatWasSent() {
    assertThatThrownBy(() -> Json.object(utf8("{\"password\":hunter2}")))
        .isInstanceOf(Failure.class)
        .hasMessageNotContaining("hunter2");
  }

  private static void assertInvalid(byte[] bytes) {
    assertThatThrownBy(() -> Json.object(bytes))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.reason()).isEqualTo(Reason.INVALID));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] around(int... middle) {
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    bytes.writeBytes(utf8("{\"a\":\""));
    for (int one : middle) {
      bytes.write(one);
    }
    bytes.writeBytes(utf8("\"}"));
    return bytes.toByteArray();
  }
}
