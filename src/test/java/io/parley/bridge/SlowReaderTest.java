package io.parley.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.fixtures.WireTap;
import io.parley.json.Json;
import io.parley.log.LogId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who does not read is let go; everybody else does not notice. */
class SlowReaderTest {
  private static final String TEXT = "x".repeat(30_000);
  private static final int ENTRIES = 500;
  private static final int FEW = 50;
  private static final long FLOOD = 64 << 20;

  private final UserId ann = TestBridge.user();
  private TestBridge world;

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aReaderWithTooMuchUnsentIsClosedWhileOthersGetAll() {
    world =
        new TestBridge(config -> Configs.unsent(config, 1 << 20, Duration.ofMinutes(1), 1 << 28));
    LogId room = world.logs.room(ann);
    Peer reader = world.signedIn(ann);
    reader.listen(room);
    try (WireTap stalled = stalled(room)) {
      appendAtThePaceOf(reader, room);
      Awaitility.await().until(() -> closedAsSlow() == 1);

      assertThat(reader.seqs(room)).isEqualTo(LongStream.rangeClosed(1, ENTRIES).boxed().toList());
      assertThat(stalled.end()).isEqualTo("close 4408");
      Awaitility.await().until(() -> world.bridge.open() == 1);
      assertThat(world.meters.get("parley.bridge.unsent.bytes").gauge().value()).isZero();
    }
  }

  @Test
  void whatAReaderDoesNotTakeIsCountedHereAndNotHiddenInTheKernel() {
    world =
        new TestBridge(config -> Configs.unsent(config, 1 << 28, Duration.ofMinutes(1), 1 << 29));
    LogId room = world.logs.room(ann);
    try (WireTap stalled = stalled(room)) {
      for (int i = 0; i < FEW; i++) {
        world.logs.append(room, TEXT);
      }

      Awaitility.await()
          .until(
              () ->
                  world.meters.get("parley.bridge.unsent.bytes").gauge().value()
                      > FEW * TEXT.length() / 2.0);
      assertThat(world.bridge.open()).isEqualTo(1);
      stalled.text("{\"type\":\"ping\"}");
    }
  }

  @Test
  void aReaderThatIsBehindForTooLongIsClosed() {
    world =
        new TestBridge(config -> Configs.unsent(config, 1 << 28, Duration.ofSeconds(1), 1 << 29));
    LogId room = world.logs.room(ann);
    try (WireTap stalled = stalled(room)) {
      for (int i = 0; i < ENTRIES; i++) {
        world.logs.append(room, TEXT);
      }
      Awaitility.await().until(() -> closedAsSlow() == 1);

      assertThat(stalled.end()).isEqualTo("close 4408");
    }
  }

  @Test
  void aReaderThatTakesNotEvenALittleIsClosed() {
    world =
        new TestBridge(config -> Configs.unsent(config, 1 << 28, Duration.ofSeconds(1), 1 << 29));
    LogId room = world.logs.room(ann);
    AtomicInteger most = new AtomicInteger();
    try (WireTap first = stalled(room)) {
      Awaitility.await()
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> {
                world.logs.append(room, TEXT);
                most.incrementAndGet();
                return world.meters.get("parley.bridge.unsent.bytes").gauge().value() > 0;
              });
      Awaitility.await().until(() -> closedAsSlow() == 1);
      assertThat(first.end()).isIn("close 4408", "cut");
    }

    LogId other = world.logs.room(ann);
    try (WireTap second = stalled(other)) {
      for (int i = 4; i < most.get(); i++) {
        world.logs.append(other, TEXT);
      }
      Awaitility.await().until(() -> closedAsSlow() == 2);
      assertThat(second.end()).isIn("close 4408", "cut");
    }
  }

  @Test
  void whenANodeHoldsTooMuchTheSlowestGoFirst() {
    world =
        new TestBridge(config -> Configs.unsent(config, 1 << 28, Duration.ofMinutes(1), 1 << 20));
    LogId room = world.logs.room(ann);
    Peer reader = world.signedIn(ann);
    reader.listen(room);
    try (WireTap stalled = stalled(room)) {
      appendAtThePaceOf(reader, room);
      Awaitility.await().until(() -> closedAsSlow() == 1);

      assertThat(reader.closed()).isFalse();
      assertThat(stalled.end()).isEqualTo("close 4408");
    }
  }

  @Test
  void whatIsFleetingIsDroppedFirst() {
    world =
        new TestBridge(config -> Configs.unsent(config, 1 << 28, Duration.ofMinutes(1), 1 << 29));
    LogId room = world.logs.room(ann);
    try (WireTap slow = stalled(room)) {
      for (int i = 0; i < ENTRIES; i++) {
        world.logs.append(room, TEXT);
      }
      Awaitility.await()
          .until(() -> world.meters.get("parley.bridge.unsent.bytes").gauge().value() > 1 << 20);
      world.logs.signal(room, "typing");
      world.logs.append(room, "last");

      String frame = slow.next();
      int typing = 0;
      int entries = 0;
      while (!frame.contains("\"last\"")) {
        typing += frame.contains("\"typing\"") ? 1 : 0;
        entries += frame.contains("\"message\"") ? 1 : 0;
        frame = slow.next();
      }
      assertThat(typing).isZero();
      assertThat(entries).isEqualTo(ENTRIES);
    }
  }

  @Test
  void whoOnlyPingsAndNeverReadsIsNotReadEitherAndThenClosed() {
    world =
        new TestBridge(config -> Configs.unsent(config, 1 << 28, Duration.ofSeconds(1), 1 << 29));
    byte[] pings = new byte[64 * 1024];
    byte[] ping = WireTap.encode(0x89, 0x80, new byte[58]);
    for (int i = 0; i < pings.length; i += ping.length) {
      System.arraycopy(ping, 0, pings, i, ping.length);
    }
    try (WireTap tap = new WireTap(world.port(), 4096)) {
      long taken = tap.writeUntilClosed(pings, FLOOD);

      assertThat(taken).isLessThan(FLOOD);
      assertThat(closedAsSlow()).isEqualTo(1);
    }
  }

  private void appendAtThePaceOf(Peer reader, LogId room) {
    for (int i = 1; i <= ENTRIES; i++) {
      world.logs.append(room, TEXT);
      if (i % 10 == 0) {
        reader.awaitSeq(room, i);
      }
    }
  }

  /** Registers and then never reads. */
  private WireTap stalled(LogId room) {
    UserId user = world.member(room);
    WireTap tap = new WireTap(world.port(), 4096);
    String token = world.token(user, Duration.ofMinutes(5));
    Map<String, Object> open =
        Map.of("type", "send", "address", "session.open", "body", Map.of("token", token));
    tap.text(Json.write(open));
    tap.text(Json.write(Map.of("type", "register", "address", room.toString())));
    assertThat(List.of(tap.next())).first().asString().contains("\"ready\"");
    return tap;
  }

  private double closedAsSlow() {
    return world.count("parley.bridge.closed", "code", "4408");
  }
}
