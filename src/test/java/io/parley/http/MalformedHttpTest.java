package io.parley.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no HTTP library would send: the answer is a problem as well, and the connection ends. */
class MalformedHttpTest {
  private static final String HEAD = "GET /api/me HTTP/1.1\r\nHost: x\r\n";

  private static TestEdge edge;

  @BeforeAll
  static void start() {
    edge = new TestEdge();
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  @ParameterizedTest
  @CsvSource({
    "no HTTP, 400, INVALID",
    "a head without colon, 400, INVALID",
    "two lengths, 400, INVALID",
    "length and chunks, 400, INVALID",
    "a huge line, 414, TOO_LARGE",
    "ten thousand headers, 431, TOO_LARGE",
    "an unknown expectation, 417, INVALID",
    "two hosts, 400, INVALID",
    "a browser without a host, 403, FORBIDDEN",
    "a browser with an empty host, 403, FORBIDDEN",
  })
  void malformedHttpIsRefused(String id, int status, String code) throws IOException {
    String answer = exchange(request(id));

    assertThat(answer).matches("(?s)HTTP/1\\.[01] " + status + " .*");
    assertThat(answer)
        .contains("application/problem+json", "\"code\":\"" + code + "\"", "nosniff")
        .doesNotContain("Exception", "\tat ");
  }

  private static String request(String id) {
    return switch (id) {
      case "no HTTP" -> "hello world\r\n\r\n";
      case "a head without colon" -> HEAD + "nonsense\r\n\r\n";
      case "two lengths" -> post("Content-Length: 1\r\nContent-Length: 2\r\n");
      case "length and chunks" -> post("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n");
      case "a huge line" -> "GET /" + "a".repeat(1 << 20) + " HTTP/1.1\r\n\r\n";
      case "ten thousand headers" -> HEAD + "X-A: b\r\n".repeat(10_000) + "\r\n";
      case "an unknown expectation" -> post("Content-Length: 2\r\nExpect: the-unexpected\r\n");
      case "two hosts" -> HEAD + "Host: y\r\nConnection: close\r\n\r\n";
      case "a browser without a host" -> browser("1.0", "");
      case "a browser with an empty host" -> browser("1.1", "Host: \r\n");
      default -> throw new IllegalArgumentException(id);
    };
  }

  private static String post(String headers) {
    return "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        + "Connection: close\r\n"
        + headers
        + "\r\n{}";
  }

  private static String browser(String version, String host) {
    String body = "{\"username\":\"ada\",\"password\":\"secret\"}";
    return "POST /api/auth/login HTTP/"
        + version
        + "\r\nX-Parley-Client: web\r\nContent-Type: application/json\r\n"
        + host
        + "Connection: close\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  /** Sends and reads to the end of the connection, even when the server stops listening early. */
  private static String exchange(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", edge.port)) {
      socket.setSoTimeout(20_000);
      StringBuilder answer = new StringBuilder();
      try {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        int c;
        while ((c = socket.getInputStream().read()) >= 0) {
          answer.append((char) c);
        }
      } catch (IOException hungUp) {
        // it answered before it had read everything; what came is looked at
      }
      return answer.toString();
    }
  }
}
