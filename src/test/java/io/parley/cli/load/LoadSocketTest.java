package io.parley.cli.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.cli.client.Person;
import io.parley.cli.load.socket.Framing;
import io.parley.cli.load.socket.Lanes;
import io.parley.fixtures.Await;
import io.parley.json.Json;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that says what a test lets it say. */
class LoadSocketTest {
  private static final String ROOM = "room.01900000-0000-7000-8000-000000000000";

  private final Vertx vertx = Lanes.vertx(1);
  private final LoadTimes times = LoadTimes.asSent(1);
  private final List<ObjectNode> frames = new CopyOnWriteArrayList<>();
  private final List<String> refreshed = new CopyOnWriteArrayList<>();
  private final List<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();
  private String answerToRegister =
      rec(ROOM, "{\"kind\":\"ready\",\"cursor\":\"c0\",\"complete\":true}");
  private LoadSocket socket;

  @BeforeEach
  void open() {
    HttpServer server =
        Await.of(
            vertx
                .createHttpServer()
                .requestHandler(this::refresh)
                .webSocketHandler(this::serve)
                .listen(0, "127.0.0.1"));
    URI uri = URI.create("http://127.0.0.1:" + server.actualPort());
    Stage stage =
        new Stage(vertx, plan(uri), new Nodes(vertx, List.of(), List.of(), 0), line -> {});
    Person person = new Person("user", "name", "", "t1", "r1");
    String room = ROOM.substring("room.".length());
    socket = new LoadSocket(stage, new Member(0, person, room), times, List.of(room)).following();
  }

  @AfterEach
  void close() {
    Await.of(vertx.close());
  }

  @Test
  void itSignsInAndIsReadyWhenItsRoomIs() {
    Await.of(socket.connect());

    assertThat(frames.get(0).at("/body/token").asText()).isEqualTo("t1");
    assertThat(frames.get(1).path("address").asText()).isEqualTo(ROOM);
    assertThat(frames.get(1).path("headers").has("cursor")).isFalse();
  }

  @Test
  void itFailsWithWhatItsRoomIsRefusedFor() {
    answerToRegister =
        "{\"type\":\"err\",\"address\":\"" + ROOM + "\",\"message\":\"NOT_MEMBER: no\"}";

    assertThatThrownBy(() -> Await.of(socket.connect())).hasMessageContaining("NOT_MEMBER");
  }

  @Test
  void itFailsWhenMoreWasMissedThanIsSent() {
    answerToRegister = rec(ROOM, "{\"kind\":\"ready\",\"cursor\":\"c\",\"complete\":false}");

    assertThatThrownBy(() -> Await.of(socket.connect())).hasMessageContaining("more was missed");
    assertThat(socket.behind()).isTrue();
    assertThat(socket.connected()).isTrue();
  }

  @Test
  void whatItPostsIsAnsweredRefusedOrLost() {
    Await.of(socket.connect());
    for (int number = 0; number < 4; number++) {
      socket.post(number);
    }
    await().until(() -> frames.size() == 6);
    assertThat(frames.get(5).path("replyAddress").asText()).isEqualTo("L3");
    assertThat(frames.get(5).at("/body/cid").asText()).isEqualTo("L3");
    assertThat(frames.get(5).at("/body/text").asText()).isEqualTo("xxx");

    say(rec("L0", "{}"));
    say(
        "{\"type\":\"err\",\"address\":\"L1\",\"failureCode\":4290,\"message\":\"RATE_LIMITED: slowly\"}");
    sockets.get(0).close((short) 4408, "slow");

    await().until(() -> times.settled() == 4);
    assertThat(times.acks()).isEqualTo(1);
    assertThat(times.refusals()).isEqualTo(1);
    assertThat(times.firstRefusal()).contains("slowly");
    assertThat(times.refusalsByCode()).isEqualTo(Map.of("RATE_LIMITED", 1L));
    assertThat(times.losses()).isEqualTo(2);
    assertThat(times.closes()).isEqualTo(Map.of("4408 slow", 1L));
    assertThat(socket.connected()).isFalse();
    socket.post(4);
    await().until(() -> times.losses() == 3);
  }

