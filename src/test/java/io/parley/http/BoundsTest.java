package io.parley.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Promise;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How much REST takes at once: from everybody, from one user, over one connection. */
class BoundsTest {
  private static final String ROOMS =
      "GET /api/rooms HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ada\r\n\r\n";

  private TestEdge edge;

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  void aUserHasSoManyRequestsUnderWay() {
    edge = new TestEdge(TestEdge.PLAIN, TestEdge.edge(0, 3), Optional.empty());
    Promise<Void> go = Promise.promise();
    edge.hold = go.future();
    List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      waiting.add(edge.sendLater(edge.asAda("/api/rooms")));
    }
    await().until(() -> edge.ran.size() == 3);

    HttpResponse<String> fourth = edge.send(edge.asAda("/api/rooms"));
    go.complete();

    assertThat(fourth.statusCode()).isEqualTo(429);
    assertThat(fourth.body()).contains("\"code\":\"RATE_LIMITED\"", "\"limit\":3");
    assertThat(fourth.headers().firstValue("Retry-After")).contains("1");
    assertThat(waiting).allMatch(each -> each.join().statusCode() == 200);
    assertThat(edge.send(edge.asAda("/api/rooms")).statusCode()).isEqualTo(200);
  }

  @Test
  void aConnectionHasOneRequestUnderWay() throws IOException {
    edge = new TestEdge(TestEdge.PLAIN, TestEdge.USUAL, Optional.empty());
    Promise<Void> go = Promise.promise();
    edge.hold = go.future();
    try (Socket socket = new Socket("127.0.0.1", edge.port)) {
      socket.setSoTimeout(20_000);
      byte[] requests = ROOMS.repeat(100).getBytes(StandardCharsets.US_ASCII);
      socket.getOutputStream().write(requests);
      await().until(() -> !edge.ran.isEmpty());
      assertThat(edge.send(edge.anonymous("/openapi.yaml")).statusCode()).isEqualTo(200);
      assertThat(edge.ran).hasSize(1);

      go.complete();
      await().until(() -> edge.ran.size() == 100);
    }
  }

  @Test
  void aNodeThatBearsNoMoreSaysSoAndThenHangsUp() throws IOException {
    edge = new TestEdge(TestEdge.PLAIN, TestEdge.edge(10, 64), Optional.empty());
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 12; i++) {
        sockets.add(new Socket("127.0.0.1", edge.port));
        sockets.get(i).setSoTimeout(20_000);
      }
      List<String> answers = new ArrayList<>();
      for (Socket socket : sockets.subList(10, 12)) {
        answers.add(exchange(socket));
      }

      assertThat(answers.get(0))
          .startsWith("HTTP/1.1 503")
          .contains("\"code\":\"OVERLOADED\"", "retry-after: 5", "nosniff");
      assertThat(answers.get(1)).isEmpty();
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private static String exchange(Socket socket) {
    StringBuilder answer = new StringBuilder();
    try {
      socket.getOutputStream().write(ROOMS.getBytes(StandardCharsets.US_ASCII));
      int next;
      while ((next = socket.getInputStream().read()) >= 0) {
        answer.append((char) next);
      }
    } catch (IOException hungUp) {
      // what came before is looked at
    }
    return answer.toString().replace("Retry-After", "retry-after");
  }
}
