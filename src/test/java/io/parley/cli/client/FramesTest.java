package io.parley.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.fixtures.Await;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.WebSocketClient;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FramesTest {
  private static final int LARGE = 2 << 20;

  private final Vertx vertx = Vertx.vertx();

  /** Held, since a client that nobody holds is closed. */
  private final WebSocketClient client = Frames.sockets(vertx, 1);

  @AfterEach
  void close() {
    Await.of(vertx.close());
  }

  @Test
  void anAnswerMayBeAsLargeAsAPageOfTheLongestMessages() {
    HttpServer server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setMaxWebSocketFrameSize(LARGE)
                    .setMaxWebSocketMessageSize(LARGE))
            .webSocketHandler(
                socket ->
                    socket.textMessageHandler(
                        question -> socket.writeFinalTextFrame("x".repeat(LARGE))));
    int port = Await.of(server.listen(0)).actualPort();
    Promise<Integer> heard = Promise.promise();

    Await.of(
        Frames.connect(client, URI.create("http://127.0.0.1:" + port))
            .onSuccess(socket -> socket.textMessageHandler(text -> heard.complete(text.length())))
            .onSuccess(socket -> socket.closeHandler(closed -> heard.tryFail("closed")))
            .compose(socket -> socket.writeTextMessage("a page, please")));

    assertThat(Await.of(heard.future())).isEqualTo(LARGE);
  }
}