  @Test
  void itGoesOnFromTheLastMessageItHasSeen() {
    Await.of(socket.connect());
    say(rec(ROOM, "{\"kind\":\"message\",\"seq\":7,\"cursor\":\"c7\",\"cid\":\"L5\"}"));
    say(rec(ROOM, "{\"kind\":\"join\",\"seq\":8,\"cursor\":\"c8\",\"cid\":\"01\"}"));
    await().until(() -> socket.received() == 1);
    assertThat(times.deliveries()).isEqualTo(1);

    socket.drop();
    Await.of(socket.connect());

    assertThat(frames.get(3).at("/headers/cursor").asText()).isEqualTo("c7");
    assertThat(socket.received()).isZero();
    assertThat(times.closes()).as("it has dropped the connection itself").isEmpty();
  }

  @Test
  void itReadsNothingWhileItIsStalled() {
    Await.of(socket.connect());
    socket.stall();
    say(rec(ROOM, "{\"kind\":\"message\",\"seq\":7,\"cursor\":\"c7\",\"cid\":\"L5\"}"));
    Await.of(vertx.timer(300, TimeUnit.MILLISECONDS));
    assertThat(socket.place().seq()).isZero();

    socket.readOn();
    await().until(() -> socket.place().seq() == 7);
    assertThat(socket.place().cursor()).isEqualTo("c7");
  }

  @Test
  void itsSessionIsRenewedAsOftenAsItEnds() {
    Await.of(socket.connect());

    for (int renewal = 1; renewal <= 2; renewal++) {
      say(rec("user.user", "{\"kind\":\"session.expiring\"}"));
      int expected = 2 + renewal;
      await().until(() -> frames.size() == expected);
    }

    assertThat(refreshed).containsExactly("r1", "r2");
    assertThat(frames.get(2).path("address").asText()).isEqualTo("session.renew");
    assertThat(frames.get(2).at("/body/token").asText()).isEqualTo("t2");
    assertThat(frames.get(3).at("/body/token").asText()).isEqualTo("t3");
  }

  @Test
  void aCommandIsAnsweredOrRefused() {
    Await.of(socket.connect());
    var first = socket.ask("rooms.list", Json.mapper().createObjectNode());
    await().until(() -> frames.size() == 3);
    say(rec(frames.get(2).path("replyAddress").asText(), "{}"));
    Await.of(first);

    var second = socket.ask("rooms.list", Json.mapper().createObjectNode());
    await().until(() -> frames.size() == 4);
    say("{\"type\":\"err\",\"address\":\"A0\",\"message\":\"MUTED: not now\"}");
    assertThat(Await.failure(second)).hasMessageContaining("MUTED");

    var third = socket.ask("rooms.list", Json.mapper().createObjectNode());
    await().until(() -> frames.size() == 5);
    sockets.get(0).close((short) 4503, "draining");
    assertThat(Await.failure(third)).hasMessageContaining("4503");
  }

  private void serve(ServerWebSocket accepted) {
    sockets.add(accepted);
    accepted.textMessageHandler(
        text -> {
          ObjectNode frame = Json.object(text);
          frames.add(frame);
          if (frame.path("address").asText().equals("session.open")) {
            accepted.writeTextMessage(rec(frame.path("replyAddress").asText(), "{}"));
          } else if (frame.path("type").asText().equals("register")) {
            accepted.writeTextMessage(answerToRegister);
          }
        });
  }

  private void refresh(HttpServerRequest request) {
    request.bodyHandler(
        body -> {
          refreshed.add(Json.object(body.getBytes()).path("refreshToken").asText());
          int next = refreshed.size() + 1;
          String tokens = "{\"token\":\"t" + next + "\",\"refreshToken\":\"r" + next + "\"}";
          request.response().end(tokens);
        });
  }

  private void say(String text) {
    Await.of(sockets.get(sockets.size() - 1).writeTextMessage(text));
  }

  private static String rec(String address, String body) {
    return "{\"type\":\"rec\",\"address\":\"" + address + "\",\"body\":" + body + "}";
  }

  private static LoadPlan plan(URI uri) {
    return new LoadPlan(
        Scenario.TALK,
        List.of(uri),
        List.of(uri),
        LoadPlan.Via.SOCKET,
        Framing.RAW,
        1,
        1,
        1,
        1,
        0,
        100,
        Duration.ZERO,
        Duration.ofSeconds(1),
        3,
        0,
        5,
        1,
        1,
        1);
  }
}
