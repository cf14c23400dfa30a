package io.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.log.Draft;
import io.parley.rooms.InvitesApi.Invited;
import io.parley.rooms.InvitesApi.Link;
import io.parley.rooms.InvitesApi.Made;
import io.parley.rooms.RoomsApi.Caller;
import io.parley.rooms.RoomsApi.RoomView;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Links that lead into rooms, on a real PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InvitesTest {
  private static final int ROUNDS = 15;

  private final TestRooms rooms = new TestRooms();
  private Caller ann;
  private Caller bob;
  private RoomView view;
  private RoomId room;

  @AfterAll
  void stop() {
    rooms.close();
  }

  @BeforeEach
  void people() {
    ann = rooms.person("Ann");
    bob = rooms.person("Bob");
    view = rooms.create(ann, RoomType.PRIVATE);
    room = view.id();
  }

  @Test
  void whoHasOneSeesWhatRoomItIsAndComesIn() {
    String token = rooms.invite(ann, room, 5);

    Invited before = Await.of(rooms.look(bob, token));
    RoomView after = Await.of(rooms.accept(bob, token));

    assertThat(before).isEqualTo(new Invited(room, view.name(), RoomType.PRIVATE, 1, false));
    assertThat(after.membership().orElseThrow().role()).isEqualTo(Role.MEMBER);
    assertThat(Await.of(rooms.look(bob, token)).member()).isTrue();
    assertThat(rooms.logs.of(room.log()).stream().map(Draft::kind))
        .containsExactly("create", "join");
    assertThat(rooms.logs.of(room.log()).get(1).author()).isEqualTo(bob.user());
  }

  @Test
  void whoIsThereUsesNothingAndComesInAgainWhateverBecameOfIt() {
    String token = rooms.invite(ann, room, 2);
    Await.of(rooms.accept(bob, token));
    Await.of(rooms.accept(bob, token));
    assertThat(Await.of(rooms.invites(ann, room)).get(0).uses()).isEqualTo(1);

    Await.of(rooms.accept(rooms.person("Cem"), token));
    assertThat(Await.of(rooms.accept(bob, token)).id()).isEqualTo(room);
    assertThat(reason(rooms.accept(rooms.person("Dan"), token))).isEqualTo(Reason.GONE);
    assertThat(reason(rooms.look(rooms.person("Dan"), token))).isEqualTo(Reason.GONE);
    assertThat(Await.of(rooms.invites(ann, room))).as("it is over").isEmpty();
  }

  @Test
  void asManyComeAsItSaysHoweverManyRaceForTheLastUse() throws InterruptedException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      RoomId open = rooms.create(ann, RoomType.PRIVATE).id();
      int uses = 1 + random.nextInt(4);
      String token = rooms.invite(ann, open, uses);
      List<Future<RoomView>> all = new CopyOnWriteArrayList<>();
      List<Thread> threads = new ArrayList<>();
      for (int i = uses + 1 + random.nextInt(4); i > 0; i--) {
        Caller guest = rooms.person("Guest");
        int times = 1 + random.nextInt(2);
        threads.add(new Thread(() -> accepts(guest, token, times, all)));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      Await.of(Future.join(all).otherwiseEmpty());

      String which = "seed " + seed + " round " + round;
      assertThat(Await.of(rooms.get(ann, open)).memberCount()).as(which).isEqualTo(1 + uses);
      assertThat(all.stream().filter(Future::failed).map(each -> Failure.from(each.cause())))
          .as(which)
          .isNotEmpty()
          .allMatch(failure -> failure.reason() == Reason.GONE);
      assertThat(rooms.logs.of(open.log()).stream().map(Draft::kind).filter("join"::equals))
          .as(which)
          .hasSize(uses);
    }
  }

  private void accepts(Caller guest, String token, int times, List<Future<RoomView>> all) {
    for (int i = 0; i < times; i++) {
      all.add(rooms.accept(guest, token));
    }
  }

  @Test
  void itEndsByItselfAndWhenItIsTakenBackAndWithItsRoom() {
    Made expired = Await.of(rooms.invite(ann, room, Optional.of(60), Optional.empty()));
    Made revoked = Await.of(rooms.invite(ann, room));
    Made last = Await.of(rooms.invite(ann, room));
    rooms.sql(
        "update room_invites set expires_at = now() - interval '1 second' where id = '"
            + expired.invite().id()
            + "'");
    Await.of(rooms.uninvite(ann, room, revoked.invite().id()));
    Await.of(rooms.uninvite(ann, room, revoked.invite().id()));

    assertThat(Await.of(rooms.invites(ann, room)).stream().map(Link::id))
        .containsExactly(last.invite().id());
    assertThat(reason(rooms.accept(bob, expired.token()))).isEqualTo(Reason.GONE);
    assertThat(reason(rooms.accept(bob, revoked.token()))).isEqualTo(Reason.NOT_FOUND);
    Await.of(rooms.delete(ann, room));
    assertThat(reason(rooms.look(bob, last.token()))).isEqualTo(Reason.NOT_FOUND);
    assertThat(reason(rooms.accept(bob, last.token()))).isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void aBanAndAnArchiveKeepPeopleOut() {
    String token = rooms.invite(ann, room, 5);
    Await.of(rooms.ban(ann, room, bob, Optional.of("spam"), Optional.empty()));
    assertThat(reason(rooms.look(bob, token))).isEqualTo(Reason.BANNED);
    assertThat(reason(rooms.accept(bob, token))).isEqualTo(Reason.BANNED);
    Caller cem = rooms.person("Cem");
    Await.of(rooms.archive(ann, room));
    assertThat(reason(rooms.look(cem, token))).isEqualTo(Reason.READ_ONLY);
    assertThat(reason(rooms.accept(cem, token))).isEqualTo(Reason.READ_ONLY);
    assertThat(reason(rooms.invite(ann, room))).isEqualTo(Reason.READ_ONLY);
    Await.of(rooms.unarchive(ann, room));
    assertThat(Await.of(rooms.invites(ann, room)).get(0).uses()).isZero();
    Await.of(rooms.accept(cem, token));
  }

  @Test
  void moderatorsAndAboveInviteAndNobodyIntoADirectRoom() {
    Await.of(rooms.add(ann, room, bob));
    for (Role role : Role.values()) {
      Await.of(rooms.give(ann, room, bob, role));
      Future<Made> asked = rooms.invite(bob, room);
      if (role.compareTo(Role.MODERATOR) <= 0) {
        Await.of(rooms.uninvite(bob, room, Await.of(asked).invite().id()));
      } else {
        assertThat(reason(asked)).isEqualTo(Reason.FORBIDDEN);
        assertThat(reason(rooms.invites(bob, room))).isEqualTo(Reason.FORBIDDEN);
        assertThat(reason(rooms.uninvite(bob, room, UUID.randomUUID())))
            .isEqualTo(Reason.FORBIDDEN);
      }
    }
    RoomId direct = Await.of(rooms.direct(ann, bob)).id();
    assertThat(reason(rooms.invite(ann, direct))).isEqualTo(Reason.FORBIDDEN);
    assertThat(reason(rooms.invites(rooms.person("Cem"), room))).isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void itHasALimitInEveryRespect() {
    for (int seconds : List.of(0, 59, InvitesApi.MAX_SECONDS + 1)) {
      Future<Made> asked = rooms.invite(ann, room, Optional.of(seconds), Optional.empty());
      assertThat(Await.failure(asked).details()).containsEntry("field", "seconds");
    }
    for (int uses : List.of(0, InvitesApi.MAX_USES + 1)) {
      Future<Made> asked = rooms.invite(ann, room, Optional.empty(), Optional.of(uses));
      assertThat(Await.failure(asked).details()).containsEntry("field", "uses");
    }
    for (int i = 0; i < InvitesApi.MOST; i++) {
      rooms.invite(ann, room, 1);
    }
    assertThat(reason(rooms.invite(ann, room))).isEqualTo(Reason.TOO_LARGE);
    rooms.sql("update room_invites set uses = max_uses where room = '" + room + "'");
    Link usual = Await.of(rooms.invite(ann, room)).invite();
    assertThat(usual.maxUses()).isEqualTo(InvitesApi.USUAL_USES);
    assertThat(usual.expiresAt()).isEqualTo(usual.madeAt().plusSeconds(InvitesApi.USUAL_SECONDS));
    assertThat(rooms.found("select id::text from room_invites where room = '" + room + "'"))
        .as("what is over is forgotten")
        .containsExactly(usual.id().toString());
  }

  @Test
  void itsTokenIsNeitherStoredNorPrinted() {
    Made made = Await.of(rooms.invite(ann, room));
    assertThat(made.token()).matches("pit_[A-Za-z0-9_-]{43}");
    assertThat(String.join("", rooms.found("select i::text from room_invites i")))
        .contains(made.invite().id().toString())
        .doesNotContain(made.token().substring(4));
    for (Object told :
        List.of(
            made,
            new InvitesApi.Look(bob, made.token()),
            new InvitesApi.Accept(bob, made.token()),
            InviteToken.parse(made.token()))) {
      assertThat(told.toString()).doesNotContain(made.token().substring(4));
    }
    for (String other : List.of("", "pit_", made.token() + "x", "pmt_" + "A".repeat(43))) {
      Failure refused = Await.failure(rooms.accept(bob, other));
      assertThat(refused.details()).containsEntry("field", "token");
    }
    assertThat(reason(rooms.accept(bob, "pit_" + "A".repeat(43)))).isEqualTo(Reason.NOT_FOUND);
  }

  private static Reason reason(Future<?> refused) {
    return Await.failure(refused).reason();
  }
}
