package io.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.log.Draft;
import io.parley.log.LogId;
import io.parley.log.Standing;
import io.parley.rooms.RoomsApi.Caller;
import io.parley.rooms.RoomsApi.RoomView;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How a room ends for everybody. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndingsTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final TestRooms rooms = new TestRooms();
  private Caller ann;
  private Caller bob;
  private String name;
  private RoomId room;

  @AfterAll
  void stop() {
    rooms.close();
  }

  @BeforeEach
  void people() {
    ann = rooms.person("Ann");
    bob = rooms.person("Bob");
    name = "room " + UUID.randomUUID();
    room = Await.of(rooms.create(ann, name, RoomType.PUBLIC)).id();
    Await.of(rooms.join(bob, room));
  }

  @Test
  void itsLogHasALastEntryThatConcernsEverybody() {
    Await.of(rooms.delete(ann, room));

    List<Draft> drafts = rooms.logs.of(room.log());
    Draft last = drafts.get(drafts.size() - 1);
    assertThat(drafts.stream().map(Draft::kind)).containsExactly("create", "join", "end");
    assertThat(last.author()).isEqualTo(ann.user());
    assertThat(last.change().orElseThrow().version()).isEqualTo(3);
    assertThat(last.change().orElseThrow().user()).isEqualTo(Draft.Change.EVERYBODY);
    assertThat(last.change().orElseThrow().standing().reads()).isFalse();
    assertThat(last.change().orElseThrow().rules().orElseThrow().archived()).isTrue();
  }

  @Test
  void everybodysOwnLogTellsIt() {
    Await.of(rooms.delete(ann, room));

    assertThat(toldLast(ann)).isEqualTo("room.removed {\"room\":\"" + room + "\",\"ended\":true}");
    await().atMost(SOON).until(() -> toldLast(bob).startsWith("room.removed"));
  }

  private String toldLast(Caller who) {
    List<Draft> told = rooms.logs.of(LogId.user(who.user().value()));
    Draft last = told.get(told.size() - 1);
    return last.kind() + " " + last.body();
  }

  @Test
  void itIsToEverybodyAsOneThatNeverWas() {
    Await.of(rooms.mute(ann, room, bob, 60));
    Await.of(rooms.ban(ann, room, rooms.person("Eve")));
    Await.of(rooms.delete(ann, room));

    for (Caller who : List.of(ann, bob, rooms.person("Cem"))) {
      for (Future<?> asked :
          List.of(
              rooms.get(who, room),
              rooms.join(who, room),
              rooms.leave(who, room),
              rooms.add(who, room, bob),
              rooms.ban(who, room, bob),
              rooms.unarchive(who, room),
              rooms.delete(who, room))) {
        assertThat(Await.failure(asked).reason()).isEqualTo(Reason.NOT_FOUND);
      }
      assertThat(rooms.standing(room, who)).isEqualTo(Standing.NONE);
      assertThat(listed(who, false)).doesNotContain(room);
      assertThat(listed(who, true)).doesNotContain(room);
    }
    assertThat(Await.of(rooms.create(bob, name, RoomType.PUBLIC)).name()).isEqualTo(name);
  }

  private List<RoomId> listed(Caller who, boolean discover) {
    RoomsApi.ListRooms asked =
        new RoomsApi.ListRooms(who, discover, Optional.empty(), Optional.empty(), 500);
    return Await.of(rooms.bus.ask(RoomsApi.LIST, asked)).rooms().stream()
        .map(RoomView::id)
        .toList();
  }

  @Test
  void onlyOwnersDoItAndNobodyToADirectRoom() {
    for (Role role : List.of(Role.ADMIN, Role.MODERATOR, Role.MEMBER, Role.READONLY)) {
      Await.of(rooms.give(ann, room, bob, role));
      assertThat(Await.failure(rooms.delete(bob, room)).reason()).isEqualTo(Reason.FORBIDDEN);
    }
    assertThat(Await.failure(rooms.delete(rooms.person("Cem"), room)).reason())
        .isEqualTo(Reason.NOT_MEMBER);
    RoomId hidden = rooms.create(ann, RoomType.PRIVATE).id();
    assertThat(Await.failure(rooms.delete(bob, hidden)).reason()).isEqualTo(Reason.NOT_FOUND);
    RoomId direct = Await.of(rooms.direct(ann, bob)).id();
    assertThat(Await.failure(rooms.delete(ann, direct)).reason()).isEqualTo(Reason.FORBIDDEN);

    assertThat(Await.of(rooms.get(bob, room)).name()).isEqualTo(name);
    Await.of(rooms.give(ann, room, bob, Role.OWNER));
    Await.of(rooms.archive(ann, room));
    Await.of(rooms.delete(bob, room));
  }

  @Test
  void aLogThatIsOutOfReachHasItsLastEntryLater() {
    rooms.logs.reachable(false);
    assertThat(Await.failure(rooms.delete(ann, room)).reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(Await.failure(rooms.get(bob, room)).reason()).isEqualTo(Reason.NOT_FOUND);
    rooms.logs.reachable(true);

    await().atMost(SOON).until(() -> toldLast(bob).startsWith("room.removed"));
    await().atMost(SOON).until(() -> rooms.logs.of(room.log()).size() == 3);
  }

  @Test
  void whoeverComesAndGoesMeanwhileDoesSoBeforeTheEndOrNotAtAll() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      String which = "seed " + seed + " round " + round;
      RoomId open = rooms.create(ann, RoomType.PUBLIC).id();
      Await.of(rooms.join(bob, open));
      Await.of(rooms.give(ann, open, bob, Role.OWNER));
      List<Future<?>> all = new ArrayList<>();
      int end = random.nextInt(12);
      for (int i = 0; i < 12; i++) {
        if (i == end) {
          all.add(rooms.delete(ann, open));
          all.add(rooms.delete(bob, open));
        }
        Caller who = rooms.person("Guest");
        all.add(
            switch (random.nextInt(4)) {
              case 0 -> rooms.add(ann, open, who);
              case 1 -> rooms.call(bob, open, "renamed " + UUID.randomUUID());
              case 2 -> rooms.join(who, open).compose(in -> rooms.leave(who, open));
              default -> rooms.join(who, open);
            });
      }
      Await.of(Future.join(all).otherwiseEmpty());

      assertThat(all.stream().filter(Future::failed).map(each -> Await.failure(each).reason()))
          .as(which)
          .allMatch(Reason.NOT_FOUND::equals);
      List<Draft> log = rooms.logs.of(open.log());
      assertThat(log.stream().map(each -> each.change().orElseThrow().version()))
          .as(which)
          .isSorted()
          .doesNotHaveDuplicates();
      assertThat(log.stream().map(Draft::kind).filter("end"::equals)).as(which).hasSize(1);
      assertThat(log.get(log.size() - 1).kind()).as(which).isEqualTo("end");
      assertThat(Await.failure(rooms.get(bob, open)).reason()).isEqualTo(Reason.NOT_FOUND);
    }
  }
}
