package io.parley.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.fixtures.Await;
import io.parley.fixtures.EventSink;
import io.parley.fixtures.ParleyProcess;
import io.parley.fixtures.RestClient;
import io.parley.fixtures.RestClient.RestUser;
import io.parley.fixtures.Scraped;
import io.parley.fixtures.SocketClient;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A program beside two real nodes is told what happens there, whatever becomes of the nodes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsIT {
  /** A claim runs out, the next node takes it, and catches up. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Vertx vertx = Vertx.vertx();
  private final EventSink sink = new EventSink(vertx);
  private final List<ParleyProcess> nodes = new ArrayList<>();
  private final List<String> shyIds = new ArrayList<>();
  private ParleyProcess stores;
  private ParleyProcess.Builder builder;
  private RestUser ann;
  private RestUser bob;
  private String room;

  @BeforeAll
  void start(@TempDir Path data) {
    stores = ParleyProcess.command("stores", data).start();
    stores.awaitLine("The stores are ready");
    builder =
        ParleyProcess.serve(data)
            .withoutRates()
            .env("PARLEY_EVENTS_WEBHOOK_URL", sink.url())
            .env("PARLEY_EVENTS_WEBHOOK_SECRET", "told to nobody but who is told of events")
            .env("PARLEY_EVENTS_WEBHOOK_TIMEOUT", "2s")
            .env("PARLEY_EVENTS_WEBHOOK_PRIVATE_ADDRESSES", "true")
            .jvm("-Xmx512m");
    nodes.add(builder.start().awaitReady());
    nodes.add(builder.start().awaitReady());
  }

  @AfterAll
  void stop() {
    nodes.stream().filter(ParleyProcess::isAlive).forEach(ParleyProcess::terminate);
    stores.terminate();
    sink.close();
    Await.of(vertx.close());
  }

  @BeforeEach
  void meet() {
    sink.answer(204);
    for (int i = 0; i < nodes.size(); i++) {
      if (!nodes.get(i).isAlive()) {
        nodes.set(i, builder.start().awaitReady());
      }
    }
    ann = RestClient.signUp(nodes.get(0).httpPort(), "Ann");
    bob = RestClient.signUp(nodes.get(0).httpPort(), "Bob");
    room = ann.rest().room("hall", "private");
    ann.rest().put("/api/rooms/" + room + "/members/" + bob.id()).expect(204);
  }

  private long say(RestUser user, String text) {
    return user.rest()
        .post("/api/rooms/" + room + "/messages", Map.of("text", text))
        .expect(201)
        .body()
        .path("seq")
        .asLong();
  }

  /** Of this room, in the order in which it was taken. */
  private List<JsonNode> told() {
    return sink.taken().stream()
        .filter(event -> event.path("room").asText().equals(room) && event.has("seq"))
        .filter(event -> !event.path("type").asText().matches("message.(read|delivered)"))
        .toList();
  }

  private List<Long> seqs() {
    return told().stream().map(event -> event.path("seq").asLong()).toList();
  }

  private void awaitTold(long head) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(seqs().stream().distinct().toList())
                    .isEqualTo(LongStream.rangeClosed(1, head).boxed().toList()));
  }

  @Test
  void whatHappensInARoomIsToldInItsOrderAndNeverWhatIsSaid() {
    long said = say(ann, "wombats are secret");
    ann.rest()
        .ask("PATCH", "/api/rooms/" + room + "/messages/" + said, Map.of("text", "echidna"))
        .expect(200);
    ann.rest().delete("/api/rooms/" + room + "/messages/" + said).expect(200);
    bob.rest().post("/api/rooms/" + room + "/leave", Map.of()).expect(204);
    awaitTold(6);

    assertThat(told().stream().map(event -> event.path("type").asText()))
        .containsExactly(
            "conversation.created",
            "member.joined",
            "message.sent",
            "message.edited",
            "message.deleted",
            "member.left");
    JsonNode sent = told().get(2);
    assertThat(sent.path("sender").asText()).isEqualTo(ann.id());
    assertThat(told().get(3).path("message").asLong()).isEqualTo(said);
    assertThat(told().get(5).path("how").asText()).isEqualTo("left");
    assertThat(told().get(1).path("user").asText()).isEqualTo(bob.id());
    assertThat(sink.taken().toString()).doesNotContain("wombat", "echidna", "hall", "Ann");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        sink.taken("user.registered").stream()
                            .map(event -> event.path("user").asText()))
                    .contains(ann.id(), bob.id()));
  }

  @Test
  void whatPassesIsToldWhileItLasts() {
    SocketClient listening = SocketClient.open(vertx, nodes.get(0).bridgePort(), bob.token());
    listening.listen(room, Optional.empty());
    SocketClient writing = SocketClient.open(vertx, nodes.get(1).bridgePort(), ann.token());
    writing.listen(room, Optional.empty());
    SocketClient shy = shy("Cem", "PATCH", "/api/me/profile", Map.of("lastSeenFor", "contacts"));
    SocketClient unseen = shy("Dan", "PUT", "/api/me/presence", Map.of("state", "invisible"));
    long said = say(ann, "hello");
    Await.of(listening.send("messages.read", Map.of("room", room, "seq", said)));

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Await.of(writing.send("messages.typing", Map.of("room", room)));
              assertThat(sink.taken("typing").toString()).contains(room, ann.id());
            });
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(sink.taken("message.read"))
                    .anySatisfy(
                        event -> {
                          assertThat(event.path("user").asText()).isEqualTo(bob.id());
                          assertThat(event.path("seq").asLong()).isEqualTo(said);
                        }));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(sink.taken("user.online").toString()).contains(ann.id(), bob.id()));
    listening.close();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(sink.taken("user.offline").toString()).contains(bob.id()));
    assertThat(sink.taken("user.offline").toString()).doesNotContain(ann.id());
    assertThat(sink.taken("user.online").toString()).doesNotContain(shyIds);
    Stream.of(writing, shy, unseen).forEach(SocketClient::close);
  }

  /** Somebody who is here and does not show it to everybody. */
  private SocketClient shy(String name, String method, String path, Map<String, String> wish) {
    RestUser user = RestClient.signUp(nodes.get(0).httpPort(), name);
    user.rest().ask(method, path, wish).expect(200);
    shyIds.add(user.id());
    return SocketClient.open(vertx, nodes.get(0).bridgePort(), user.token());
  }

  @Test
  void whoHasDeletedTheirAccountIsToldOfOnceItIsTakenDown() {
    bob.rest()
        .ask("DELETE", "/api/me", Map.of("password", "correct horse " + bob.username()))
        .expect(204);

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(sink.taken("user.deleted").toString()).contains(bob.id()));
    awaitTold(3);
    assertThat(told().get(2).path("type").asText()).isEqualTo("member.left");
    assertThat(told().get(2).path("user").asText()).isEqualTo(bob.id());
  }

  @Test
  void whoeverTakesNothingHoldsUpNobodyAndIsToldEverythingLater() {
    sink.answer(500);
    long began = System.nanoTime();
    long last = 0;
    for (int i = 0; i < 20; i++) {
      last = say(i % 2 == 0 ? ann : bob, "message " + i);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                nodes.stream()
                        .mapToDouble(
                            node ->
                                Scraped.value(
                                    node, "parley_log_follower_lag_seconds{follower=\"webhook\"}"))
                        .max()
                        .orElse(0)
                    > 1);
    assertThat(seqs()).doesNotContain(last);

    sink.answer(200);

    awaitTold(last);
  }

  @Test
  void aNodeThatIsKilledBetweenTellingAndNotingItTellsAgainAndLosesNothing() {
    awaitTold(2);
    sink.answer(EventSink.SILENT);
    int before = sink.posts().size();
    long last = say(ann, "said as the node dies");
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                sink.posts().stream()
                    .skip(before)
                    .flatMap(post -> post.events().stream())
                    .anyMatch(event -> event.path("seq").asLong() == last));
    List<String> unanswered =
        sink.posts().stream()
            .skip(before)
            .flatMap(post -> post.events().stream())
            .filter(event -> event.path("room").asText().equals(room))
            .map(event -> event.path("id").asText())
            .distinct()
            .toList();
    nodes.forEach(ParleyProcess::kill9);
    sink.answer(204);
    nodes.set(0, builder.start().awaitReady());

    awaitTold(last);
    assertThat(told().stream().map(event -> event.path("id").asText())).containsAll(unanswered);
  }

  @Test
  void whenTheNodeThatTellsIsLostTheOtherGoesOnAndNothingIsToldByTwo() {
    awaitTold(2);
    ParleyProcess telling = nodes.get(0);
    double ofFirst = told(telling);
    long last = say(ann, "who tells?");
    awaitTold(last);
    if (told(telling) == ofFirst) {
      telling = nodes.get(1);
    }
    ParleyProcess other = telling == nodes.get(0) ? nodes.get(1) : nodes.get(0);
    RestClient there = RestClient.anonymous(other.httpPort()).with(ann.token());
    long noted = last;
    telling.kill9();
    for (int i = 0; i < 10; i++) {
      String text = "after the loss " + i;
      last =
          await()
              .atMost(PATIENCE)
              .until(
                  () -> there.post("/api/rooms/" + room + "/messages", Map.of("text", text)),
                  answer -> answer.status() == 201)
              .body()
              .path("seq")
              .asLong();
    }

    awaitTold(last);
    assertThat(told(other)).isPositive();
    // What was told in the moment of the loss may come again; nothing else does.
    assertThat(seqs().stream().filter(seq -> seq != noted).toList()).doesNotHaveDuplicates();
  }

  private static double told(ParleyProcess node) {
    return Scraped.value(node, "parley_events_told_total");
  }
}
