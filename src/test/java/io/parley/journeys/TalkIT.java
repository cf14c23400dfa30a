package io.parley.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.ParleyProcess;
import io.parley.fixtures.RestClient;
import io.parley.fixtures.RestClient.RestUser;
import io.parley.fixtures.Scraped;
import io.parley.fixtures.SocketClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** People and programs talk through one real node on its embedded stores. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TalkIT {
  private static final Logger LOG = LoggerFactory.getLogger(TalkIT.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Vertx vertx = Vertx.vertx();
  private final List<SocketClient> sockets = new ArrayList<>();
  private ParleyProcess node;

  @BeforeAll
  void start(@TempDir Path data) {
    node = ParleyProcess.serve(data).withoutRates().start().awaitReady();
  }

  @AfterAll
  void stop() {
    node.terminate();
    Await.of(vertx.close());
  }

  @AfterEach
  void hangUp() {
    sockets.forEach(SocketClient::close);
    sockets.clear();
  }

  @Test
  void restAndSocketTalkBothWays() {
    RestUser ann = user("Ann");
    RestUser bob = user("Bob");
    String room = ann.rest().room("hall", "public");
    bob.rest().post("/api/rooms/" + room + "/join", Map.of()).expect(200);
    SocketClient socket = open(bob);
    socket.listen(room, Optional.empty());

    JsonNode byRest =
        ann.rest()
            .post("/api/rooms/" + room + "/messages", Map.of("content", "hello Bob"))
            .expect(201)
            .body();
    JsonNode bySocket = Await.of(socket.post(room, "c-1", "hello Ann"));

    Awaitility.await().atMost(PATIENCE).until(() -> socket.entries(room).size() == 2);
    assertThat(texts(socket.entries(room))).containsExactly("hello Bob", "hello Ann");
    JsonNode history =
        ann.rest().get("/api/rooms/" + room + "/messages").expect(200).body().path("entries");
    assertThat(texts(messages(history))).containsExactly("hello Bob", "hello Ann");
    assertThat(bySocket.path("seq").asLong()).isEqualTo(byRest.path("seq").asLong() + 1);
  }

  @Test
  void oneCidFiftyTimesAtOnceIsOneEntry() {
    RestUser ann = user("Ann");
    String room = ann.rest().room("once", "private");
    SocketClient socket = open(ann);

    List<Future<JsonNode>> overBus =
        IntStream.range(0, 25).mapToObj(i -> socket.post(room, "same", "only once")).toList();
    List<CompletableFuture<RestClient.Answer>> overRest =
        IntStream.range(0, 25)
            .mapToObj(
                i ->
                    ann.rest()
                        .postLater(
                            "/api/rooms/" + room + "/messages",
                            Map.of("cid", "same", "text", "only once")))
            .toList();
    List<JsonNode> answers = new ArrayList<>(overBus.stream().map(Await::of).toList());
    overRest.forEach(each -> answers.add(each.join().body()));

    assertThat(answers.stream().map(answer -> answer.path("seq").asLong()).distinct()).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.path("duplicate").asBoolean())).hasSize(49);
    JsonNode history =
        ann.rest().get("/api/rooms/" + room + "/messages").expect(200).body().path("entries");
    assertThat(texts(messages(history))).containsExactly("only once");
    assertThat(Await.failure(socket.post(room, "same", "something else")).reason())
        .isEqualTo(Reason.CID_CONFLICT);
  }

  @Test
  void tenSendersAsFastAsTheyCanLeaveNoHoleAndAllSeeOneOrder() {
    List<RestUser> users = IntStream.range(0, 10).mapToObj(i -> user("S" + i)).toList();
    String room = users.get(0).rest().room("fast", "public");
    users.forEach(each -> each.rest().post("/api/rooms/" + room + "/join", Map.of()).expect(200));
    List<SocketClient> all = users.stream().map(this::open).toList();
    long head =
        all.stream()
            .mapToLong(s -> s.listen(room, Optional.empty()).path("head").asLong())
            .min()
            .orElseThrow();
    double commits = Scraped.value(node, "parley_log_commits_total");

    List<Future<JsonNode>> posts = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      posts.add(all.get(i % 10).post(room, "m" + i, "message " + i));
    }
    Await.of(Future.all(posts));

    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> all.stream().allMatch(socket -> socket.entries(room).size() >= 1_000));
    List<Long> expected = LongStream.rangeClosed(head + 1, head + 1_000).boxed().toList();
    List<String> order = texts(all.get(0).entries(room));
    for (SocketClient socket : all) {
      assertThat(socket.entries(room).stream().map(e -> e.path("seq").asLong()))
          .isEqualTo(expected);
      assertThat(texts(socket.entries(room))).isEqualTo(order);
    }
    assertThat(Scraped.value(node, "parley_log_commits_total") - commits).isLessThan(1_000);
  }

  @Test
  void whatIsUnreadAndWhatIsReadReachesEveryDeviceOfAPerson() {
    RestUser ann = user("Ann");
    RestUser bob = user("Bob");
    String room = ann.rest().room("news", "public");
    bob.rest().post("/api/rooms/" + room + "/join", Map.of()).expect(200);
    String own = "user." + bob.id();
    SocketClient desk = open(bob);
    SocketClient phone = open(bob);
    List.of(desk, phone).forEach(device -> device.register(own, Optional.empty()));
    Awaitility.await().atMost(PATIENCE).until(() -> heard(desk, own, "ready").size() == 1);

    String messages = "/api/rooms/" + room + "/messages";
    ann.rest().post(messages, Map.of("text", "one")).expect(201);
    JsonNode two = ann.rest().post(messages, Map.of("text", "two")).expect(201).body();

    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                heard(desk, own, "heads").stream()
                    .flatMap(body -> messages(body.path("rooms")).stream())
                    .anyMatch(
                        hint ->
                            hint.path("room").asText().equals(room)
                                && hint.path("head").equals(two.path("seq"))
                                && hint.path("n").asLong() == 2));
    JsonNode listed = listed(desk, room);
    assertThat(listed.path("last").path("body").path("text").asText()).isEqualTo("two");
    assertThat(listed.path("membership").path("unread").asLong()).isEqualTo(2);

    Map<String, Object> read = Map.of("room", room, "seq", two.path("seq").asLong() - 1);
    assertThat(Await.of(phone.send("messages.read", read)).path("n").asLong()).isEqualTo(1);

    Awaitility.await().atMost(PATIENCE).until(() -> heard(desk, own, "read").size() == 1);
    assertThat(heard(desk, own, "read").get(0).path("unread").asLong()).isEqualTo(1);
    assertThat(listed(desk, room).path("membership").path("unread").asLong()).isEqualTo(1);
    JsonNode page = bob.rest().get("/api/rooms/" + room).expect(200).body();
    assertThat(page.path("last").path("author").path("id").asText()).isEqualTo(ann.id());
  }

  private static List<JsonNode> heard(SocketClient device, String address, String kind) {
    return device.received(address).stream()
        .filter(note -> note.path("kind").asText().equals(kind))
        .map(note -> note.path("body"))
        .toList();
  }

  private static JsonNode listed(SocketClient device, String room) {
    return messages(Await.of(device.send("rooms.list", Map.of())).path("rooms")).stream()
        .filter(each -> each.path("id").asText().equals(room))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whoWasAwayCatchesUpExactly() {
    RestUser ann = user("Ann");
    RestUser bob = user("Bob");
    String room = ann.rest().room("away", "public");
    bob.rest().post("/api/rooms/" + room + "/join", Map.of()).expect(200);
    SocketClient before = open(bob);
    String cursor = before.listen(room, Optional.empty()).path("cursor").asText();
    before.close();
    sockets.remove(before);
    for (int i = 0; i < 250; i++) {
      ann.rest().post("/api/rooms/" + room + "/messages", Map.of("text", "t" + i)).expect(201);
    }

    SocketClient after = open(bob);
    JsonNode ready = after.listen(room, Optional.of(cursor));

    assertThat(ready.path("complete").asBoolean()).isTrue();
    assertThat(texts(after.entries(room)))
        .isEqualTo(IntStream.range(0, 250).mapToObj(i -> "t" + i).toList());
  }

  @Test
  void nothingNumberedAfterAKickReachesOrLeavesTheKicked() {
    long seed = System.nanoTime();
    LOG.info("seed {}", seed);
    Random random = new Random(seed);
    RestUser ann = user("Ann");
    RestUser bob = user("Bob");
    SocketClient annSocket = open(ann);
    for (int race = 0; race < 200; race++) {
      race(random, ann, bob, annSocket);
    }
  }

  private void race(Random random, RestUser ann, RestUser bob, SocketClient annSocket) {
    String room = ann.rest().room("race", "public");
    bob.rest().post("/api/rooms/" + room + "/join", Map.of()).expect(200);
    SocketClient socket = SocketClient.open(vertx, node.bridgePort(), bob.token());
    socket.listen(room, Optional.empty());
    int before = random.nextInt(4);
    int after = random.nextInt(4);
    List<Future<JsonNode>> posts = new ArrayList<>();
    IntStream.range(0, before).forEach(i -> posts.add(socket.post(room, "b" + i, "before")));
    Future<JsonNode> kick = annSocket.send("rooms.remove", Map.of("room", room, "user", bob.id()));
    IntStream.range(0, after).forEach(i -> posts.add(socket.post(room, "a" + i, "racing")));
    Await.of(kick);
    Failure late = Await.failure(socket.post(room, "late", "too late"));
    Await.of(annSocket.post(room, "secret", "among ourselves"));
    Await.of(Future.join(posts).otherwiseEmpty());
    socket.close();

    List<JsonNode> stored =
        messages(
            ann.rest().get("/api/rooms/" + room + "/messages").expect(200).body().path("entries"));
    long kickedAt =
        stored.stream()
            .filter(e -> e.path("kind").asText().equals("kick"))
            .findFirst()
            .orElseThrow()
            .path("seq")
            .asLong();
    assertThat(late.reason()).isIn(Reason.NOT_MEMBER, Reason.NOT_FOUND);
    assertThat(stored)
        .noneMatch(
            e ->
                e.path("author").path("id").asText().equals(bob.id())
                    && e.path("seq").asLong() > kickedAt);
    assertThat(socket.entries(room)).noneMatch(e -> e.path("seq").asLong() > kickedAt);
  }

  private RestUser user(String name) {
    return RestClient.signUp(node.httpPort(), name);
  }

  private SocketClient open(RestUser user) {
    SocketClient socket = SocketClient.open(vertx, node.bridgePort(), user.token());
    sockets.add(socket);
    return socket;
  }

  private static List<JsonNode> messages(JsonNode entries) {
    List<JsonNode> list = new ArrayList<>();
    entries.forEach(list::add);
    return list;
  }

  private static List<String> texts(List<JsonNode> entries) {
    return entries.stream()
        .filter(entry -> entry.path("kind").asText().equals("message"))
        .map(entry -> entry.path("body").path("text").asText())
        .toList();
  }
}
