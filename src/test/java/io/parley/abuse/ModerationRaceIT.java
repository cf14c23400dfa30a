package io.parley.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.SocketClient;
import io.parley.rooms.Role;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * People write in every way there is while they are made to go, banned or muted, or while the room
 * is archived: nothing of theirs is numbered after the entry that says so. On a real node.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModerationRaceIT {
  private static final int RACES = 12;
  private static final String DELETE = "messages.delete";
  private static final List<String> WAYS =
      List.of(
          "messages.post",
          "messages.edit",
          DELETE,
          "messages.react",
          "messages.unreact",
          "messages.pin",
          "messages.unpin",
          RoomStage.IN_A_THREAD,
          RoomStage.FROM_ELSEWHERE);

  private RoomStage stage;

  @BeforeAll
  void start(@TempDir Path data) {
    stage = new RoomStage(data);
  }

  @AfterAll
  void close() {
    stage.close();
  }

  /** What stops somebody, and why they are refused from then on. */
  enum Stop {
    KICK("rooms.remove", "kick", Reason.NOT_MEMBER),
    BAN("rooms.ban", "ban", Reason.BANNED),
    MUTE("rooms.mute", "mute", Reason.MUTED),
    ARCHIVE("rooms.archive", "archive", Reason.READ_ONLY);

    final String command;
    final String kind;
    final Reason reason;

    Stop(String command, String kind, Reason reason) {
      this.command = command;
      this.kind = kind;
      this.reason = reason;
    }

    /** Whoever may not write may still take back what they said. */
    boolean concerns(String way) {
      return this != MUTE || !way.equals(DELETE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsNumberedAfterTheEntryThatForbidsIt(Stop stop) {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<Future<JsonNode>> all = new ArrayList<>();
    try (RoomStage.Room room = stage.room("public", true);
        SocketClient owner = room.listener()) {
      for (int round = 0; round < RACES; round++) {
        all.addAll(race(stop, room, owner, random, stop + " seed " + seed + " round " + round));
      }
    }
    assertThat(all).as("who came before").anyMatch(Future::succeeded);
    assertThat(all).as("and after").anyMatch(each -> each.failed() && reason(each) == stop.reason);
  }

  private static List<Future<JsonNode>> race(
      Stop stop, RoomStage.Room room, SocketClient owner, Random random, String name) {
    room.again();
    room.becomes(Role.MODERATOR);
    long target = room.said();
    long kept = room.said();
    List<Future<JsonNode>> writing = new ArrayList<>();
    int before = random.nextInt(6);
    for (int i = 0; i < before; i++) {
      writing.add(writes(room, random, target));
    }
    Future<JsonNode> stopped = room.does(owner, stop.command, Map.of("seconds", 600));
    for (int i = 0; i < 8; i++) {
      writing.add(writes(room, random, target));
    }
    Await.of(stopped);
    for (String way : WAYS) {
      if (stop.concerns(way)) {
        Failure late = Await.failure(room.writes(way, kept));
        assertThat(late.reason()).as(name + " " + way).isEqualTo(stop.reason);
      }
    }
    Await.of(Future.join(writing).otherwiseEmpty());
    long head = room.head();
    await().atMost(Scene.PATIENCE).until(() -> room.heard(owner, head));
    long end = room.lastOf(owner, stop.kind);
    assertThat(room.saidAfter(owner, end))
        .as(name)
        .allMatch(entry -> !stop.concerns("messages." + entry.path("kind").asText()));
    return writing;
  }

  /** Only one of them deletes, or nothing would be left to be written at. */
  private static Future<JsonNode> writes(RoomStage.Room room, Random random, long target) {
    String way = WAYS.get(random.nextInt(WAYS.size()));
    boolean rarely = way.equals(DELETE) && random.nextInt(4) > 0;
    return room.writes(rarely ? WAYS.get(0) : way, target);
  }

  @Test
  void whoComesInWhileTheyAreBannedIsOutInTheEnd() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    try (RoomStage.Room room = stage.room("public", true);
        SocketClient owner = room.listener()) {
      for (int round = 0; round < RACES; round++) {
        String name = "seed " + seed + " round " + round;
        room.again();
        Await.of(room.does(owner, "rooms.remove", Map.of()));
        boolean first = random.nextBoolean();
        List<Future<?>> both = new ArrayList<>();
        if (first) {
          both.add(room.comes());
        }
        both.add(room.does(owner, "rooms.ban", Map.of()));
        if (!first) {
          both.add(room.comes());
        }
        Await.of(Future.join(both).otherwiseEmpty());

        assertThat(reason(room.comes())).as(name).isEqualTo(Reason.BANNED);
        assertThat(reason(room.says("late"))).as(name).isEqualTo(Reason.BANNED);
        long head = room.head();
        await().atMost(Scene.PATIENCE).until(() -> room.heard(owner, head));
        assertThat(room.last(owner).path("kind").asText()).as(name).isEqualTo("ban");
      }
    }
  }

  private static Reason reason(Future<?> refused) {
    return Await.failure(refused).reason();
  }
}
