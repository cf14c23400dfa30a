package io.parley.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.accounts.UserId;
import io.parley.log.LogId;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Registering, leaving and leasing at the worst moment. */
class RegistrationRaceTest {
  private final Promise<JsonNode> edit = Promise.promise();
  private final TestBridge world =
      new TestBridge(config -> config, Map.of("messages.edit", (caller, args) -> edit.future()));
  private final UserId ann = TestBridge.user();
  private final LogId room = world.logs.room(ann);
  private final Peer peer = world.signedIn(ann);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void whoLeavesBeforeTheNodeListensIsServedOn() {
    world.logs.leasing(Promise.<Void>promise().future());

    for (int i = 0; i < 40; i++) {
      LogId other = world.logs.room(ann);
      peer.register(other);
      peer.unregister(other);
    }
    peer.send("rooms.list", "served", Map.of());

    assertThat(peer.awaitOn("served").path("type").asText()).isEqualTo("rec");
  }

  @Test
  void leavingDoesNotPassARegistrationThatWaits() {
    peer.send("messages.edit", "edited", Map.of("room", room.id().toString()));
    peer.register(room);
    peer.unregister(room);
    peer.send("rooms.list", "after", Map.of());
    peer.awaitOn("after");

    edit.complete(JsonNodeFactory.instance.objectNode());
    peer.awaitOn("edited");
    JsonNode ready = peer.listen(room);
    world.logs.append(room, "heard once");
    peer.awaitSeq(room, 1);

    assertThat(ready.path("head").asLong()).isZero();
    assertThat(peer.got).noneMatch(message -> message.path("type").asText().equals("err"));
  }

  @Test
  void aLeaseGrantedWhileOthersAreDeliveredIsNoSignOfLoss() {
    peer.listen(room);
    Promise<Void> granted = Promise.promise();
    world.logs.leasing(granted.future());
    LogId other = world.logs.room(ann);
    peer.register(other);
    Awaitility.await().until(() -> world.logs.leased(other));
    for (int i = 1; i <= 5; i++) {
      world.logs.append(room, "meanwhile " + i);
    }
    peer.awaitSeq(room, 5);
    int before = world.logs.comparisons();

    granted.complete();
    peer.awaitBody(body -> body.path("room").asText().equals(other.id().toString()));
    world.logs.append(room, "after");
    peer.awaitSeq(room, 6);

    // In trouble heads are compared each half second, otherwise each five.
    Awaitility.await()
        .during(Duration.ofMillis(1600))
        .until(() -> world.logs.comparisons() <= before + 1);
  }

  @Test
  void aLeaseWhoseReturnWasLostDoesNotStayForEver() {
    LogId other = world.logs.room(ann);
    peer.listen(room);
    peer.register(other);
    peer.awaitBody(body -> body.path("room").asText().equals(other.id().toString()));
    world.logs.loseReleases();

    peer.unregister(other);

    Awaitility.await().until(() -> !world.logs.leased(other));
    Awaitility.await().until(() -> world.logs.leased(room));
    world.logs.append(room, "still heard");
    peer.awaitSeq(room, 1);
  }
}
