package io.parley.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "nonsense",
        "{\"a\":1",
        "{\"a\":1} {}",
        "{\"a\":1,\"a\":2}",
        "{'a':1}",
        "{\"a\":NaN}",
        "{\"a\":1e999}",
        "{\"a\":\"\\ud800\"}",
        "{\"\\udc00\":1}",
        "{\"a\":[{\"b\":\"\\u0000\"}]}",
        "[]",
        "null",
        "\"text\"",
        "\uFEFF{}"
      })
  void whatIsNotAnObjectThatCanBeStoredIsRefused(String json) {
    assertRefused(json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("notUtf8")
  void whatIsNotUtf8IsRefused(byte[] bytes) {
    assertRefused(bytes);
  }

  static Stream<byte[]> notUtf8() {
    byte[] overlong = {'{', '"', (byte) 0xC0, (byte) 0xAF, '"', ':', '1', '}'};
    byte[] surrogate = {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', ':', '1', '}'};
    byte[] truncated = {'{', '"', (byte) 0xE2, (byte) 0x82, '"', ':', '1', '}'};
    return Stream.of(overlong, surrogate, truncated, "{\"a\":1}".getBytes(StandardCharsets.UTF_16));
  }

  @Test
  void nestingIsBounded() {
    assertThat(Json.object(nested(30))).hasSize(1);
    assertRefused(nested(100_000));
  }

  @Test
  void timesAreWrittenInMilliseconds() {
    assertThat(Json.write(Map.of("at", Instant.parse("2026-11-21T02:30:00.123456Z"))))
        .isEqualTo("{\"at\":\"2026-11-21T02:30:00.123Z\"}");
    assertThat(Json.time(Instant.parse("2026-11-21T02:30:00Z")))
        .isEqualTo("2026-11-21T02:30:00.000Z");
  }

  private static byte[] nested(int depth) {
    return ("{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static void assertRefused(byte[] bytes) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> Json.object(bytes))
        .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.INVALID));
  }
}
