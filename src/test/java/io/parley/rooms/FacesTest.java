package io.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.log.Draft;
import io.parley.rooms.RoomsApi.Caller;
import io.parley.rooms.RoomsApi.RoomView;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FacesTest {
  private static final int RACES = 30;

  private final TestRooms rooms = new TestRooms();
  private Caller ann;
  private Caller bob;
  private RoomId room;

  @AfterAll
  void stop() {
    rooms.close();
  }

  @BeforeEach
  void people() {
    ann = rooms.person("Ann");
    bob = rooms.person("Bob");
    room = rooms.create(ann, RoomType.PUBLIC).id();
    Await.of(rooms.join(bob, room));
  }

  @Test
  void whoeverLooksSeesTheNewNameAndTheLogTellsOfIt() {
    String name = name();

    RoomView seen = Await.of(update(ann, Optional.of(" " + name), Optional.of(" tea, mostly ")));

    assertThat(seen.name()).isEqualTo(name);
    assertThat(seen.description()).isEqualTo("tea, mostly");
    assertThat(Await.of(rooms.get(bob, room)).name()).isEqualTo(name);
    assertThat(listed(bob, false)).contains(name);
    assertThat(listed(rooms.person("Cem"), true)).contains(name);
    List<Draft> entries = rooms.logs.of(room.log());
    assertThat(entries)
        .extracting(Draft::kind)
        .containsExactly("create", "join", "rename", "topic");
    assertThat(entries)
        .extracting(draft -> draft.change().orElseThrow().version())
        .containsExactly(1L, 2L, 3L, 4L);
    assertThat(entries.get(2).body()).isEqualTo("{\"name\":\"" + name + "\"}");
    assertThat(entries.get(3).body()).isEqualTo("{\"description\":\"tea, mostly\"}");
    assertThat(entries.get(2).author()).isEqualTo(ann.user());
    Await.of(rooms.leave(bob, room));
    assertThat(rooms.logs.of(room.log()).get(4).change().orElseThrow().version()).isEqualTo(5);
  }

  @Test
  void nobodyBecomesAnythingElseByNamingARoom() {
    Await.of(rooms.give(ann, room, bob, Role.ADMIN));
    Await.of(rooms.call(bob, room, name()));

    Draft.Change change = rooms.logs.of(room.log()).get(3).change().orElseThrow();
    assertThat(change.user()).isEqualTo(bob.user());
    assertThat(change.standing()).isEqualTo(rooms.standing(room, bob));
    assertThat(Await.of(rooms.get(ann, room)).memberCount()).isEqualTo(2);
  }

  @Test
  void whatStaysAsItIsLeavesNoEntry() {
    String name = name();
    Await.of(update(ann, Optional.of(name), Optional.of("tea")));
    Await.of(update(ann, Optional.of(name), Optional.of("tea ")));
    Await.of(update(ann, Optional.of(name), Optional.empty()));
    Await.of(rooms.describe(ann, room, ""));

    assertThat(rooms.logs.of(room.log()))
        .extracting(Draft::kind)
        .containsExactly("create", "join", "rename", "topic", "topic");
    assertThat(Await.of(rooms.get(ann, room)).description()).isEmpty();
    assertThat(Await.of(rooms.get(ann, room)).name()).isEqualTo(name);
  }

  @Test
  void whatIsMissingOrCannotBeIsRefusedWithItsField() {
    Failure nothing = Await.failure(update(ann, Optional.empty(), Optional.empty()));
    assertThat(nothing.reason()).isEqualTo(Reason.INVALID);
    assertThat(nothing.details()).containsEntry("field", "name");
    assertThat(Await.failure(rooms.call(ann, room, " ")).details())
        .containsEntry("field", "name")
        .containsEntry("rule", "blank");
    assertThat(reason(rooms.call(ann, room, "x".repeat(81)))).isEqualTo(Reason.TOO_LARGE);
    assertThat(Await.failure(rooms.describe(ann, room, "x".repeat(501))).details())
        .containsEntry("field", "description");
    assertThat(rooms.logs.of(room.log())).hasSize(2);
  }

  @Test
  void itTakesARoleAndARoomOfMoreThanTwo() {
    RoomId secret = rooms.create(ann, RoomType.PRIVATE).id();
    RoomId pair = Await.of(rooms.direct(ann, bob)).id();

    assertThat(reason(rooms.call(bob, room, name()))).isEqualTo(Reason.FORBIDDEN);
    assertThat(reason(rooms.describe(ann, pair, "us"))).isEqualTo(Reason.FORBIDDEN);
    assertThat(reason(rooms.call(rooms.person("Cem"), room, name()))).isEqualTo(Reason.NOT_MEMBER);
    assertThat(Await.failure(rooms.call(bob, secret, name())).text())
        .isEqualTo(Await.failure(rooms.call(bob, new RoomId(UUID.randomUUID()), name())).text());
  }

  @Test
  void noTwoPublicRoomsGetOneName() {
    String taken = name();
    RoomId other = Await.of(rooms.create(bob, taken, RoomType.PUBLIC)).id();
    RoomId secret = rooms.create(ann, RoomType.PRIVATE).id();

    Failure refused = Await.failure(rooms.call(ann, room, taken.toUpperCase(Locale.ROOT)));
    assertThat(refused.reason()).isEqualTo(Reason.ALREADY_EXISTS);
    assertThat(refused.details()).containsEntry("field", "name");
    assertThat(rooms.logs.of(room.log())).hasSize(2);
    Await.of(rooms.call(ann, secret, taken));
    Await.of(rooms.call(bob, other, taken.toUpperCase(Locale.ROOT)));
    Await.of(rooms.call(bob, other, name()));
    Await.of(rooms.call(ann, room, taken));
  }

  @Test
  void ofRoomsThatWantOneNameAtOnceExactlyOneGetsIt() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<RoomId> several =
        IntStream.range(0, 5).mapToObj(i -> rooms.create(ann, RoomType.PUBLIC).id()).toList();
    for (int round = 0; round < RACES; round++) {
      String wanted = name();
      List<Future<RoomView>> calls =
          IntStream.range(0, 2 + random.nextInt(4))
              .mapToObj(i -> rooms.call(ann, several.get(i), wanted))
              .toList();
      Await.of(Future.join(calls).otherwiseEmpty());

      String name = "seed " + seed + " round " + round;
      assertThat(calls).as(name).filteredOn(Future::succeeded).hasSize(1);
      assertThat(calls)
          .as(name)
          .filteredOn(Future::failed)
          .extracting(call -> Failure.from(call.cause()).reason())
          .containsOnly(Reason.ALREADY_EXISTS);
      assertThat(several)
          .as(name)
          .filteredOn(each -> Await.of(rooms.get(ann, each)).name().equals(wanted))
          .hasSize(1);
    }
  }

  private Future<RoomView> update(Caller by, Optional<String> name, Optional<String> description) {
    return rooms.bus.ask(
        RoomsApi.UPDATE, new RoomsApi.Update(by, room, name, description, Optional.empty()));
  }

  private List<String> listed(Caller by, boolean discover) {
    RoomsApi.ListRooms asked =
        new RoomsApi.ListRooms(by, discover, Optional.empty(), Optional.empty(), 500);
    return Await.of(rooms.bus.ask(RoomsApi.LIST, asked)).rooms().stream()
        .map(RoomView::name)
        .toList();
  }

  private static String name() {
    return "aa " + UUID.randomUUID();
  }

  private static Reason reason(Future<?> refused) {
    return Await.failure(refused).reason();
  }
}
