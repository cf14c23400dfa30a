package io.parley.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.UserId;
import io.parley.fixtures.WireTap;
import io.parley.log.LogId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What strangers send, what is just not too much, and when it is enough. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
  private static final int MAX_FRAME = 64 * 1024;

  private final UserId ann = TestBridge.user();
  private TestBridge world;
  private LogId room;

  @BeforeAll
  void open() {
    world = new TestBridge(config -> Configs.with(config, 1000, 5));
    room = world.logs.room(ann);
  }

  @AfterAll
  void close() {
    world.close();
  }

  static Stream<Arguments> strangers() {
    return Stream.of(
        Arguments.of("no token", call("rooms.list", "{}"), 4010),
        Arguments.of("no token to register", register("room.$room"), 4010),
        Arguments.of("no token for an unknown command", call("x", "{}"), 4010),
        Arguments.of("renew without a session", call("session.renew", "{\"token\":\"x\"}"), 4010),
        Arguments.of("a forged token", call("session.open", "{\"token\":\"x\"}"), 4010),
        Arguments.of("an expired token", call("session.open", "{\"token\":\"$expired\"}"), 4011));
  }

  @ParameterizedTest(name = "{0} -> {2}")
  @MethodSource("strangers")
  void aStrangerIsToldWhy(String id, String frame, int code) {
    Peer peer = Peer.raw(world.vertx, world.port());

    peer.write(filled(frame));

    assertThat(peer.awaitError().path("failureCode").asInt()).as(id).isEqualTo(code);
    assertThat(peer.closed()).isFalse();
  }

  @Test
  void aMessageInPiecesIsOneMessage() {
    try (WireTap tap = new WireTap(world.port(), 0)) {
      tap.frame(0x01, "{\"type\":".getBytes(StandardCharsets.UTF_8));
      tap.frame(0x00, "\"pi".getBytes(StandardCharsets.UTF_8));
      tap.frame(0x80, "ng\"}".getBytes(StandardCharsets.UTF_8));

      assertThat(tap.next()).isEqualTo("{\"type\":\"pong\"}");
    }
  }

  @Test
  void theBiggestFrameIsStillServed() {
    Peer peer = world.signedIn(ann);
    String frame = call("rooms.list", "{\"pad\":\"$pad\"}");

    peer.write(frame.replace("$pad", "x".repeat(MAX_FRAME - frame.length() + 4)));

    assertThat(peer.awaitOn("r").path("type").asText()).isEqualTo("rec");
  }

  @Test
  void whoGoesOnSendingGarbageIsClosed() {
    Peer peer = world.signedIn(ann);

    for (int i = 0; i < 10; i++) {
      peer.write("garbage");
    }

    assertThat(peer.closeCode()).isEqualTo(4400);
  }

  @Test
  void whoGoesOnGuessingTokensIsClosed() {
    Peer peer = Peer.raw(world.vertx, world.port());

    for (int i = 0; i < 5; i++) {
      peer.write(call("session.open", "{\"token\":\"guess\"}"));
    }

    assertThat(peer.closeCode()).isEqualTo(4401);
  }

  @Test
  void registeringTwiceOrTooOftenIsRefused() {
    Peer peer = world.signedIn(ann);
    peer.listen(room);

    peer.register(room);
    JsonNode twice = peer.awaitError();
    List<LogId> many = Stream.generate(() -> world.logs.room(ann)).limit(5).toList();
    many.forEach(log -> peer.register(log));
    JsonNode last =
        peer.await(message -> message.path("address").asText().equals(many.get(4).toString()));

    assertThat(twice.path("failureCode").asInt()).isEqualTo(4092);
    assertThat(last.path("failureCode").asInt()).isEqualTo(4130);
    assertThat(last.path("message").asText()).startsWith("TOO_LARGE limit=5:");
  }

  private String filled(String frame) {
    return frame
        .replace("$room", room.id().toString())
        .replace("$expired", world.token(ann, Duration.ofSeconds(-1)));
  }

  private static String call(String address, String body) {
    return "{\"type\":\"send\",\"replyAddress\":\"r\",\"address\":\""
        + address
        + "\",\"body\":"
        + body
        + "}";
  }

  private static String register(String address) {
    return "{\"type\":\"register\",\"address\":\"" + address + "\"}";
  }
}
