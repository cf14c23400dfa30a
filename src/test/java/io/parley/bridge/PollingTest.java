package io.parley.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.json.Json;
import io.parley.log.LogId;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SockJS as it is spoken: the framed WebSocket and the transports over plain HTTP. */
class PollingTest {
  private final TestBridge world = new TestBridge();
  private final HttpClient http = HttpClient.newHttpClient();
  private final UserId ann = TestBridge.user();
  private final LogId room = world.logs.room(ann);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theFramedWebSocketCarriesArraysOfMessages() {
    Peer peer = Peer.sockJs(world.vertx, world.port());
    peer.open(world.token(ann, Duration.ofMinutes(5)));
    peer.listen(room);

    world.logs.append(room, "quotes \" and \\ and \u2028 and 😀");
    peer.awaitSeq(room, 1);

    assertThat(peer.frames.get(0)).isEqualTo("o");
    assertThat(peer.got.get(peer.got.size() - 1).path("body").path("body").path("text").asText())
        .isEqualTo("quotes \" and \\ and \u2028 and 😀");
  }

  @Test
  void theFramedWebSocketIsToldWhyItIsClosed() {
    Peer peer = Peer.sockJs(world.vertx, world.port());

    for (int i = 0; i < 10; i++) {
      peer.write("garbage");
    }

    assertThat(peer.closeCode()).isEqualTo(4400);
    assertThat(peer.frames.get(peer.frames.size() - 1)).startsWith("c[4400,\"");
  }

  @Test
  void infoSaysWhatIsOffered() {
    HttpResponse<String> info = get("/eventbus/info");

    assertThat(info.statusCode()).isEqualTo(200);
    assertThat(Peer.read(info.body()).path("websocket").asBoolean()).isTrue();
    assertThat(Peer.read(info.body()).path("cookie_needed").asBoolean()).isFalse();
    assertThat(get("/eventbus").body()).isEqualTo("Welcome to SockJS!\n");
  }

  @Test
  void pollingTakesOneFrameAtATime() {
    assertThat(poll("s1")).isEqualTo("o\n");
    assertThat(send("s1", open()).statusCode()).isEqualTo(204);
    assertThat(poll("s1")).startsWith("a[").contains("\\\"address\\\":\\\"open\\\"");
    send("s1", register());
    assertThat(poll("s1")).contains("\\\"ready\\\"");

    world.logs.append(room, "one");
    world.logs.append(room, "two");
    String entries = poll("s1");
    if (!entries.contains("two")) {
      entries += poll("s1");
    }

    assertThat(entries).contains("one").contains("two").endsWith("\n");
  }

