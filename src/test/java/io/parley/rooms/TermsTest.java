package io.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.json.Json;
import io.parley.log.Draft;
import io.parley.log.Standing;
import io.parley.rooms.RoomsApi.Caller;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** On which terms people come into rooms, on a real PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TermsTest {
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
    room = rooms.create(ann, RoomType.PUBLIC, History.SINCE_JOIN, Door.OPEN).id();
  }

  @Test
  void whoComesMayReadFromTheEntryWithWhichTheyCame() {
    Await.of(rooms.join(bob, room));

    assertThat(rooms.standing(room, ann).since()).isZero();
    assertThat(rooms.standing(room, bob).since()).isEqualTo(2);
    assertThat(Await.of(rooms.get(bob, room)).membership().orElseThrow().since()).contains(2L);
    assertThat(Await.of(rooms.get(ann, room)).membership().orElseThrow().since()).isEmpty();
    assertThat(rooms.logs.of(room.log()).get(0).body()).contains("\"history\":\"since-join\"");
  }

  @Test
  void untilTheirEntryHasItsPlaceTheyMayReadNothing() {
    rooms.logs.reachable(false);
    Await.failure(rooms.join(bob, room));
    Standing before = rooms.standing(room, bob);
    rooms.logs.reachable(true);

    assertThat(before.placed()).isFalse();
    Await.of(rooms.join(bob, room));
    assertThat(rooms.standing(room, bob).since()).isEqualTo(2);
  }

  @Test
  void howeverOftenTheyReadBeforeItHasThePlaceIsThatOfTheirEntry() {
    for (int i = 2; i <= 8; i++) {
      Await.of(rooms.call(ann, room, "room " + i + " " + room));
    }
    rooms.logs.reachable(false);
    Await.failure(rooms.join(bob, room));
    read(5);
    read(6);
    rooms.logs.reachable(true);
    Await.of(rooms.join(bob, room));

    assertThat(kinds()).hasSize(9).endsWith("join");
    assertThat(rooms.standing(room, bob).since()).isEqualTo(9);
    assertThat(
            rooms.found(
                "select joined_seq || ' ' || read_seq from room_members where room = '"
                    + room
                    + "' and account = '"
                    + bob.user()
                    + "'"))
        .as("where they begin, and have read up to")
        .containsExactly("9 9");
  }

  private void read(long seq) {
    Await.of(
        rooms.bus.ask(RoomsApi.READ, new RoomsApi.Read(bob.user(), room, seq, Optional.empty())));
  }

  @Test
  void whoWasAwayMayReadFromWhenTheyCameAgain() {
    Await.of(rooms.join(bob, room));
    rooms.logs.reachable(false);
    Await.failure(rooms.leave(bob, room));
    Await.failure(rooms.join(bob, room));
    rooms.logs.reachable(true);
    Await.of(rooms.join(bob, room));

    assertThat(kinds()).containsExactly("create", "join", "leave", "join");
    assertThat(rooms.standing(room, bob).since()).isEqualTo(4);
  }

  @Test
  void closingTakesNothingAwayAndOpeningGivesEverythingToAll() {
    RoomId open = rooms.create(ann, RoomType.PRIVATE).id();
    Await.of(rooms.add(ann, open, bob));
    Await.of(rooms.open(ann, open, Optional.of(History.SINCE_JOIN), Optional.empty()));
    Caller cem = rooms.person("Cem");
    Await.of(rooms.add(ann, open, cem));
    assertThat(rooms.standing(open, bob).since()).isZero();
    assertThat(rooms.standing(open, cem).since()).isEqualTo(4);

    Await.of(rooms.open(ann, open, Optional.of(History.ALL), Optional.empty()));

    assertThat(rooms.standing(open, cem).since()).isZero();
    List<Draft> entries = rooms.logs.of(open.log());
    assertThat(entries.stream().map(Draft::kind))
        .containsExactly("create", "join", "history", "join", "history");
    assertThat(Json.object(entries.get(4).body()).path("history").asText()).isEqualTo("all");
    assertThat(entries.get(4).change().orElseThrow().user()).isEqualTo(Draft.Change.EVERYBODY);
    assertThat(entries.get(4).change().orElseThrow().standing().reads()).isTrue();
  }

  @Test
  void whatIsAsItWasLeavesNoEntryAndWhoMayNotSaysNothing() {
    Await.of(rooms.open(ann, room, Optional.of(History.SINCE_JOIN), Optional.of(Door.OPEN)));
    assertThat(kinds()).containsExactly("create");

    Await.of(rooms.join(bob, room));
    Await.of(rooms.give(ann, room, bob, Role.MODERATOR));
    assertThat(reason(rooms.open(bob, room, Optional.of(History.ALL), Optional.empty())))
        .isEqualTo(Reason.FORBIDDEN);
    Caller cem = rooms.person("Cem");
    RoomId direct = Await.of(rooms.direct(ann, cem)).id();
    assertThat(reason(rooms.open(ann, direct, Optional.of(History.SINCE_JOIN), Optional.empty())))
        .isEqualTo(Reason.FORBIDDEN);
  }

  @Test
  void nobodyAsksToBeLetIntoARoomThatIsASecret() {
    RoomId hidden = rooms.create(ann, RoomType.PRIVATE).id();
    Failure refused =
        Await.failure(rooms.open(ann, hidden, Optional.empty(), Optional.of(Door.REQUEST)));

    assertThat(refused.reason()).isEqualTo(Reason.INVALID);
    assertThat(refused.details()).containsEntry("field", "join");
  }

  private List<String> kinds() {
    return rooms.logs.of(room.log()).stream().map(Draft::kind).toList();
  }

  private static Reason reason(Future<?> asked) {
    return Await.failure(asked).reason();
  }
}
