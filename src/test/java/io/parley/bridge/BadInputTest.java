package io.parley.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.UserId;
import io.parley.log.LogId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a client sends: a number that says what is wrong, nothing stored, nobody else harmed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
  private static final int MAX_FRAME = 64 * 1024;

  private final UserId ann = TestBridge.user();
  private final UserId bob = TestBridge.user();
  private TestBridge world;
  private LogId room;
  private LogId foreign;

  @BeforeAll
  void open() {
    world = new TestBridge(config -> Configs.with(config, 1000, 5));
    room = world.logs.room(ann);
    foreign = world.logs.room(bob);
  }

  @AfterAll
  void close() {
    world.close();
  }

  static List<Arguments> refusals() throws IOException {
    List<Arguments> rows = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("src/test/resources/bridge/bad-input.txt"))) {
      if (!line.startsWith("#")) {
        String[] cells = line.split(" ?\\| ?", 4);
        rows.add(Arguments.of(cells[0], cells[3], Integer.parseInt(cells[1]), cells[2]));
      }
    }
    return rows;
  }

  @ParameterizedTest(name = "{0} -> {2}")
  @MethodSource("refusals")
  void isRefusedByNumberAndTheSocketLives(String id, String frame, int code, String address) {
    Peer peer = world.signedIn(ann);

    peer.write(filled(frame));
    JsonNode error = peer.awaitError();
    peer.write("{\"type\":\"ping\"}");
    peer.await(message -> message.path("type").asText().equals("pong"));

    assertThat(error.path("failureCode").asInt()).as(id).isEqualTo(code);
    assertThat(error.path("failureType").asText()).isEqualTo("RECIPIENT_FAILURE");
    assertThat(error.path("address").asText()).isEqualTo(filled(address));
    assertThat(error.path("message").asText()).matches("[A-Z_]+( [A-Za-z]+=[^ :]+)*: .+");
    assertThat(world.logs.of(room)).isEmpty();
    assertThat(world.logs.of(foreign)).isEmpty();
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

  static Stream<Arguments> violations() {
    byte[] latin = {'"', (byte) 0xE9, '"'};
    byte[] overlong = {(byte) 0xC0, (byte) 0x80};
    byte[] surrogate = {(byte) 0xED, (byte) 0xA0, (byte) 0x80};
    byte[] big = "x".repeat(MAX_FRAME + 1).getBytes(StandardCharsets.UTF_8);
    byte[] text = "{}".getBytes(StandardCharsets.UTF_8);
    return Stream.of(
        Arguments.of("invalid UTF-8", WireTap.encode(0x81, 0x80, latin), "close 1007"),
        Arguments.of("overlong UTF-8", WireTap.encode(0x81, 0x80, overlong), "close 1007"),
        Arguments.of("a surrogate in UTF-8", WireTap.encode(0x81, 0x80, surrogate), "close 1007"),
        Arguments.of("a frame over 64 KiB", WireTap.encode(0x81, 0x80, big), "close 1009"),
        Arguments.of("a binary frame", WireTap.encode(0x82, 0x80, text), "close 1003"),
        Arguments.of("an unmasked frame", WireTap.encode(0x81, 0, text), "close 1002"),
        Arguments.of("a reserved bit", WireTap.encode(0xC1, 0x80, text), "close 1002"),
        Arguments.of("a reserved opcode", WireTap.encode(0x83, 0x80, text), "close 1002"),
        Arguments.of("a fat ping", WireTap.encode(0x89, 0x80, new byte[126]), "close 1002"));
  }

  @ParameterizedTest(name = "{0} -> {2}")
  @MethodSource("violations")
  void whoBreaksTheTransportIsClosedWithItsCode(String id, byte[] bytes, String end) {
    try (WireTap tap = new WireTap(world.port(), 0)) {
      tap.write(bytes);

      assertThat(tap.end()).as(id).isEqualTo(end);
    }
  }

  @Test
  void aMessageInPiecesMayNotBeBiggerThanAFrame() {
    try (WireTap tap = new WireTap(world.port(), 0)) {
      byte[] half = "x".repeat(MAX_FRAME * 2 / 3).getBytes(StandardCharsets.UTF_8);
      tap.frame(0x01, half);
      tap.frame(0x80, half);

      assertThat(tap.end()).isEqualTo("close 1009");
    }
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
        .replace("$deep", "[".repeat(1000) + "]".repeat(1000))
        .replace("$long", "x".repeat(999))
        .replace("$foreign", foreign.id().toString())
        .replace("$bobsToken", world.token(bob, Duration.ofMinutes(5)))
        .replace("$bob", bob.toString())
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
