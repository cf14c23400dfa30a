package io.parley.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.parley.accounts.ProfilesApi;
import io.parley.accounts.UserId;
import io.parley.commands.Command;
import io.parley.log.LogId;
import io.parley.observability.Correlation;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bridge over real sockets: sessions, registrations, resuming, leaving. */
class BridgeTest {
  private final TestBridge world = new TestBridge();
  private final UserId ann = TestBridge.user();
  private final UserId bob = TestBridge.user();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void anOpenSessionIsToldWhoItIsAndWhatItMayDo() {
    Peer peer = world.signedIn(ann);

    JsonNode answer = peer.awaitOn("open").path("body");

    assertThat(answer.path("user").path("id").asText()).isEqualTo(ann.toString());
    assertThat(answer.path("session").asText()).isNotEmpty();
    assertThat(answer.path("expiresAt").asText()).isEqualTo("2026-11-21T12:15:00.000Z");
    assertThat(answer.path("limits").path("registrations").asInt()).isEqualTo(20);
    assertThat(answer.path("limits").path("newAccounts").isInt()).isTrue();
    assertThat(answer.path("limits").path("frameRate").asInt()).isZero();
    assertThat(answer.path("limits").path("frameBurst").asInt()).isEqualTo(1);
    assertThat(answer.path("server").path("heartbeatMs").asInt()).isEqualTo(25_000);
    assertThat(answer.path("server").path("mails").isBoolean()).isTrue();
  }

  @Test
  void aPingIsAnswered() {
    Peer peer = Peer.raw(world.vertx, world.port());

    peer.write("{\"type\":\"ping\"}");

    peer.await(message -> message.path("type").asText().equals("pong"));
  }

  @Test
  void aCommandRunsAsTheUserOfTheSession() {
    Peer peer = world.signedIn(ann);

    peer.send("rooms.list", "reply-1", Map.of());

    assertThat(peer.awaitOn("reply-1").path("body").path("user").asText())
        .isEqualTo(ann.toString());
  }

  @Test
  void whoHasANewNameSpeaksUnderItOverTheSocketsThatAreOpen() {
    Peer ours = world.signedIn(ann);
    Peer other = world.signedIn(bob);

    world.bus.announce(ProfilesApi.RENAMED, new ProfilesApi.Renamed(ann, "Ann of now"));

    await().until(() -> name(ours).equals("Ann of now"));
    assertThat(name(other)).isEqualTo("Name");
  }

  private static String name(Peer peer) {
    String reply = UUID.randomUUID().toString();
    peer.send("rooms.list", reply, Map.of());
    return peer.awaitOn(reply).path("body").path("name").asText();
  }

  @Test
  void eachCallHasACorrelationOfItsOwn() {
    Command telling =
        (caller, args) ->
            Future.succeededFuture(
                TextNode.valueOf(Correlation.current().map(Correlation::id).orElse("none")));
    try (TestBridge other = new TestBridge(config -> config, Map.of("rooms.get", telling))) {
      Peer peer = other.signedIn(ann);

      peer.send("rooms.get", "reply-1", Map.of());
      peer.send("rooms.get", "reply-2", Map.of());

      String first = peer.awaitOn("reply-1").path("body").asText();
      assertThat(first).matches("[0-9a-f]{32}");
      assertThat(peer.awaitOn("reply-2").path("body").asText())
          .matches("[0-9a-f]{32}")
          .isNotEqualTo(first);
    }
  }

  @Test
  void aTokenInTheHeadersOfAFrameServesAsSession() {
    Peer peer = Peer.raw(world.vertx, world.port());
    String token = world.token(ann, java.time.Duration.ofMinutes(5));

    peer.write(
        "{\"type\":\"send\",\"address\":\"rooms.list\",\"replyAddress\":\"r\",\"body\":{},"
            + "\"headers\":{\"Authorization\":\"Bearer "
            + token
            + "\"}}");

    assertThat(peer.awaitOn("r").path("body").path("user").asText()).isEqualTo(ann.toString());
  }

  @Test
  void withoutACursorEntriesComeFromNowOn() {
    LogId room = world.logs.room(ann, bob);
    world.logs.append(room, "before");
    Peer peer = world.signedIn(ann);

    JsonNode ready = peer.listen(room);
    world.logs.append(room, "after");
    peer.awaitSeq(room, 2);

    assertThat(ready.path("head").asLong()).isEqualTo(1);
    assertThat(ready.path("complete").asBoolean()).isTrue();
    assertThat(ready.path("cursor").asText()).isEqualTo(world.logs.cursor(room, 1));
    assertThat(peer.seqs(room)).containsExactly(2L);
  }

  @Test
  void withACursorWhatWasMissedComesFirstAndNothingTwice() {
    LogId room = world.logs.room(ann);
    for (int i = 1; i <= 10; i++) {
      world.logs.append(room, "missed " + i);
    }
    Peer peer = world.signedIn(ann);

    peer.listen(room, world.logs.cursor(room, 4));
    world.logs.append(room, "live");
    peer.awaitSeq(room, 11);

    assertThat(peer.seqs(room)).containsExactly(5L, 6L, 7L, 8L, 9L, 10L, 11L);
    List<String> kinds = peer.kinds();
    assertThat(kinds.indexOf("ready")).isEqualTo(kinds.size() - 2);
  }

