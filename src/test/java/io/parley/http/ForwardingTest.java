package io.parley.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.edge.Remote;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ForwardingTest {
  private static final long FLOOD = 256L << 20;

  private final Vertx vertx = Vertx.vertx();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<String> callers = new CopyOnWriteArrayList<>();
  private final AtomicLong flooded = new AtomicLong();
  private HttpServer bridge;
  private TestEdge edge;

  @BeforeEach
  void start() {
    bridge =
        vertx
            .createHttpServer()
            .webSocketHandshakeHandler(
                handshake -> {
                  if (handshake.path().endsWith("/refused")) {
                    handshake.reject(403);
                  } else {
                    handshake.accept();
                  }
                })
            .webSocketHandler(this::socket)
            .requestHandler(this::request)
            .listen(0, "127.0.0.1")
            .await();
    edge =
        new TestEdge(
            TestEdge.PLAIN,
            TestEdge.edge(0, 64, List.of("127.0.0.1")),
            Optional.of(
                new HttpVerticle.Bridge("127.0.0.1", bridge.actualPort(), Optional.empty())));
  }

  @AfterEach
  void stop() {
    edge.close();
    vertx.close().await();
  }

  @Test
  void whatBelongsToSocketsGoesToTheBridgeUnderTheSameAuthority() {
    HttpResponse<String> response =
        edge.send(
            edge.anonymous("/eventbus/000/abc/xhr_send?x=1")
                .header("Origin", "https://app.example.org")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("[\"hi\"]")));

    assertThat(response.body()).isEqualTo("bridge");
    assertThat(heard)
        .containsExactly(
            "POST /eventbus/000/abc/xhr_send?x=1 127.0.0.1:%d https://app.example.org [\"hi\"]"
                .formatted(edge.port));
  }

  @Test
  void theBridgeLearnsWhoAsksAndNobodyCanForgeIt() {
    edge.send(
        edge.anonymous("/eventbus/info")
            .header("X-Forwarded-For", "1.1.1.1, 203.0.113.9")
            .header("X-Parley-Remote", "0 false false 1.1.1.1"));
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost("127.0.0.1")
            .setPort(edge.port)
            .setURI("/eventbus/websocket")
            .addHeader("X-Forwarded-For", "1.1.1.1, 203.0.113.9")
            .addHeader("X-Parley-Remote", "0 false false 1.1.1.1");
    vertx.createWebSocketClient().connect(options).await();

    assertThat(callers).hasSize(2).allMatch(caller -> caller.equals("203.0.113.9 true"));
  }

  @Test
  void whatOnlyLooksLikeItDoesNot() {
    assertThat(edge.send(edge.asAda("/eventbusy")).statusCode()).isEqualTo(404);
    assertThat(heard).isEmpty();
  }

  @Test
  void webSocketsTalkThroughInBothDirections() {
    WebSocketClient client = vertx.createWebSocketClient();
    WebSocket socket = client.connect(edge.port, "127.0.0.1", "/eventbus/websocket").await();
    socket.textMessageHandler(heard::add);

    int counted = edge.door.connections();
    socket.writeTextMessage("one").await();
    socket.writeTextMessage("two").await();

    await().untilAsserted(() -> assertThat(heard).containsExactly("echo one", "echo two"));
    socket.writeTextMessage("close").await();
    await().until(socket::isClosed);
    assertThat(socket.closeStatusCode()).isEqualTo((short) 4503);
    assertThat(counted).as("from the client, and to the bridge").isEqualTo(2);
    await().until(() -> edge.door.connections() == 0);
  }

  @Test
  void aRefusalOfTheBridgeReachesTheClient() {
    WebSocketClient client = vertx.createWebSocketClient();
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost("127.0.0.1")
            .setPort(edge.port)
            .setURI("/eventbus/refused");

    assertThat(client.connect(options).map("open").otherwise(Throwable::getMessage).await())
        .contains("403");
    await().until(() -> edge.door.connections() == 0);
  }

  @Test
  void aSlowReaderIsTheBridgesToJudge() throws IOException {
    try (Socket slow = new Socket("127.0.0.1", edge.port)) {
      slow.getOutputStream()
          .write(
              """
              GET /eventbus/flood HTTP/1.1\r
              Host: 127.0.0.1\r
              Upgrade: websocket\r
              Connection: Upgrade\r
              Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
              Sec-WebSocket-Version: 13\r
              \r
              """
                  .getBytes(StandardCharsets.US_ASCII));

      await().until(() -> flooded.get() > 0);
      AtomicLong before = new AtomicLong(-1);
      await()
          .pollInterval(Duration.ofSeconds(1))
          .atMost(Duration.ofSeconds(30))
          .until(() -> before.getAndSet(flooded.get()) == flooded.get());
      assertThat(flooded.get()).isLessThan(FLOOD / 4);
    }
  }

  @Test
  void withoutTheBridgeSocketsAreUnavailable() {
    bridge.close().await();

    HttpResponse<String> info = edge.send(edge.anonymous("/eventbus/info"));

    assertThat(info.statusCode()).isEqualTo(503);
    assertThat(info.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(info.body()).contains("\"code\":\"UNAVAILABLE\"");
    assertThat(
            vertx
                .createWebSocketClient()
                .connect(edge.port, "127.0.0.1", "/eventbus/websocket")
                .map("open")
                .otherwise(Throwable::getMessage)
                .await())
        .contains("503");
    await().until(() -> edge.door.connections() <= 1);
  }

  /** As the bridge of the same node knows them. */
  private void caller(MultiMap headers) {
    Remote remote = edge.door.proxies().remote(new Remote("127.0.0.1", false, false), headers);
    callers.add(remote.address() + " " + remote.proxied());
  }

  private void request(HttpServerRequest request) {
    caller(request.headers());
    request
        .body()
        .onSuccess(
            body -> {
              heard.add(
                  "%s %s %s %s %s"
                      .formatted(
                          request.method(),
                          request.uri(),
                          request.authority(),
                          request.getHeader("Origin"),
                          body));
              request.response().end("bridge");
            });
  }

  private void socket(ServerWebSocket socket) {
    caller(socket.headers());
    if (socket.path().endsWith("/flood")) {
      flood(socket);
      return;
    }
    socket.textMessageHandler(
        text -> {
          if (text.equals("close")) {
            socket.close((short) 4503);
          } else {
            socket.writeTextMessage("echo " + text);
          }
        });
  }

  private void flood(ServerWebSocket socket) {
    Buffer chunk = Buffer.buffer(new byte[64 * 1024]);
    while (!socket.writeQueueFull() && flooded.get() < FLOOD) {
      socket.writeBinaryMessage(chunk);
      flooded.addAndGet(chunk.length());
    }
    socket.drainHandler(drained -> flood(socket));
  }
}
