package io.parley.cli.load.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.parley.fixtures.Await;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the WebSockets of Vert.x. */
class LightSocketTest {
  private static final int LARGE = 1 << 20;

  private final Vertx vertx = Lanes.vertx(2);
  private final Lanes lanes = Lanes.of(vertx, 2, 1);
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<String> served = new CopyOnWriteArrayList<>();
  private final List<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();

  private final LightSocket.Listener listener =
      new LightSocket.Listener() {
        @Override
        public void message(byte[] in, int from, int to) {
          heard.add(new String(in, from, to - from, StandardCharsets.UTF_8));
        }

        @Override
        public void closed(int code, String reason) {
          heard.add("closed " + code + " " + reason);
        }
      };

  @AfterEach
  void close() {
    Await.of(vertx.close());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 125, 126, 65_535, 65_536, LARGE})
  void messagesOfAnyLengthGoToAndFro(int length) {
    LightSocket socket = connect(Framing.RAW);
    String text = "\u20ac".repeat(length / 3) + "x".repeat(length % 3);

    socket.send(Framing.RAW.wrap(text));
    await().untilAsserted(() -> assertThat(served).containsExactly(text));
    sockets.get(0).writeTextMessage(text);

    await().untilAsserted(() -> assertThat(heard).containsExactly(text));
  }

  @Test
  void whatIsPutTogetherOfPiecesArrivesAsOneMaskedFrame() {
    LightSocket socket = connect(Framing.RAW);
    Lane lane = socket.lane();

    for (int number : new int[] {0, 9, 10, 1_234_567_890, Integer.MAX_VALUE}) {
      lane.run(
          () ->
              socket.send(
                  lane.payload().add(utf8("<")).add(number).add(utf8(">".repeat(number % 7)))));
    }

    await()
        .untilAsserted(
            () ->
                assertThat(served)
                    .containsExactly(
                        "<0",
                        "<9>>",
                        "<10>>>",
                        "<1234567890" + ">".repeat(1_234_567_890 % 7),
                        "<2147483647" + ">".repeat(Integer.MAX_VALUE % 7)));
  }

  @Test
  void piecesOfAMessageArePutTogether() {
    connect(Framing.RAW);
    sockets
        .get(0)
        .writeFrame(WebSocketFrame.textFrame("one ", false))
        .compose(
            sent ->
                sockets
                    .get(0)
                    .writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("message"), true)));

    await().untilAsserted(() -> assertThat(heard).containsExactly("one message"));
  }

  @Test
  void aPingIsAnsweredWithWhatItSays() {
    connect(Framing.RAW);
    sockets.get(0).pongHandler(pong -> served.add("pong " + pong));
    sockets.get(0).writePing(Buffer.buffer("are you there"));

    await().untilAsserted(() -> assertThat(served).containsExactly("pong are you there"));
  }

  @Test
  void theCodeOfACloseIsTold() {
    connect(Framing.RAW);
    sockets.get(0).close((short) 4408, "too slow");

    await().untilAsserted(() -> assertThat(heard).containsExactly("closed 4408 too slow"));
  }

  @Test
  void aConnectionThatBreaksIsToldOnce() {
    LightSocket socket = connect(Framing.RAW);
    socket.drop();
    socket.drop();

    await().untilAsserted(() -> assertThat(heard).containsExactly("closed 1006 dropped"));
    await().until(() -> sockets.get(0).isClosed());
  }

  @Test
  void whoSaysGoodbyeIsHeard() {
    LightSocket socket = connect(Framing.RAW);
    Await.of(socket.close());

    assertThat(heard).containsExactly("closed 1000 ");
    await().untilAsserted(() -> assertThat(served).containsExactly("closed 1000"));
  }

  @Test
  void aSockJsFrameHoldsAnyNumberOfMessages() {
    connect(Framing.SOCKJS);
    String one = "{\\\"type\\\":\\\"rec\\\",\\\"body\\\":\\\"}\\\\\\\",\\\\\\\"{\\\\\\\"type\\\"}";
    String two = "{\\\"type\\\":\\\"err\\\"}";
    sockets.get(0).writeTextMessage("h");
    sockets.get(0).writeTextMessage("a[\"" + one + "\"]");
    sockets.get(0).writeTextMessage("a[\"" + one + "\",\"" + two + "\",\"" + one + "\"]");
    sockets.get(0).writeTextMessage("c[4503,\"draining\"]");

    await()
        .untilAsserted(
            () -> assertThat(heard).containsExactly(one, one, two, one, "closed 4503 draining"));
    assertThat(sockets.get(0).path()).matches("/eventbus/\\d{3}/[a-z]{12}/websocket");
  }

  @Test
  void whatASockJsClientSaysIsAnArray() {
    LightSocket socket = connect(Framing.SOCKJS);
    Framing framing = Framing.SOCKJS;
    socket.send(framing.wrap("{\"a\":\"\\\"\"}"));
    Lane lane = socket.lane();
    lane.run(
        () ->
            socket.send(
                lane.payload()
                    .add(framing.opening())
                    .add(framing.piece("{\"a\":"))
                    .add(7)
                    .add(framing.piece(",\"b\":\"\"}"))
                    .add(framing.closing())));

    await()
        .untilAsserted(
            () ->
                assertThat(served)
                    .containsExactly(
                        "[\"{\\\"a\\\":\\\"\\\\\\\"\\\"}\"]",
                        "[\"{\\\"a\\\":7,\\\"b\\\":\\\"\\\"}\"]"));
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void aServerThatDeclinesIsQuoted(Framing framing) {
    HttpServer server =
        Await.of(
            vertx
                .createHttpServer()
                .requestHandler(request -> request.response().setStatusCode(503).end("no"))
                .listen(0, "127.0.0.1"));

    assertThatThrownBy(() -> Await.of(lanes.of(0).connect(uri(server), framing, listener)))
        .hasMessageContaining("503");
    assertThat(heard).isEmpty();
  }

  @Test
  void whereNobodyListensNothingIsOpened() {
    URI nobody = URI.create("http://127.0.0.1:1");

    assertThatThrownBy(() -> Await.of(lanes.of(0).connect(nobody, Framing.RAW, listener)))
        .hasMessageContaining("refused");
  }

  @Test
  void socketsAreSpreadOverTheLanes() {
    List<Lane> used = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      used.add(connect(Framing.RAW, i).lane());
    }

    assertThat(used)
        .containsExactly(
            lanes.all().get(0), lanes.all().get(1), lanes.all().get(0), lanes.all().get(1));
  }

  private LightSocket connect(Framing framing) {
    return connect(framing, 0);
  }

  private LightSocket connect(Framing framing, int number) {
    int before = sockets.size();
    HttpServer server =
        Await.of(
            vertx
                .createHttpServer(
                    new HttpServerOptions()
                        .setMaxWebSocketFrameSize(LARGE + 4)
                        .setMaxWebSocketMessageSize(LARGE + 4))
                .webSocketHandler(socket -> serve(socket, framing))
                .listen(0, "127.0.0.1"));
    LightSocket socket = Await.of(lanes.of(number).connect(uri(server), framing, listener));
    await().until(() -> sockets.size() > before);
    return socket;
  }

  private void serve(ServerWebSocket socket, Framing framing) {
    socket.textMessageHandler(served::add);
    socket.closeHandler(closed -> served.add("closed " + socket.closeStatusCode()));
    if (framing == Framing.SOCKJS) {
      socket.writeTextMessage("o");
    }
    sockets.add(socket);
  }

  private static URI uri(HttpServer server) {
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
