package io.parley.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.abuse.RoomRights.Row;
import io.parley.abuse.RoomRights.Trial;
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
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The table in {@code ARCHITECTURE.md} of who may do what in a room: every cell, by REST and by
 * socket, against a node.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoomRightsIT {
  private static final int RACES = 25;

  private final List<Row> rows = RoomRights.rows();
  private RoomStage stage;

  @BeforeAll
  void start(@TempDir Path data) {
    stage = new RoomStage(data);
  }

  @AfterAll
  void close() {
    stage.close();
  }

  /** But for what those outside ask as well, and for what pages what another one shows. */
  @Test
  void everythingThatIsAskedOfARoomIsInTheTable() {
    Set<String> others =
        Set.of("rooms.get", "rooms.join", "messages.sync", "rooms.ask", "rooms.withdraw");

    assertThat(rows.stream().map(Row::command).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(stage.commands(others));
  }

  @Test
  void everyRoleMayWhatTheTableSays() {
    List<String> wrong =
        Stream.of(Role.values())
            .flatMap(role -> Stream.of(new Place(role, false), new Place(role, true)))
            .parallel()
            .flatMap(place -> wrong(place).stream())
            .toList();

    assertThat(wrong).isEmpty();
  }

  private record Place(Role role, boolean socket) {}

  /** What is not as the table says for one role, asked in one way in a room of its own. */
  private List<String> wrong(Place place) {
    List<String> wrong = new ArrayList<>();
    try (RoomStage.Room room = stage.room("private", place.socket())) {
      for (Trial trial : RoomRights.trials(rows, place.role())) {
        String found = room.tries(trial);
        if (!found.equals(trial.expected())) {
          wrong.add(place + " " + trial + " but " + found);
        }
      }
    }
    return wrong;
  }

  @Test
  void strangersLearnNothingOfPrivateRoomsAndAreToldToJoinPublicOnes() {
    for (boolean socket : List.of(false, true)) {
      try (RoomStage.Room hidden = stage.room("private", socket);
          RoomStage.Room open = stage.room("public", socket)) {
        for (Row row : rows) {
          assertThat(hidden.asStranger(row.command())).as(row.what()).isEqualTo("NOT_FOUND");
          if (!row.command().equals("rooms.leave")) {
            assertThat(open.asStranger(row.command())).as(row.what()).isEqualTo("NOT_MEMBER");
          }
        }
      }
    }
  }

  @Test
  void nothingOfWhoMayOnlyReadIsNumberedAfterTheirRole() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<Future<JsonNode>> all = new ArrayList<>();
    try (RoomStage.Room room = stage.room("private", true);
        SocketClient owner = room.listener()) {
      for (int round = 0; round < RACES; round++) {
        all.addAll(race(room, owner, random, "seed " + seed + " round " + round));
      }
    }
    assertThat(all).as("who came before").anyMatch(Future::succeeded);
    assertThat(all).as("and after").anyMatch(post -> post.failed() && readOnly(post));
  }

  private static List<Future<JsonNode>> race(
      RoomStage.Room room, SocketClient owner, Random random, String name) {
    room.becomes(Role.MEMBER);
    List<Future<JsonNode>> posts = new ArrayList<>();
    int before = random.nextInt(8);
    for (int i = 0; i < before; i++) {
      posts.add(room.says("before"));
    }
    Future<JsonNode> role = room.silences(owner);
    for (int i = 0; i < 8; i++) {
      posts.add(room.says("around"));
    }
    Await.of(role);
    assertThat(Await.failure(room.says("late")).reason()).as(name).isEqualTo(Reason.READ_ONLY);
    Await.of(Future.join(posts).otherwiseEmpty());
    long head = room.head();
    await().atMost(Scene.PATIENCE).until(() -> room.heard(owner, head));
    long silenced = room.lastRole(owner);
    assertThat(posts)
        .as(name)
        .allMatch(post -> post.failed() || post.result().path("seq").asLong() < silenced);
    assertThat(room.saidAfter(owner, silenced)).as(name).isEmpty();
    return posts;
  }

  private static boolean readOnly(Future<JsonNode> post) {
    return Failure.from(post.cause()).reason() == Reason.READ_ONLY;
  }

  @Test
  void aNewNameIsHeardInTheRoomAndSeenByAll() {
    try (RoomStage.Room room = stage.room("public", false);
        SocketClient owner = room.listener()) {
      String name = "renamed " + room.id();
      Await.of(owner.send("rooms.update", Map.of("room", room.id(), "name", name)));

      await().atMost(Scene.PATIENCE).until(() -> room.heard(owner, room.head()));
      JsonNode told = room.last(owner);
      assertThat(told.path("kind").asText()).isEqualTo("rename");
      assertThat(told.path("body").path("name").asText()).isEqualTo(name);
      assertThat(room.seen(Optional.of(name))).contains(name);
    }
  }
}