  @Test
  void whoMissedTooMuchIsToldToPage() {
    LogId room = world.logs.room(ann);
    for (int i = 1; i <= 301; i++) {
      world.logs.append(room, "missed " + i);
    }
    Peer peer = world.signedIn(ann);

    JsonNode ready = peer.listen(room, world.logs.cursor(room, 0));
    world.logs.append(room, "live");
    peer.awaitSeq(room, 302);

    assertThat(ready.path("complete").asBoolean()).isFalse();
    assertThat(ready.path("head").asLong()).isEqualTo(301);
    assertThat(peer.seqs(room)).containsExactly(302L);
  }

  @Test
  void aCursorThatDoesNotFitTheLogIsReset() {
    LogId room = world.logs.room(ann);
    LogId other = world.logs.room(ann);
    world.logs.append(room, "one");
    world.logs.append(other, "one");

    for (String cursor : List.of(world.logs.cursor(other, 1), "nonsense", "AAAA")) {
      Peer peer = world.signedIn(ann);
      JsonNode ready = peer.listen(room, cursor);
      assertThat(ready.path("reset").asBoolean()).as(cursor).isTrue();
      assertThat(ready.path("complete").asBoolean()).as(cursor).isFalse();
    }
  }

  @Test
  void everySubscriberSeesTheSameOrder() {
    LogId room = world.logs.room(ann, bob);
    Peer first = world.signedIn(ann);
    Peer second = world.signedIn(bob);
    first.listen(room);
    second.listen(room);

    for (int i = 0; i < 50; i++) {
      first.send("messages.post", "a" + i, post(room, "a" + i));
      second.send("messages.post", "b" + i, post(room, "b" + i));
    }
    first.awaitSeq(room, 100);
    second.awaitSeq(room, 100);

    List<Long> all = LongStream.rangeClosed(1, 100).boxed().toList();
    assertThat(first.seqs(room)).isEqualTo(all);
    assertThat(second.seqs(room)).isEqualTo(all);
    assertThat(world.count("parley.bridge.deliveries")).isEqualTo(200);
  }

  @Test
  void whoIsExpelledSeesTheEntryAndNothingAfterIt() {
    LogId room = world.logs.room(ann, bob);
    Peer stays = world.signedIn(ann);
    Peer goes = world.signedIn(bob);
    stays.listen(room);
    goes.listen(room);

    world.logs.append(room, "one");
    world.logs.expel(room, bob);
    world.logs.append(room, "three");
    world.logs.signal(room, "typing");
    stays.awaitBody(body -> Peer.kind(body).equals("typing"));
    JsonNode error = goes.awaitError();

    assertThat(stays.seqs(room)).containsExactly(1L, 2L, 3L);
    assertThat(goes.seqs(room)).containsExactly(1L, 2L);
    assertThat(goes.kinds()).doesNotContain("typing");
    assertThat(error.path("address").asText()).isEqualTo(room.toString());
    assertThat(error.path("failureCode").asInt()).isEqualTo(4031);
  }

  @Test
  void anOldExpulsionInTheBacklogExpelsNobody() {
    LogId room = world.logs.room(ann);
    world.logs.expel(room, ann);
    world.logs.append(room, "back again");
    world.logs.readmit(room, ann);
    Peer peer = world.signedIn(ann);

    peer.listen(room, world.logs.cursor(room, 0));
    world.logs.append(room, "live");
    peer.awaitSeq(room, 3);

    assertThat(peer.seqs(room)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void whoUnregistersHearsNothingMore() {
    LogId room = world.logs.room(ann, bob);
    Peer stays = world.signedIn(ann);
    Peer goes = world.signedIn(bob);
    stays.listen(room);
    goes.listen(room);

    goes.unregister(room);
    goes.send("rooms.list", "after", Map.of());
    goes.awaitOn("after");
    world.logs.append(room, "one");
    stays.awaitSeq(room, 1);
    goes.send("rooms.list", "later", Map.of());
    goes.awaitOn("later");

    assertThat(goes.seqs(room)).isEmpty();
  }

  @Test
  void registeringAgainAndAgainMixesNoBacklogs() {
    LogId room = world.logs.room(ann);
    for (int i = 1; i <= 5; i++) {
      world.logs.append(room, "missed " + i);
    }
    Peer peer = world.signedIn(ann);
    String start = world.logs.cursor(room, 0);

    for (int i = 0; i < 20; i++) {
      peer.register(room, start);
      peer.unregister(room);
    }
    peer.send("rooms.list", "done", Map.of());
    peer.awaitOn("done");
    int before = peer.got.size();
    peer.register(room, world.logs.cursor(room, 3));
    world.logs.append(room, "live");
    peer.awaitSeq(room, 6);

    List<Long> last =
        peer.got.subList(before, peer.got.size()).stream()
            .filter(message -> message.path("body").has("seq"))
            .map(message -> message.path("body").path("seq").asLong())
            .toList();
    assertThat(last).containsExactly(4L, 5L, 6L);
  }

  @Test
  void theOwnUserLogCanBeHeard() {
    Peer peer = world.signedIn(ann);
    LogId own = LogId.user(ann.value());

    JsonNode ready = peer.listen(own);
    world.logs.append(own, "for you");
    peer.awaitSeq(own, 1);

    assertThat(ready.path("user").asText()).isEqualTo(ann.toString());
  }

  private static Map<String, Object> post(LogId room, String text) {
    return Map.of("room", room.id().toString(), "cid", text, "text", text);
  }
}
