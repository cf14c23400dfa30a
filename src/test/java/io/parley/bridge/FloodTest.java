package io.parley.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.accounts.UserId;
import io.parley.commands.Command;
import io.parley.config.EdgeConfig;
import io.parley.fixtures.Await;
import io.parley.json.Json;
import io.parley.log.LogId;
import io.parley.rooms.ReadersApi;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who sends too much, or comes too often, is told so, and others do not notice. */
class FloodTest {
  private final UserId ann = TestBridge.user();
  private final UserId bob = TestBridge.user();
  private final Queue<Promise<JsonNode>> open = new ConcurrentLinkedQueue<>();
  private final List<Socket> sockets = new ArrayList<>();
  private TestBridge world;

  private void start(EdgeConfig edge) {
    Command slow =
        (caller, args) -> {
          Promise<JsonNode> promise = Promise.promise();
          open.add(promise);
          return promise.future();
        };
    world = new TestBridge(config -> config, Map.of("messages.edit", slow), edge);
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    world.close();
  }

  @Test
  void whoSendsTooMuchIsToldToWaitAndWhoGoesOnIsClosed() {
    start(TestBridge.edge(10, 100, 0));
    Peer peer = world.signedIn(ann);
    Peer other = world.signedIn(bob);

    for (int i = 0; i < 1_000; i++) {
      peer.send("rooms.list", "r" + i, Map.of());
    }

    assertThat(peer.closeCode()).isEqualTo(4429);
    JsonNode error = peer.awaitError();
    assertThat(error.path("failureCode").asInt()).isEqualTo(4290);
    assertThat(error.path("message").asText()).matches("RATE_LIMITED retryAfterMs=[0-9]+: .*");
    assertThat(error.path("address").asText()).startsWith("r");
    assertThat(count(peer, "rec")).isBetween(50L, 150L);
    assertThat(count(peer, "err")).isBetween(100L, 200L);
    other.send("rooms.list", "fine", Map.of());
    assertThat(other.awaitOn("fine").path("type").asText()).isEqualTo("rec");
  }

  @Test
  void whoWaitsAsToldIsServedAgain() {
    start(TestBridge.edge(10, 5, 0));
    Peer peer = world.signedIn(ann);

    for (int i = 0; i < 6; i++) {
      peer.send("rooms.list", "r" + i, Map.of());
    }
    peer.awaitError();
    await()
        .until(
            () -> {
              int before = peer.got.size();
              peer.send("rooms.list", "again", Map.of());
              await().until(() -> peer.got.size() > before);
              return peer.got.get(peer.got.size() - 1).path("type").asText().equals("rec");
            });

    assertThat(peer.closed()).isFalse();
  }

  @Test
  void thousandsInOneFrameWaitUnparsedAndAllAreAnswered() {
    start(TestBridge.edge());
    Peer peer = Peer.sockJs(world.vertx, world.port());
    List<String> pings = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      pings.add("{\"type\":\"ping\"}");
    }

    peer.socket.writeTextMessage(Json.write(pings));

