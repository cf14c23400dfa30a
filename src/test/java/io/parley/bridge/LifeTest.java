package io.parley.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.accounts.AccountsApi;
import io.parley.accounts.SessionId;
import io.parley.accounts.UserId;
import io.parley.commands.Command;
import io.parley.config.BridgeConfig;
import io.parley.fixtures.Await;
import io.parley.fixtures.WireTap;
import io.parley.log.LogId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How sockets come to their end, and what happens in their order. */
class LifeTest {
  private final UserId ann = TestBridge.user();
  private final SessionId session = new SessionId(UUID.randomUUID());
  private TestBridge world;

  private void start(UnaryOperator<BridgeConfig> change) {
    world = new TestBridge(change);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void whoNeverSignsInIsClosed() {
    start(config -> times(config, 300, 60_000, 20_000));

    assertThat(Peer.raw(world.vertx, world.port()).closeCode()).isEqualTo(4401);
  }

  @Test
  void aPeerThatAnswersNoPingIsClosedAndOneThatDoesIsNot() {
    start(config -> times(config, 60_000, 1_500, 300));
    Peer lively = world.signedIn(ann);
    try (WireTap dead = new WireTap(world.port(), 0)) {
      assertThat(dead.end()).isEqualTo("close 4508");
    }
    assertThat(lively.closed()).isFalse();
  }

  @Test
  void aSessionIsWarnedThenStoppedThenClosed() {
    start(config -> config);
    LogId room = world.logs.room(ann);
    Peer peer = Peer.raw(world.vertx, world.port());
    peer.open(world.token(ann, session, Duration.ofMinutes(5)));
    peer.listen(room);

    world.clock.move(Duration.ofSeconds(245));
    JsonNode warning = peer.awaitBody(body -> Peer.kind(body).equals("session.expiring"));
    world.clock.move(Duration.ofSeconds(60));
    peer.send("rooms.list", "late", Map.of());
    JsonNode refusal = peer.awaitOn("late");
    world.clock.move(Duration.ofSeconds(30));

    assertThat(peer.closeCode()).isEqualTo(4401);
    assertThat(warning.path("user").asText()).isEqualTo(ann.toString());
    assertThat(refusal.path("failureCode").asInt()).isEqualTo(4011);
    assertThat(peer.kinds().stream().filter("session.expiring"::equals)).hasSize(1);
  }

  @Test
  void whoRenewsAfterTheEndMissesNothing() {
    start(config -> config);
    LogId room = world.logs.room(ann);
    UserId bob = world.member(room);
    Peer witness = world.signedIn(bob);
    witness.listen(room);
    Peer peer = Peer.raw(world.vertx, world.port());
    peer.open(world.token(ann, session, Duration.ofMinutes(5)));
    peer.listen(room);
    world.logs.append(room, "one");
    peer.awaitSeq(room, 1);

    world.clock.move(Duration.ofSeconds(310));
    peer.send("rooms.list", "late", Map.of());
    peer.awaitOn("late");
    world.logs.append(room, "two");
    witness.awaitSeq(room, 2);
    List<Long> meanwhile = peer.seqs(room);
    String token = world.token(ann, session, Duration.ofMinutes(5));
    peer.send("session.renew", "renewed", Map.of("token", token));
    peer.awaitSeq(room, 2);
    world.logs.append(room, "three");
    peer.awaitSeq(room, 3);

    assertThat(meanwhile).containsExactly(1L);
    assertThat(peer.seqs(room)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aSessionThatEndsTakesItsSocketsWithIt() {
    start(config -> config);
    Peer ended = Peer.raw(world.vertx, world.port());
    ended.open(world.token(ann, session, Duration.ofMinutes(5)));
    Peer other = world.signedIn(ann);

    world.bus.announce(AccountsApi.SESSION_ENDED, new AccountsApi.SessionEnded(ann, session));

    assertThat(ended.closeCode()).isEqualTo(4403);
    assertThat(other.closed()).isFalse();
  }

  @Test
  void aSessionThatEndedAMomentAgoGetsNoSocket() {
    start(config -> config);
    world.bridge.ended(session);
    Peer late = Peer.raw(world.vertx, world.port());

    late.send(
        "session.open", "r", Map.of("token", world.token(ann, session, Duration.ofMinutes(5))));

    assertThat(late.closeCode()).isEqualTo(4403);
  }

  @Test
  void oneSocketTooManyClosesTheOldest() {
    start(config -> Configs.with(config, 2, 20));
    Peer first = world.signedIn(ann);
    Peer second = world.signedIn(ann);
    Peer stranger = world.signedIn(TestBridge.user());

    Peer third = world.signedIn(ann);

    assertThat(first.closeCode()).isEqualTo(4429);
    assertThat(second.closed()).isFalse();
    assertThat(third.closed()).isFalse();
    assertThat(stranger.closed()).isFalse();
  }

  @Test
  void aLeavingNodeSendsEverybodyElsewhereAndLetsNobodyIn() {
    start(config -> config);
    List<Peer> peers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      peers.add(world.signedIn(TestBridge.user()));
    }

    Await.of(world.bridge.drain(Duration.ofMillis(300)));

    assertThat(peers).extracting(Peer::closeCode).containsOnly(4503);
    assertThat(world.bridge.open()).isZero();
    assertThat(Await.failure(Future.future(p -> connectAgain(p))).detail()).isNotEmpty();
  }

  private void connectAgain(Promise<Object> promise) {
    try {
      promise.complete(Peer.raw(world.vertx, world.port()));
    } catch (RuntimeException refused) {
      promise.fail(refused);
    }
  }

  @Test
  void inOneRoomNothingPassesAnUnsettledPost() {
    ConcurrentLinkedQueue<Promise<JsonNode>> open = new ConcurrentLinkedQueue<>();
    world = new TestBridge(config -> config, Map.of("messages.edit", hold(open)));
    Peer peer = world.signedIn(ann);
    String room = UUID.randomUUID().toString();

    peer.send("messages.edit", "slow", Map.of("room", room, "text", "slow"));
    peer.send("messages.edit", "next", Map.of("room", room, "text", "next"));
    peer.send("messages.edit", "other", Map.of("room", UUID.randomUUID(), "text", "other"));
    peer.send("rooms.list", "free", Map.of());
    peer.awaitOn("free");
    List<String> before = List.copyOf(world.ran);
    open.remove().complete(JsonNodeFactory.instance.objectNode());
    peer.awaitOn("slow");
    Awaitility.await().until(() -> world.ran.size() == 3);

    assertThat(before).containsExactly("slow", "other");
    assertThat(world.ran).containsExactly("slow", "other", "next");
  }

  @Test
  void aPeerThatAsksFasterThanItIsServedIsNotReadButLosesNothing() {
    ConcurrentLinkedQueue<Promise<JsonNode>> open = new ConcurrentLinkedQueue<>();
    world = new TestBridge(config -> config, Map.of("messages.edit", hold(open)));
    Peer peer = world.signedIn(ann);

    for (int i = 0; i < 200; i++) {
      peer.send("messages.edit", "r" + i, Map.of("text", "t" + i));
    }
    Awaitility.await().until(() -> world.ran.size() == 32);
    peer.send("rooms.list", "last", Map.of());
    Awaitility.await()
        .until(
            () -> {
              Promise<JsonNode> next;
              while ((next = open.poll()) != null) {
                next.complete(JsonNodeFactory.instance.objectNode());
              }
              return world.ran.size() == 200 && open.isEmpty();
            });
    peer.awaitOn("last");

    assertThat(world.ran).isEqualTo(IntStream.range(0, 200).mapToObj(i -> "t" + i).toList());
  }

  private Command hold(Queue<Promise<JsonNode>> open) {
    return (caller, args) -> {
      world.ran.add(args.text("text"));
      Promise<JsonNode> promise = Promise.promise();
      open.add(promise);
      return promise.future();
    };
  }

  private static BridgeConfig times(
      BridgeConfig config, long authentication, long liveness, long heartbeat) {
    return Configs.times(
        config,
        Duration.ofMillis(authentication),
        Duration.ofMillis(liveness),
        Duration.ofMillis(heartbeat));
  }
}
