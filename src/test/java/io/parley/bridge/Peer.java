package io.parley.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.fixtures.Await;
import io.parley.json.Json;
import io.parley.log.LogId;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.PemTrustOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** The other end of a socket: keeps every frame it gets and the code it was closed with. */
final class Peer {
  final WebSocketClient client;
  final WebSocket socket;
  final List<JsonNode> got = new CopyOnWriteArrayList<>();
  final List<String> frames = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final boolean sockJs;
  private boolean cut;

  private Peer(WebSocketClient client, WebSocket socket, boolean sockJs) {
    this.client = client;
    this.socket = socket;
    this.sockJs = sockJs;
    socket.textMessageHandler(this::take);
    socket.exceptionHandler(ignored -> {});
    socket.closeHandler(nothing -> closed.complete((int) socket.closeStatusCode()));
  }

  static Peer raw(Vertx vertx, int port) {
    return connect(vertx, port, "/eventbus/websocket", Optional.empty());
  }

  static Peer sockJs(Vertx vertx, int port) {
    return connect(vertx, port, "/eventbus/123/abcdefgh/websocket", Optional.empty());
  }

  /** Over TLS, raw or in SockJS's frames, trusting one authority. */
  static Peer secure(Vertx vertx, int port, boolean sockJs, PemTrustOptions trust) {
    String path = "/eventbus/" + (sockJs ? "123/abcdefgh/" : "") + "websocket";
    return connect(vertx, port, path, Optional.empty(), Optional.of(trust));
  }

  static Peer connect(Vertx vertx, int port, String path, Optional<String> origin) {
    return connect(vertx, port, path, origin, Optional.empty());
  }

  private static Peer connect(
      Vertx vertx,
      int port,
      String path,
      Optional<String> origin,
      Optional<PemTrustOptions> trust) {
    WebSocketClientOptions limits =
        new WebSocketClientOptions()
            .setMaxFrameSize(4 * 1024 * 1024)
            .setMaxMessageSize(16 * 1024 * 1024);
    trust.ifPresent(authority -> limits.setSsl(true).setTrustOptions(authority));
    WebSocketClient client = vertx.createWebSocketClient(limits);
    WebSocketConnectOptions options =
        new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI(path);
    origin.ifPresent(value -> options.addHeader("Origin", value));
    options.setAllowOriginHeader(false);
    ClientWebSocket socket = client.webSocket();
    Peer peer = new Peer(client, socket, !path.equals("/eventbus/websocket"));
    Await.of(socket.connect(options));
    return peer;
  }

  private synchronized void take(String frame) {
    if (cut) {
      return;
    }
    frames.add(frame);
    if (!sockJs) {
      got.add(read(frame));
    } else if (frame.startsWith("a")) {
      read(frame.substring(1)).forEach(message -> got.add(read(message.textValue())));
    }
  }

  static JsonNode read(String json) {
    try {
      return Json.mapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(json, e);
    }
  }

  void write(String text) {
    socket.writeTextMessage(sockJs ? Json.write(List.of(text)) : text);
  }

  void send(String address, String reply, Object body) {
    ObjectNode frame = frame("send", address).put("replyAddress", reply);
    frame.set("body", Json.mapper().valueToTree(body));
    write(frame.toString());
  }

  void open(String token) {
    send("session.open", "open", Map.of("token", token));
    JsonNode answer = awaitOn("open");
    assertThat(answer.path("type").asText()).as(answer.toString()).isEqualTo("rec");
  }

  void register(LogId log, String... cursor) {
    ObjectNode frame = frame("register", log.toString());
    if (cursor.length > 0) {
      frame.putObject("headers").put("cursor", cursor[0]);
    }
    write(frame.toString());
  }

  JsonNode listen(LogId log, String... cursor) {
    register(log, cursor);
    return awaitBody(body -> kind(body).equals("ready"));
  }

  void unregister(LogId log) {
    write(frame("unregister", log.toString()).toString());
  }

  private static ObjectNode frame(String type, String address) {
    return Json.mapper().createObjectNode().put("type", type).put("address", address);
  }

  /** The first message on an address. */
  JsonNode awaitOn(String address) {
    return await(message -> message.path("address").asText().equals(address));
  }

  JsonNode awaitBody(Predicate<JsonNode> condition) {
    return await(message -> condition.test(message.path("body"))).path("body");
  }

  JsonNode awaitError() {
    return await(message -> message.path("type").asText().equals("err"));
  }

  JsonNode await(Predicate<JsonNode> condition) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> got.stream().anyMatch(condition) || closed.isDone());
    return got.stream()
        .filter(condition)
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("closed with " + closed.join() + " after " + kinds()));
  }

  /** The seqs of the entries so far, in the order of arrival. */
  List<Long> seqs(LogId log) {
    return got.stream()
        .filter(message -> message.path("address").asText().equals(log.toString()))
        .filter(message -> message.path("body").has("seq"))
        .map(message -> message.path("body").path("seq").asLong())
        .toList();
  }

  void awaitSeq(LogId log, long seq) {
    await(
        message ->
            message.path("address").asText().equals(log.toString())
                && message.path("body").path("seq").asLong() == seq);
  }

  List<String> kinds() {
    return got.stream().map(message -> kind(message.path("body"))).toList();
  }

  static String kind(JsonNode body) {
    return body.path("kind").asText();
  }

  int closeCode() {
    try {
      return closed.get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("still open after " + kinds(), e);
    }
  }

  /** Goes away without a word, and takes nothing more, not even what is just coming in. */
  void cut() {
    synchronized (this) {
      cut = true;
    }
    socket.close();
  }

  boolean closed() {
    return closed.isDone();
  }
}