  @ParameterizedTest
  @CsvSource({"xhr_streaming, POST", "eventsource, GET"})
  void streamingTakesFramesAsTheyCome(String transport, String method) throws IOException {
    HttpRequest request = request("/eventbus/000/s2/" + transport, method).build();
    HttpResponse<InputStream> response = exchange(request, BodyHandlers.ofInputStream());
    try (InputStream stream = response.body()) {
      assertThat(until(stream, "o")).contains("o");
      send("s2", open(), register());
      assertThat(until(stream, "ready")).contains("\\\"address\\\":\\\"open\\\"");
      world.logs.append(room, "streamed");
      assertThat(until(stream, "streamed")).contains("a[");
    }
    assertThat(response.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
  }

  @Test
  void aBigStreamIsEndedSoThatTheClientComesBack() throws IOException {
    HttpRequest request = request("/eventbus/000/s3/xhr_streaming", "POST").build();
    HttpResponse<InputStream> response = exchange(request, BodyHandlers.ofInputStream());
    try (InputStream stream = response.body()) {
      until(stream, "o");
      send("s3", open(), register());
      until(stream, "ready");
      for (int i = 0; i < 8; i++) {
        world.logs.append(room, i + "x".repeat(30_000));
      }
      String first = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(first.length()).isBetween(128 * 1024, 256 * 1024);
      StringBuilder rest = new StringBuilder(first);
      while (!rest.toString().contains("7xxx")) {
        rest.append(poll("s3"));
      }
      for (int i = 0; i < 8; i++) {
        assertThat(rest.toString().split(i + "xxx", -1)).hasSize(2);
      }
    }
  }

  @Test
  void aSecondReceiverIsTurnedAway() throws IOException {
    HttpRequest request = request("/eventbus/000/s4/xhr_streaming", "POST").build();
    try (InputStream stream = exchange(request, BodyHandlers.ofInputStream()).body()) {
      until(stream, "o");

      assertThat(poll("s4")).isEqualTo("c[2010,\"Another connection still open\"]\n");
    }
  }

  @Test
  void whatIsSentWrongIsAnsweredAsTheProtocolSays() {
    poll("s5");

    assertThat(post("/eventbus/000/unknown/xhr_send", "[\"{}\"]").statusCode()).isEqualTo(404);
    assertThat(post("/eventbus/000/s5/xhr_send", "").body()).isEqualTo("Payload expected.");
    for (String broken : List.of("[", "{}", "[1]", "nonsense")) {
      HttpResponse<String> response = post("/eventbus/000/s5/xhr_send", broken);
      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(response.body()).isEqualTo("Broken JSON encoding.");
    }
    assertThat(post("/eventbus/000/s5/xhr_send", "x".repeat(300_000)).statusCode()).isEqualTo(413);
    HttpRequest latin =
        request("/eventbus/000/s5/xhr_send", "POST")
            .POST(BodyPublishers.ofByteArray(new byte[] {'[', '"', (byte) 0xE9, '"', ']'}))
            .build();
    assertThat(exchange(latin, BodyHandlers.ofString()).statusCode()).isEqualTo(500);
  }

  @Test
  void aClosedSessionSaysWhyToWhoeverAsks() {
    poll("s6");
    for (int i = 0; i < 5; i++) {
      send("s6", call("session.open", Map.of("token", "guess")));
    }

    String answer = poll("s6");
    assertThat(answer.startsWith("c[4401,\"") ? answer : poll("s6")).startsWith("c[4401,\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonp", "htmlfile", "jsonp_send", "nothing"})
  void whatIsNotOfferedIsNotFound(String transport) {
    assertThat(get("/eventbus/000/s7/" + transport).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/eventbus/iframe.html", "/eventbus/iframe-1.html", "/", "/eventbusx"})
  void thereIsNothingElse(String path) {
    assertThat(get(path).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"token=x", "access_token=x", "t=eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl"})
  void tokensInAUrlAreRefused(String query) {
    assertThat(get("/eventbus/info?" + query).statusCode()).isEqualTo(400);
    assertThat(get("/eventbus/websocket?" + query).statusCode()).isEqualTo(400);
    assertThat(get("/eventbus/info?t=1732183200").statusCode()).isEqualTo(200);
  }

  private String poll(String session) {
    HttpResponse<String> response = post("/eventbus/000/" + session + "/xhr", "");
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  private HttpResponse<String> send(String session, String... messages) {
    return post("/eventbus/000/" + session + "/xhr_send", Json.write(List.of(messages)));
  }

  private String open() {
    return call("session.open", Map.of("token", world.token(ann, Duration.ofMinutes(5))));
  }

  private static String call(String address, Object body) {
    return Json.write(
        Map.of("type", "send", "address", address, "replyAddress", "open", "body", body));
  }

  private String register() {
    return Json.write(Map.of("type", "register", "address", room.toString()));
  }

  private HttpResponse<String> get(String path) {
    return exchange(request(path, "GET").build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body) {
    HttpRequest request = request(path, "POST").POST(BodyPublishers.ofString(body)).build();
    return exchange(request, BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path, String method) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + world.port() + path))
        .method(method, BodyPublishers.noBody())
        .timeout(Duration.ofSeconds(20));
  }

  private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> body) {
    try {
      return http.send(request, body);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String until(InputStream stream, String text) throws IOException {
    StringBuilder got = new StringBuilder();
    byte[] buffer = new byte[8192];
    while (!got.toString().replace("h".repeat(16), "").contains(text)) {
      int read = stream.read(buffer);
      assertThat(read).as(got.toString()).isPositive();
      got.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
    }
    return got.toString();
  }
}
