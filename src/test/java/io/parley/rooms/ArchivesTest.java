package io.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.log.Admission;
import io.parley.log.Draft;
import io.parley.log.Rules;
import io.parley.rooms.RoomsApi.Caller;
import io.parley.rooms.RoomsApi.RoomView;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What holds for everybody in a room: that it is slow, that it is archived. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchivesTest {
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
  void aRoomIsArchivedWithAnEntryAndGoesOnWithAnother() {
    RoomView archived = Await.of(rooms.archive(ann, room));
    Await.of(rooms.archive(ann, room));
    assertThat(archived.rules()).contains(new Rules(true, 0, 3));
    assertThat(last().change().orElseThrow().rules()).contains(new Rules(true, 0, 3));
    assertThat(known()).isEqualTo(new Rules(true, 0, 3));

    assertThat(Await.of(rooms.unarchive(ann, room)).rules()).contains(new Rules(false, 0, 4));
    Await.of(rooms.unarchive(ann, room));

    assertThat(kinds()).containsExactly("create", "join", "archive", "unarchive");
    assertThat(last().change().orElseThrow().rules()).contains(new Rules(false, 0, 4));
    assertThat(last().change().orElseThrow().standing()).isEqualTo(rooms.standing(room, ann));
  }

  @Test
  void nobodyComesIntoAnArchiveAndNothingInItBecomesAnythingElse() {
    Caller cem = rooms.person("Cem");
    Caller dan = rooms.person("Dan");
    Await.of(rooms.join(cem, room));
    Await.of(rooms.archive(ann, room));

    for (Future<?> refused :
        List.of(
            rooms.join(dan, room),
            rooms.add(ann, room, dan),
            rooms.give(ann, room, bob, Role.ADMIN),
            rooms.call(ann, room, "another"),
            rooms.slow(ann, room, 10),
            rooms.mute(ann, room, bob, 60))) {
      assertThat(Await.failure(refused).reason()).isEqualTo(Reason.READ_ONLY);
    }
    assertThat(Await.failure(rooms.call(bob, room, "another")).reason())
        .isEqualTo(Reason.FORBIDDEN);
    Await.of(rooms.leave(bob, room));
    Await.of(rooms.remove(ann, room, cem));
    Await.of(rooms.ban(ann, room, cem));
    Await.of(rooms.unban(ann, room, cem));
    assertThat(kinds())
        .containsExactly("create", "join", "join", "archive", "leave", "kick", "ban", "unban");
  }

  @Test
  void archivedRoomsComeLastAndAreNotOfferedToStrangers() {
    RoomId other = rooms.create(ann, RoomType.PUBLIC).id();
    for (RoomId archived : List.of(other, room)) {
      Await.of(rooms.archive(ann, archived));
      List<RoomId> own = listed(ann, false);
      assertThat(own.indexOf(archived)).isGreaterThanOrEqualTo(own.size() - 2);
      assertThat(listed(rooms.person("Cem"), true)).doesNotContain(archived);
    }
    assertThat(listed(ann, false)).endsWith(other, room).hasSizeGreaterThan(2);
  }

  @Test
  void howSlowARoomIsEverybodySeesAndTheLogTells() {
    assertThat(Await.of(rooms.slow(ann, room, 30)).rules()).contains(new Rules(false, 30, 3));
    assertThat(last().kind()).isEqualTo("slowmode");
    assertThat(last().body()).isEqualTo("{\"seconds\":30}");
    assertThat(last().change().orElseThrow().rules()).contains(new Rules(false, 30, 3));
    assertThat(known()).isEqualTo(new Rules(false, 30, 3));
    Await.of(rooms.slow(ann, room, 30));
    Await.of(rooms.call(ann, room, "calm " + room));
    assertThat(last().change().orElseThrow().rules()).as("a name changes none").isEmpty();
    Await.of(rooms.archive(ann, room));
    assertThat(known()).isEqualTo(new Rules(true, 30, 5));
    Await.of(rooms.unarchive(ann, room));
    Await.of(rooms.slow(ann, room, 0));

    assertThat(kinds())
        .containsExactly(
            "create", "join", "slowmode", "rename", "archive", "unarchive", "slowmode");
    assertThat(Await.failure(rooms.slow(bob, room, 0)).reason()).isEqualTo(Reason.FORBIDDEN);
    for (int seconds : List.of(-1, Rules.MAX_SLOW_SECONDS + 1)) {
      assertThat(Await.failure(rooms.slow(ann, room, seconds)).details())
          .containsEntry("field", "slowMode");
    }
  }

  @Test
  void anArchivedDefaultRoomIsPassedByAndTheOthersAreShown() {
    Caller first = rooms.person("First");
    RoomId general = listed(first, false).get(0);
    assertThat(Await.of(rooms.get(first, general)).name()).isEqualTo("general");
    Caller staff = rooms.person("Staff");
    rooms.sql(
        "insert into room_members (room, account, role, joined_at, since, version, read_seq,"
            + " read_n) values ('"
            + general
            + "', '"
            + staff.user()
            + "', 'owner', now(), 0, 1, 0, 0)");
    Await.of(rooms.archive(staff, general));

    assertThat(listed(rooms.person("Late"), false)).doesNotContain(general);

    Await.of(rooms.unarchive(staff, general));
    assertThat(listed(rooms.person("Later"), false)).contains(general);
  }

  private Rules known() {
    Admission.Known known =
        Await.of(new RoomAdmission(rooms.bus).standings(room.log(), List.of(bob.user())));
    return known.rules();
  }

  private List<RoomId> listed(Caller who, boolean discover) {
    RoomsApi.ListRooms asked =
        new RoomsApi.ListRooms(who, discover, Optional.empty(), Optional.empty(), 500);
    return Await.of(rooms.bus.ask(RoomsApi.LIST, asked)).rooms().stream()
        .map(RoomView::id)
        .toList();
  }

  private List<String> kinds() {
    return rooms.logs.of(room.log()).stream().map(Draft::kind).toList();
  }

  private Draft last() {
    List<Draft> drafts = rooms.logs.of(room.log());
    return drafts.get(drafts.size() - 1);
  }
}
