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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What people's devices learn of threads, on two nodes of which one is killed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThreadsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Vertx vertx = Vertx.vertx();
  private ParleyProcess one;
  private ParleyProcess two;

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

  @Test
  void whoTakesPartHearsOfItOnAllDevicesAndIsForgottenByNoCrash() {
    RestUser ann = RestClient.signUp(one.httpPort(), "Ann");
    RestUser bob = RestClient.signUp(one.httpPort(), "Bob");
    String room = ann.rest().room("threads", "public");
    bob.rest().post("/api/rooms/" + room + "/join", Map.of()).expect(200);
    long root = says(ann, room, Optional.empty());
    SocketClient desk = SocketClient.open(vertx, one.bridgePort(), ann.token());
    SocketClient phone = SocketClient.open(vertx, two.bridgePort(), ann.token());
    desk.register("user." + ann.id(), Optional.empty());
    phone.register("user." + ann.id(), Optional.empty());

    long reply = says(bob, room, Optional.of(root));
    await().atMost(PATIENCE).until(() -> told(phone, ann).path("unread").asLong() == 1);
    Await.of(desk.send("threads.read", Map.of("room", room, "target", root, "seq", reply)));
    await().atMost(PATIENCE).until(() -> told(phone, ann).path("read").asLong() == reply);
    assertThat(told(phone, ann).path("unread").asLong()).isZero();

    says(bob, room, Optional.of(root));
    two.kill9();
    String following = "/api/rooms/" + room + "/messages/" + root + "/thread/following";
    await()
        .atMost(PATIENCE)
        .until(() -> ann.rest().get(following).body().path("unread").asLong() == 1);
    JsonNode listed = bob.rest().get("/api/me/threads").expect(200).body();
    assertThat(listed.path("threads").path(0).path("thread").asLong()).isEqualTo(root);
    assertThat(listed.path("roots").path(0).path("seq").asLong()).isEqualTo(root);
    assertThat(bob.rest().delete(following).expect(200).body().path("following").asBoolean())
        .isFalse();
    assertThat(bob.rest().get("/api/me/threads").expect(200).body().path("threads")).isEmpty();
    desk.close();
    phone.close();
  }

  private static long says(RestUser who, String room, Optional<Long> thread) {
    Map<String, Object> post = new HashMap<>(Map.of("text", "hello"));
    thread.ifPresent(root -> post.put("thread", root));
    return who.rest()
        .post("/api/rooms/" + room + "/messages", post)
        .expect(201)
        .body()
        .path("seq")
        .asLong();
  }

  /** What a device was told last of a thread. */
  private static JsonNode told(SocketClient device, RestUser owner) {
    return device.received("user." + owner.id()).stream()
        .filter(note -> note.path("kind").asText().equals("thread"))
        .map(note -> note.path("body"))
        .reduce(MissingNode.getInstance(), (a, b) -> b);
  }
}
