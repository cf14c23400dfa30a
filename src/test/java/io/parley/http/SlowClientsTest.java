package io.parley.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlowClientsTest {
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String HEAD = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n";

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void aHeadThatDoesNotEndIsNotWaitedFor() throws IOException {
    assertThat(left(new SlowClients.Patience(SHORT, LONG, LONG), "POST / HTTP/1.1\r\nHost:"))
        .isEmpty();
  }

  @Test
  void nothingAtAllIsNotWaitedFor() throws IOException {
    assertThat(left(new SlowClients.Patience(SHORT, LONG, LONG), "")).isEmpty();
  }

  @Test
  void aBodyThatDoesNotEndIsNotWaitedFor() throws IOException {
    assertThat(left(new SlowClients.Patience(LONG, SHORT, LONG), HEAD + "a")).isEmpty();
  }

  @Test
  void theNextHeadIsNotWaitedForEither() throws IOException {
    assertThat(left(new SlowClients.Patience(LONG, LONG, SHORT), HEAD + "abPOST / HT"))
        .startsWith("HTTP/1.1 200 OK");
  }

  @Test
  void whoHasSaidEverythingMayWaitForTheAnswer() throws IOException {
    AtomicBoolean answered = new AtomicBoolean();
    HttpServer server = serve(new SlowClients.Patience(SHORT, SHORT, LONG), SHORT.multipliedBy(4));
    try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
      socket.getOutputStream().write((HEAD + "ab").getBytes(StandardCharsets.US_ASCII));
      byte[] answer = new byte[15];
      answered.set(socket.getInputStream().readNBytes(answer, 0, 15) == 15);
    }

    assertThat(answered).isTrue();
  }

  /** What a client has received when the server hangs up on it. */
  private String left(SlowClients.Patience patience, String said) throws IOException {
    HttpServer server = serve(patience, Duration.ZERO);
    try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
      socket.setSoTimeout((int) LONG.toMillis());
      socket.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private HttpServer serve(SlowClients.Patience patience, Duration thinking) {
    SlowClients slow = new SlowClients(vertx, patience);
    return vertx
        .createHttpServer(HttpVerticle.options(TestEdge.PLAIN))
        .connectionHandler(slow::connected)
        .requestHandler(
            request -> {
              slow.head(request.connection());
              request.response().endHandler(ended -> slow.answered(request.connection()));
              request
                  .body()
                  .onSuccess(body -> slow.received(request.connection()))
                  .compose(body -> vertx.timer(Math.max(1, thinking.toMillis())))
                  .onSuccess(thought -> request.response().end());
            })
        .listen(0, "127.0.0.1")
        .await();
  }
}
