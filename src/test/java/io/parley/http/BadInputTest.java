package io.parley.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.json.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input to the REST edge, each with its answer: coded, nothing stored, nothing told. */
class BadInputTest {
  private static final String MESSAGES = "/api/rooms/" + FakeCapabilities.ROOM + "/messages";

  private static TestEdge edge;

  @BeforeAll
  static void start() {
    edge = new TestEdge();
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  @BeforeEach
  void forget() {
    edge.behind.asked.clear();
    edge.behind.appended.clear();
  }

  @ParameterizedTest
  @MethodSource("io.parley.http.BadInputs#rows")
  void badInputIsRefused(BadInputs.Row bad) {
    HttpResponse<String> response = edge.send(bad.request(edge));

    JsonNode problem = assertProblem(response, bad.status(), bad.code());
    assertThat(problem.path("field").asText()).as(response.body()).isEqualTo(bad.field());
    if (bad.status() == 405) {
      assertThat(response.headers().firstValue("allow")).isPresent();
    }
    if (bad.status() == 401) {
      assertThat(response.headers().firstValue("www-authenticate")).contains("Bearer");
    }
  }

  @ParameterizedTest
  @MethodSource("notUtf8")
  void whatIsNotUtf8IsRefused(byte[] body) {
    HttpRequest.Builder request =
        edge.asAda(MESSAGES)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));

    assertProblem(edge.send(request), 400, "INVALID");
  }

  static Stream<byte[]> notUtf8() {
    byte[] overlong = {'{', '"', (byte) 0xC0, (byte) 0xAF, '"', ':', '1', '}'};
    byte[] surrogate = {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', ':', '1', '}'};
    byte[] latin1 = "{\"text\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    return Stream.of(
        overlong, surrogate, latin1, "{\"text\":\"hi\"}".getBytes(StandardCharsets.UTF_16));
  }

  @Test
  void aBodyOfUnknownLengthIsCountedWhileItComes() {
    byte[] chunk = " ".repeat(1024).getBytes(StandardCharsets.US_ASCII);
    HttpRequest.Builder request =
        edge.asAda(MESSAGES)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArrays(Stream.generate(() -> chunk).limit(300).toList()));

    assertProblem(edge.send(request), 413, "TOO_LARGE");
  }

  private static JsonNode assertProblem(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(response.headers().firstValue("x-content-type-options")).contains("nosniff");
    JsonNode problem = Json.object(response.body().getBytes(StandardCharsets.UTF_8));
    assertThat(problem.path("code").asText()).as(response.body()).isEqualTo(code);
    assertThat(problem.path("status").intValue()).isEqualTo(status);
    assertThat(problem.path("type").asText()).isEqualTo("urn:parley:problem:" + code);
    assertThat(problem.path("title").asText()).isNotEmpty();
    assertThat(problem.path("detail").asText()).isNotEmpty();
    assertThat(problem.path("traceId").asText()).isNotEmpty();
    assertThat(response.body()).doesNotContain("Exception", "\tat ", "vertx", "jackson", "hunter2");
    assertThat(edge.behind.appended).isEmpty();
    return problem;
  }
}
