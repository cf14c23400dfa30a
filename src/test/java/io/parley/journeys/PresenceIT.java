package io.parley.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.ParleyProcess;
import io.parley.fixtures.RestClient;
import io.parley.fixtures.RestClient.RestUser;
import io.parley.fixtures.SocketClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** People watch each other come and go on one real node on its embedded stores. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PresenceIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final Vertx vertx = Vertx.vertx();
  private final List<SocketClient> sockets = new ArrayList<>();
  private ParleyProcess node;
  private RestUser ann;
  private RestUser bob;

  @BeforeAll
  void start(@TempDir Path data) {
    node =
        ParleyProcess.serve(data)
            .withoutRates()
            .env("PARLEY_PRESENCE_GRACE", GRACE.toSeconds() + "s")
            .env("PARLEY_PRESENCE_LEASE", "15s")
            .start()
            .awaitReady();
  }

  @AfterAll
  void stop() {
    node.terminate();
    Await.of(vertx.close());
  }

  @BeforeEach
  void meet() {
    ann = RestClient.signUp(node.httpPort(), "Ann");
    bob = RestClient.signUp(node.httpPort(), "Bob");
  }

  @AfterEach
  void part() {
    sockets.forEach(SocketClient::close);
    sockets.clear();
  }

  private SocketClient open(RestUser user) {
    SocketClient socket = SocketClient.open(vertx, node.bridgePort(), user.token());
    sockets.add(socket);
    return socket;
  }

  private Watching annWatches(RestUser... people) {
    return new Watching(ann, open(ann), people);
  }

  private static void say(SocketClient socket, String state) {
    Await.of(socket.send("presence.set", Map.of("state", state)));
  }

  private static JsonNode choose(RestUser user, Map<String, ?> choice) {
    return user.rest().ask("PUT", "/api/me/presence", choice).expect(200).body();
  }

  private static JsonNode look(RestUser viewer, RestUser person) {
    return viewer.rest().get("/api/users/" + person.id() + "/presence").expect(200).body();
  }

  @Test
  void somebodyIsOnlineWithAnyDeviceAwayWhenAllAreIdleAndOfflineAfterAWhile() {
    Watching watching = annWatches(bob);
    assertThat(watching.state(bob)).isEqualTo("offline");
    SocketClient phone = open(bob);
    SocketClient laptop = open(bob);
    watching.comesToBe(bob, "online");
    say(phone, "away");
    say(laptop, "away");
    watching.comesToBe(bob, "away");
    say(phone, "active");
    watching.comesToBe(bob, "online");

    long left = System.nanoTime();
    phone.close();
    watching.comesToBe(bob, "away");
    laptop.close();
    watching.comesToBe(bob, "offline");

    assertThat(Duration.ofNanos(System.nanoTime() - left)).isGreaterThan(GRACE);
    await().atMost(PATIENCE).until(() -> look(ann, bob).hasNonNull("lastSeen"));
    watching.missedNothing();
  }

  @Test
  void whoComesBackWithinTheGraceWasNeverGone() {
    SocketClient first = open(bob);
    Watching watching = annWatches(bob);
    watching.comesToBe(bob, "online");
    for (int i = 0; i < 3; i++) {
      first.close();
      first = open(bob);
    }
    say(first, "away");

    watching.comesToBe(bob, "away");
    List<String> states = watching.states(bob);
    assertThat(states.subList(states.indexOf("online"), states.size()))
        .containsOnly("online", "away");
  }

  @Test
  void doNotDisturbAndWhatOneIsAboutHoldOnAllDevicesAndStayWhenTheyGo() {
    SocketClient phone = open(bob);
    Watching watching = annWatches(bob);
    Await.of(
        phone.send(
            "presence.set",
            Map.of("state", "dnd", "status", Map.of("text", " writing ", "emoji", "✍️"))));
    watching.comesToBe(bob, "dnd");
    assertThat(watching.of(bob).path("status").path("text").asText()).isEqualTo("writing");

    say(phone, "away");
    phone.close();
    watching.comesToBe(bob, "offline");
    open(bob);
    watching.comesToBe(bob, "dnd");
    assertThat(watching.of(bob).path("status").path("emoji").asText()).isEqualTo("✍️");

    choose(bob, Map.of("state", "online", "status", Map.of("text", "")));
    watching.comesToBe(bob, "online");
    await().atMost(PATIENCE).until(() -> !watching.of(bob).hasNonNull("status"));
  }

  @Test
  void whoIsInvisibleIsToldToOthersAsOfflineAndToThemselvesAsInvisible() {
    RestUser gone = RestClient.signUp(node.httpPort(), "Gone");
    open(gone).close();
    SocketClient phone = open(bob);
    Watching watching = annWatches(bob, gone);
    watching.comesToBe(bob, "online");
    choose(bob, Map.of("state", "invisible"));
    watching.comesToBe(bob, "offline");
    await().atMost(PATIENCE).until(() -> watching.of(gone).hasNonNull("lastSeen"));

    ObjectNode hidden = watching.of(bob).deepCopy();
    ObjectNode away = watching.of(gone).deepCopy();
    String seen = hidden.path("lastSeen").asText();
    assertThat(seen).isNotEmpty();
    assertThat(List.copyOf(hidden.propertyStream().map(Map.Entry::getKey).toList()))
        .isEqualTo(away.propertyStream().map(Map.Entry::getKey).toList());
    assertThat(look(bob, bob).path("state").asText()).isEqualTo("invisible");
    say(phone, "away");
    say(phone, "active");
    open(bob);
    bob.rest().get("/api/rooms").expect(200);
    assertThat(look(ann, bob).path("lastSeen").asText()).isEqualTo(seen);
    assertThat(
            ann.rest().get("/api/users/" + bob.id()).expect(200).body().path("lastSeen").asText())
        .isEqualTo(seen);

    choose(bob, Map.of("state", "online"));
    watching.comesToBe(bob, "online");
  }

  @Test
  void aBlockInEitherDirectionLooksLikeOfflineWithoutATime() {
    open(bob);
    Watching watching = annWatches(bob);
    watching.comesToBe(bob, "online");
    choose(bob, Map.of("status", Map.of("text", "here")));

    bob.rest().put("/api/me/blocks/" + ann.id()).expect(204);
    watching.comesToBe(bob, "offline");
    assertThat(watching.of(bob).hasNonNull("lastSeen")).isFalse();
    assertThat(watching.of(bob).hasNonNull("status")).isFalse();
    bob.rest().delete("/api/me/blocks/" + ann.id()).expect(204);
    watching.comesToBe(bob, "online");
    ann.rest().put("/api/me/blocks/" + bob.id()).expect(204);
    watching.comesToBe(bob, "offline");
    assertThat(look(bob, ann).path("state").asText()).isEqualTo("offline");
  }

  @Test
  void whoMayNotKnowWhenSomebodyWasHereMayNotKnowThatTheyAre() {
    open(bob);
    Watching watching = annWatches(bob);
    watching.comesToBe(bob, "online");

    bob.rest().ask("PATCH", "/api/me/profile", Map.of("lastSeenFor", "contacts")).expect(200);
    watching.comesToBe(bob, "offline");
    bob.rest().put("/api/me/contacts/" + ann.id()).expect(200);
    watching.comesToBe(bob, "online");
    ann.rest().ask("PATCH", "/api/me/profile", Map.of("lastSeenFor", "nobody")).expect(200);
    watching.comesToBe(bob, "offline");
    assertThat(watching.of(bob).hasNonNull("lastSeen")).isFalse();
  }

  @Test
  void whoCannotBeLookedUpIsLeftOutAndWatchingAnewReplacesTheOldOnes() {
    SocketClient socket = open(ann);
    Watching watching = new Watching(ann, socket, bob);
    RestUser cora = RestClient.signUp(node.httpPort(), "Cora");
    JsonNode again =
        Await.of(
            socket.send(
                "presence.watch",
                Map.of("users", List.of(cora.id(), UUID.randomUUID().toString()))));

    assertThat(again.path("people")).hasSize(1);
    assertThat(again.path("version").asInt()).isGreaterThan(1);
    int told = watching.history(bob).size();
    open(bob);
    open(cora);
    watching.comesToBe(cora, "online");
    assertThat(watching.history(bob)).hasSize(told);
    ann.rest().get("/api/users/" + UUID.randomUUID() + "/presence").expect(404);
  }

  @Test
  void whatIsWrongIsToldAndTooMuchIsRefused() {
    SocketClient socket = open(ann);
    List<String> many =
        IntStream.range(0, 201).mapToObj(each -> UUID.randomUUID().toString()).toList();

    assertThat(Await.failure(socket.send("presence.watch", Map.of("users", many))).text())
        .contains("users may have at most 200");
    assertThat(Await.failure(socket.send("presence.set", Map.of("state", "gone"))).text())
        .startsWith("INVALID")
        .contains("state");
    ann.rest().ask("PUT", "/api/me/presence", Map.of("state", "away")).expect(400);
    List<Reason> refused = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      var said = socket.send("presence.set", Map.of("state", i % 2 == 0 ? "away" : "active"));
      said.onFailure(cause -> refused.add(((Failure) cause).reason()));
      said.transform(done -> Future.succeededFuture()).await();
    }
    assertThat(refused).hasSizeGreaterThan(10).containsOnly(Reason.RATE_LIMITED);
  }
}
