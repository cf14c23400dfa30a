package io.parley.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.parley.fixtures.Await;
import io.parley.fixtures.ParleyProcess;
import io.parley.fixtures.RestClient;
import io.parley.fixtures.RestClient.RestUser;
import io.parley.fixtures.SocketClient;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What people's devices learn of who has read what, on two nodes that share their stores. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadingIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Vertx vertx = Vertx.vertx();
  private final List<SocketClient> sockets = new ArrayList<>();
  private ParleyProcess one;
  private ParleyProcess two;
  private RestUser ann;
  private RestUser bob;
  private String room;

  @BeforeAll
  void start(@TempDir Path data) {
    one = ParleyProcess.serve(data).withoutRates().start().awaitReady();
    two = ParleyProcess.serve(data).withoutRates().start().awaitReady();
  }

  @AfterAll
  void stop() {
    two.terminate();
    one.terminate();
    Await.of(vertx.close());
  }

  @BeforeEach
  void aRoomOfTwo() {
    ann = RestClient.signUp(one.httpPort(), "Ann");
    bob = RestClient.signUp(one.httpPort(), "Bob");
    room = ann.rest().room("reading", "public");
    bob.rest().post("/api/rooms/" + room + "/join", Map.of()).expect(200);
  }

  @AfterEach
  void hangUp() {
    sockets.forEach(SocketClient::close);
    sockets.clear();
  }

  @Test
  void readingOnOneDeviceClearsTheBadgeOnTheOtherAndMarkingUnreadSetsItAgain() {
    SocketClient desk = open(one, bob);
    SocketClient phone = open(two, bob);
    phone.register("user." + bob.id(), Optional.empty());
    long last = says("one", "two", "@Bob three");

    Await.of(desk.send("messages.read", Map.of("room", room, "seq", last, "marks", 0)));
    await().atMost(PATIENCE).until(() -> told(phone).path("seq").asLong() == last);
    assertThat(told(phone).path("unread").asLong()).isZero();

    Await.of(desk.send("messages.unread", Map.of("room", room, "seq", last - 1)));
    await().atMost(PATIENCE).until(() -> told(phone).path("marks").asLong() == 1);
    assertThat(told(phone).path("unread").asLong()).isEqualTo(2);
    Await.of(phone.send("messages.read", Map.of("room", room, "seq", last, "marks", 0)));
    JsonNode own = bob.rest().get("/api/rooms/" + room).expect(200).body().path("membership");
    assertThat(own.path("read").asLong()).isEqualTo(last - 2);
    assertThat(own.path("unread").asLong()).isEqualTo(2);
  }

  @Test
  void whoWroteHearsThatItHasComeAndWasReadWhereverTheyAre() {
    SocketClient writer = open(one, ann);
    SocketClient reader = open(two, bob);
    writer.listen(room, Optional.empty());
    long last = says("hello");

    Await.of(reader.send("messages.delivered", Map.of("room", room, "seq", last)));
    await().atMost(PATIENCE).until(() -> receipt(writer, "delivered") == last);
    assertThat(receipt(writer, "read")).isLessThan(last);

    Await.of(reader.send("messages.read", Map.of("room", room, "seq", last)));
    await().atMost(PATIENCE).until(() -> receipt(writer, "read") == last);
    JsonNode all = ann.rest().get("/api/rooms/" + room + "/receipts").expect(200).body();
    assertThat(all.path("markers")).hasSize(2);
  }

  @Test
  void betweenTwoOfWhomOneHasBlockedTheOtherNothingIsTold() {
    String direct =
        ann.rest()
            .post("/api/rooms/direct", Map.of("userId", bob.id()))
            .expect(200)
            .body()
            .path("id")
            .asText();
    SocketClient writer = open(one, ann);
    writer.listen(direct, Optional.empty());
    long last = Await.of(writer.post(direct, "c1", "hello")).path("seq").asLong();
    bob.rest().put("/api/me/blocks/" + ann.id()).expect(204);

    bob.rest().post("/api/rooms/" + direct + "/read", Map.of("seq", last)).expect(200);

    JsonNode receipts = ann.rest().get("/api/rooms/" + direct + "/receipts").expect(200).body();
    assertThat(receipts.has("markers") || receipts.has("counts")).isFalse();
    bob.rest().delete("/api/me/blocks/" + ann.id()).expect(204);
    bob.rest().post("/api/rooms/" + room + "/read", Map.of("seq", 1)).expect(200);
    JsonNode again = ann.rest().get("/api/rooms/" + direct + "/receipts").expect(200).body();
    assertThat(again.path("markers")).hasSize(2);
    assertThat(writer.received("room." + direct))
        .noneMatch(note -> note.path("kind").asText().equals("receipt"));
  }

  @Test
  void aMentionIsCountedToldAndExplained() {
    SocketClient phone = open(two, bob);
    phone.register("user." + bob.id(), Optional.empty());
    says("for nobody");
    long seq =
        ann.rest()
            .post(
                "/api/rooms/" + room + "/messages",
                Map.of("text", "@Bob", "mentions", List.of(bob.id())))
            .expect(201)
            .body()
            .path("seq")
            .asLong();

    await().atMost(PATIENCE).until(() -> hinted(phone, seq));
    JsonNode own = bob.rest().get("/api/rooms/" + room).expect(200).body().path("membership");
    assertThat(own.path("mentions").asLong()).isEqualTo(1);
    assertThat(own.path("unread").asLong()).isEqualTo(2);
    JsonNode explained =
        bob.rest().get("/api/me/unread/explain?limit=1&room=" + room).expect(200).body();
    assertThat(explained.path("entries")).hasSize(1);
    assertThat(explained.path("next").asLong()).isEqualTo(seq - 1);
    JsonNode rest =
        bob.rest()
            .get("/api/me/unread/explain?room=" + room + "&after=" + (seq - 1))
            .expect(200)
            .body();
    assertThat(rest.path("mentioning")).hasToString("[" + seq + "]");
    assertThat(rest.has("next")).isFalse();

    ann.rest().delete("/api/rooms/" + room + "/messages/" + seq).expect(200);
    JsonNode after = bob.rest().get("/api/rooms/" + room).expect(200).body().path("membership");
    assertThat(after.path("mentions").asLong()).isZero();
    assertThat(after.path("unread").asLong()).isEqualTo(2);
  }

  private long says(String... texts) {
    long last = 0;
    for (String text : texts) {
      last =
          ann.rest()
              .post("/api/rooms/" + room + "/messages", Map.of("text", text))
              .expect(201)
              .body()
              .path("seq")
              .asLong();
    }
    return last;
  }

  private SocketClient open(ParleyProcess node, RestUser user) {
    SocketClient socket = SocketClient.open(vertx, node.bridgePort(), user.token());
    sockets.add(socket);
    return socket;
  }

  /** What a device was told last of how far another has read. */
  private JsonNode told(SocketClient device) {
    return device.received("user." + bob.id()).stream()
        .filter(note -> note.path("kind").asText().equals("read"))
        .map(note -> note.path("body"))
        .reduce(MissingNode.getInstance(), (a, b) -> b);
  }

  private boolean hinted(SocketClient device, long seq) {
    return device.received("user." + bob.id()).stream()
        .filter(note -> note.path("kind").asText().equals("heads"))
        .flatMap(note -> note.path("body").findValues("mentions").stream())
        .anyMatch(places -> places.toString().equals("[" + seq + "]"));
  }

  /** How far Bob is, as a room was told last. */
  private long receipt(SocketClient listener, String what) {
    return listener.received("room." + room).stream()
        .filter(note -> note.path("kind").asText().equals("receipt"))
        .flatMap(note -> note.findValues("markers").stream())
        .map(markers -> markers.path(0))
        .filter(marker -> marker.path("user").asText().equals(bob.id()))
        .mapToLong(marker -> marker.path(what).asLong())
        .max()
        .orElse(0);
  }
}
