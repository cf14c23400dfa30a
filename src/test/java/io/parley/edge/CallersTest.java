package io.parley.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.config.EdgeConfig;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallersTest {
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Edges.LONG;
  private static final String HEAD = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n";

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AtomicInteger served = new AtomicInteger();

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void aHeadThatDoesNotEndIsNotWaitedFor() throws IOException {
    assertThat(left(Edges.times(SHORT, LONG, LONG), "POST / HTTP/1.1\r\nHost:")).isEmpty();
    assertThat(meters.get("parley.edge.late").counter().count()).isEqualTo(1);
  }

  @Test
  void nothingAtAllIsNotWaitedFor() throws IOException {
    assertThat(left(Edges.times(SHORT, LONG, LONG), "")).isEmpty();
  }

  @Test
  void aBodyThatDoesNotEndIsNotWaitedFor() throws IOException {
    assertThat(left(Edges.times(LONG, SHORT, LONG), HEAD + "a")).isEmpty();
  }

  @Test
  void theNextHeadIsNotWaitedForEither() throws IOException {
    assertThat(left(Edges.times(LONG, LONG, SHORT), HEAD + "abPOST / HT"))
        .startsWith("HTTP/1.1 200 OK");
  }

  @Test
  void whoHasSaidEverythingMayWaitForTheAnswer() throws IOException {
    HttpServer server = serve(Edges.times(SHORT, SHORT, LONG), SHORT.multipliedBy(4), 0);
    try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
      socket.getOutputStream().write((HEAD + "ab").getBytes(StandardCharsets.US_ASCII));

      assertThat(socket.getInputStream().readNBytes(15)).hasSize(15);
    }
  }

  @Test
  void whoDoesNotReadTheAnswersIsNotServedOn() throws IOException {
    HttpServer server = serve(Edges.times(LONG, SHORT, LONG), Duration.ZERO, 1 << 20);
    try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
      byte[] requests = (HEAD + "ab").repeat(100).getBytes(StandardCharsets.US_ASCII);
      socket.getOutputStream().write(requests);

      AtomicInteger before = new AtomicInteger();
      await()
          .pollInterval(Duration.ofMillis(300))
          .until(() -> served.get() > 0 && before.getAndSet(served.get()) == served.get());
      assertThat(served.get()).isBetween(1, 50);
    }
  }

  @Test
  void bodiesThatAreTooMuchTogetherAreCutOffTheLargestFirst() throws IOException {
    HttpServer server = serve(Edges.times(LONG, LONG, LONG), Duration.ZERO, 0);
    try (Socket large = new Socket("127.0.0.1", server.actualPort());
        Socket larger = new Socket("127.0.0.1", server.actualPort());
        Socket small = new Socket("127.0.0.1", server.actualPort())) {
      small.getOutputStream().write(HEAD.getBytes(StandardCharsets.US_ASCII));
      large.getOutputStream().write(upload(400_000));
      await().until(() -> meters.get("parley.edge.body.bytes").gauge().value() == 400_000);
      larger.getOutputStream().write(upload(800_000));

      await().until(() -> cutBodies() == 1);
      await().until(() -> meters.get("parley.edge.body.bytes").gauge().value() == 400_000);
      small.getOutputStream().write("ab".getBytes(StandardCharsets.US_ASCII));
      assertThat(small.getInputStream().readNBytes(15)).hasSize(15);
      assertThat(cutBodies()).isEqualTo(1);
    }
  }

  private double cutBodies() {
    return meters.get("parley.edge.refused").tag("how", "body").counter().count();
  }

  private static byte[] upload(int bytes) {
    String head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\n";
    return (head + "x".repeat(bytes)).getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void whoReadsEverythingIsServedAllOfItInTurn() throws IOException {
    HttpServer server = serve(Edges.times(LONG, LONG, LONG), Duration.ZERO, 100_000);
    try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
      socket.setSoTimeout((int) LONG.toMillis());
      byte[] requests = (HEAD + "ab").repeat(100).getBytes(StandardCharsets.US_ASCII);
      socket.getOutputStream().write(requests);

      assertThat(socket.getInputStream().readNBytes(100 * 100_000)).hasSize(100 * 100_000);
      assertThat(served.get()).isEqualTo(100);
    }
  }

  @Test
  void aConnectionCountsUntilItEndsAlsoWhenItBecameASocket() {
    Door door = new Door(Edges.limits(10, 10, 0), 100, new Random(1), meters);
    Callers callers = new Callers(vertx, door);
    HttpServer server =
        vertx
            .createHttpServer()
            .connectionHandler(callers::connected)
            .webSocketHandler(socket -> served.incrementAndGet())
            .listen(0, "127.0.0.1")
            .await();
    WebSocketClient client = vertx.createWebSocketClient();
    WebSocket socket = client.connect(server.actualPort(), "127.0.0.1", "/").await();

    await().until(() -> served.get() == 1);
    int during = door.connections();
    socket.close().await();
    client.close().await();

    assertThat(during).isEqualTo(1);
    await().until(() -> door.connections() == 0);
  }

  /** What a client has received when the server hangs up on it. */
  private String left(EdgeConfig patience, String said) throws IOException {
    HttpServer server = serve(patience, Duration.ZERO, 0);
    try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
      socket.setSoTimeout((int) LONG.toMillis());
      socket.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
      StringBuilder answer = new StringBuilder();
      try {
        int next;
        while ((next = socket.getInputStream().read()) >= 0) {
          answer.append((char) next);
        }
      } catch (IOException hungUp) {
        // it was cut off; what came is looked at
      }
      return answer.toString();
    }
  }

  private HttpServer serve(EdgeConfig patience, Duration thinking, int answer) {
    Callers callers = new Callers(vertx, new Door(patience, 10_000, new Random(1), meters));
    return vertx
        .createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
        .connectionHandler(callers::connected)
        .requestHandler(
            request -> {
              callers.begin(request);
              serve(callers, request, thinking, answer);
            })
        .listen(0, "127.0.0.1")
        .await();
  }

  private void serve(Callers callers, HttpServerRequest request, Duration thinking, int answer) {
    served.incrementAndGet();
    callers.watch(request);
    request
        .body()
        .compose(body -> vertx.timer(Math.max(1, thinking.toMillis())))
        .onSuccess(thought -> request.response().end(Buffer.buffer(new byte[answer])));
  }
}