    await().until(() -> count(peer, "pong") == 2_500);
  }

  @Test
  void whatComesWhileMoreIsUnderWayThanServedIsNotTakenByRequest() throws IOException {
    start(TestBridge.edge());
    String base = "/eventbus/000/session/";
    ask("127.0.0.1", "POST " + base + "xhr", "");
    String token = world.token(ann, Duration.ofMinutes(5));
    List<Object> frames = new ArrayList<>();
    frames.add(frame("session.open", Map.of("token", token)));
    for (int i = 0; i < 40; i++) {
      frames.add(frame("messages.edit", Map.of("text", "t" + i)));
    }
    Socket first = send("127.0.0.1", "POST " + base + "xhr_send", Json.write(frames));
    await().until(() -> open.size() == 32);

    String second = ask("127.0.0.1", "POST " + base + "xhr_send", "[\"{}\"]");
    open.forEach(each -> each.complete(JsonNodeFactory.instance.objectNode()));

    assertThat(second).startsWith("HTTP/1.1 429").contains("Retry-After: 1\r\n");
    assertThat(line(first)).isEqualTo("HTTP/1.1 204 No Content");
    await()
        .until(
            () -> {
              open.forEach(each -> each.tryComplete(JsonNodeFactory.instance.objectNode()));
              return open.size() == 40;
            });
  }

  @Test
  void oneAddressHasSoManyConnectionsAndOthersDoNotNotice() throws IOException {
    start(TestBridge.edge(0, 1, 20));
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      sockets.add(connect("127.0.0.2"));
    }
    for (Socket socket : sockets) {
      answers.add(greeting(socket));
    }
    Peer other = world.signedIn(ann);

    assertThat(answers.subList(0, 20)).containsOnly("HTTP/1.1 200 OK");
    assertThat(answers.subList(20, 22)).containsOnly("HTTP/1.1 429 Too Many Requests");
    assertThat(answers.subList(22, 40)).containsOnly("cut");
    assertThat(other.closed()).isFalse();

    sockets.get(0).close();
    await().until(() -> world.door.connections() <= 22);
    await().until(() -> greeting(connect("127.0.0.2")).equals("HTTP/1.1 200 OK"));
  }

  @Test
  void sessionsThatLiveBetweenConnectionsCountAsWell() throws IOException {
    start(TestBridge.edge(0, 1, 5));
    List<String> answers = new ArrayList<>();

    for (int i = 0; i < 10; i++) {
      answers.add(ask("127.0.0.2", "POST /eventbus/000/s" + i + "/xhr", ""));
    }

    assertThat(answers.get(0)).startsWith("HTTP/1.1 200");
    assertThat(answers.get(9)).startsWith("HTTP/1.1 429").contains("Retry-After: 5\r\n");
    assertThat(ask("127.0.0.1", "POST /eventbus/000/other/xhr", "")).startsWith("HTTP/1.1 200");
  }

  @Test
  void aNodeWithFarTooMuchToDoSaysThatReceiptsShouldBeNumbers() {
    start(TestBridge.edge());
    List<ReadersApi.Strained> heard = new CopyOnWriteArrayList<>();
    Await.of(world.bus.hear(ReadersApi.STRAINED, heard::add));

    world.pending = 0.8;

    await().until(() -> !heard.isEmpty());
    assertThat(heard.get(0).step()).isEqualTo(3);
  }

  @Test
  void anOverloadedNodeLeavesOutTypingTellsSoAndComesBack() {
    start(TestBridge.edge());
    LogId room = world.logs.room(ann, bob);
    Peer peer = world.signedIn(ann);
    peer.listen(room);
    world.logs.signal(room, "typing");
    peer.awaitBody(body -> Peer.kind(body).equals("typing"));

    world.pending = 0.3;
    JsonNode news = peer.awaitBody(body -> Peer.kind(body).equals("server"));
    world.logs.signal(room, "typing");
    world.logs.signal(room, "receipt");
    world.logs.append(room, "still here");
    peer.awaitSeq(room, 1);
    peer.awaitBody(body -> Peer.kind(body).equals("receipt"));

    assertThat(news.path("user").asText()).isEqualTo(ann.toString());
    assertThat(news.path("body").path("overload").asInt()).isEqualTo(1);
    assertThat(news.path("body").path("typing").asBoolean()).isFalse();
    assertThat(peer.kinds().stream().filter("typing"::equals)).hasSize(1);
    assertThat(world.meters.get("parley.overload.level").gauge().value()).isEqualTo(1);

    world.pending = 0;
    JsonNode well =
        peer.awaitBody(
            body ->
                Peer.kind(body).equals("server") && body.path("body").path("typing").asBoolean());
    assertThat(well.path("body").path("overload").asInt()).isZero();
  }

  @Test
  void anOverloadedNodeDropsTypingOfItsClientsWithoutAsking() {
    Command asked = (caller, args) -> Future.failedFuture("it was asked");
    world = new TestBridge(config -> config, Map.of("messages.typing", asked), TestBridge.edge());
    Peer peer = world.signedIn(ann);
    world.pending = 0.3;
    peer.awaitBody(body -> Peer.kind(body).equals("server"));

    peer.send("messages.typing", "t", Map.of("room", world.logs.room(ann).id()));

    assertThat(peer.awaitOn("t").path("type").asText()).isEqualTo("rec");
  }

  @Test
  void atTheTopOfTheLadderEveryMessageStillArrivesInOrder() {
    start(TestBridge.edge());
    LogId room = world.logs.room(ann);
    Peer peer = world.signedIn(ann);
    peer.listen(room);
    world.pending = 1;
    peer.awaitBody(
        body ->
            Peer.kind(body).equals("server") && body.path("body").path("batchMs").asInt() == 250);

    for (int i = 0; i < 100; i++) {
      world.logs.append(room, "m" + i);
    }
    peer.awaitSeq(room, 100);

    assertThat(peer.seqs(room)).hasSize(100).isSorted();
  }

  private static long count(Peer peer, String type) {
    return peer.got.stream().filter(message -> message.path("type").asText().equals(type)).count();
  }

  private static String frame(String address, Object body) {
    return Json.write(
        Map.of("type", "send", "address", address, "replyAddress", "r", "body", body));
  }

  private Socket connect(String from) throws IOException {
    Socket socket =
        new Socket(
            InetAddress.getByName("127.0.0.1"), world.port(), InetAddress.getByName(from), 0);
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** The answer to a request on a connection of its own. */
  private String ask(String from, String request, String body) throws IOException {
    try (Socket socket = send(from, request, body)) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private Socket send(String from, String request, String body) throws IOException {
    Socket socket = connect(from);
    String head = request + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ";
    String text = head + body.length() + "\r\n\r\n" + body;
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** The first line of what is answered to a request that leaves the connection open. */
  private static String greeting(Socket socket) {
    try {
      socket
          .getOutputStream()
          .write("GET /eventbus HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return line(socket);
    } catch (IOException gone) {
      return "cut";
    }
  }

  private static String line(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = socket.getInputStream().read();
    while (next >= 0 && next != '\r') {
      line.append((char) next);
      next = socket.getInputStream().read();
    }
    return line.isEmpty() ? "cut" : line.toString();
  }
}
