package io.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.log.Draft;
import io.parley.log.LogId;
import io.parley.log.Standing;
import io.parley.log.Standing.Access;
import io.parley.rooms.RoomsApi.Caller;
import io.parley.rooms.RoomsApi.Done;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolesTest {
  private static final int RACES = 60;

  private final TestRooms rooms = new TestRooms();
  private Caller ann;
  private Caller bob;
  private Caller cem;
  private RoomId room;

  @AfterAll
  void stop() {
    rooms.close();
  }

  @BeforeEach
  void people() {
    rooms.logs.reachable(true);
    ann = rooms.person("Ann");
    bob = rooms.person("Bob");
    cem = rooms.person("Cem");
    room = rooms.create(ann, RoomType.PRIVATE).id();
    Await.of(rooms.add(ann, room, bob));
  }

  @Test
  void aRoleIsOneEntryThatCarriesWhatItMeans() {
    Await.of(rooms.give(ann, room, bob, Role.MODERATOR));

    Draft entry = last();
    assertThat(entry.kind()).isEqualTo("role");
    assertThat(entry.author()).isEqualTo(ann.user());
    assertThat(entry.body())
        .isEqualTo(
            "{\"user\":{\"id\":\"" + bob.user() + "\",\"name\":\"Bob\"},\"role\":\"moderator\"}");
    assertThat(entry.countable()).isFalse();
    Draft.Change change = entry.change().orElseThrow();
    assertThat(change.version()).isEqualTo(3);
    assertThat(change.user()).isEqualTo(bob.user());
    assertThat(change.standing()).isEqualTo(rooms.standing(room, bob));
    assertThat(change.standing().moderates()).isTrue();
    assertThat(rooms.role(bob, room)).isEqualTo(Role.MODERATOR);
    assertThat(rooms.logs.of(LogId.user(bob.user().value())))
        .as("nothing comes or goes")
        .extracting(Draft::kind)
        .containsExactly("room.added");
  }

  @Test
  void whoMayOnlyReadHasAStandingThatSaysSo() {
    Await.of(rooms.give(ann, room, bob, Role.READONLY));

    Standing reader = rooms.standing(room, bob);
    assertThat(reader.access()).isEqualTo(Access.READ);
    assertThat(last().change().orElseThrow().standing()).isEqualTo(reader);
    Await.of(rooms.give(ann, room, bob, Role.MEMBER));
    assertThat(rooms.standing(room, bob).access()).isEqualTo(Access.POST);
  }

  @Test
  void aRoleMakesTheRoomNoLarger() {
    Await.of(rooms.give(ann, room, bob, Role.ADMIN));
    Await.of(rooms.give(ann, room, bob, Role.MEMBER));

    assertThat(Await.of(rooms.get(ann, room)).memberCount()).isEqualTo(2);
  }

  @Test
  void theRoleThatSomebodyHasLeavesNoEntry() {
    Await.of(rooms.give(ann, room, bob, Role.MEMBER));
    Await.of(rooms.give(ann, room, bob, Role.ADMIN));
    Await.of(rooms.give(ann, room, bob, Role.ADMIN));
    Await.of(rooms.give(bob, room, bob, Role.ADMIN));
    Await.of(rooms.give(ann, room, ann, Role.OWNER));

    assertThat(rooms.logs.of(room.log()))
        .extracting(Draft::kind)
        .containsExactly("create", "join", "role");
  }

  @Test
  void adminsReachOnlyBelowThemselves() {
    Await.of(rooms.add(ann, room, cem));
    Await.of(rooms.give(ann, room, bob, Role.ADMIN));

    assertThat(reason(rooms.give(bob, room, cem, Role.ADMIN))).isEqualTo(Reason.FORBIDDEN);
    assertThat(reason(rooms.give(bob, room, cem, Role.OWNER))).isEqualTo(Reason.FORBIDDEN);
    assertThat(reason(rooms.give(bob, room, bob, Role.OWNER))).isEqualTo(Reason.FORBIDDEN);
    assertThat(reason(rooms.give(bob, room, bob, Role.MEMBER))).isEqualTo(Reason.FORBIDDEN);
    assertThat(reason(rooms.give(bob, room, ann, Role.MEMBER))).isEqualTo(Reason.FORBIDDEN);
    Await.of(rooms.give(bob, room, cem, Role.MODERATOR));
    assertThat(reason(rooms.give(cem, room, bob, Role.MEMBER))).isEqualTo(Reason.FORBIDDEN);
    Await.of(rooms.give(ann, room, cem, Role.ADMIN));
    assertThat(reason(rooms.give(bob, room, cem, Role.MEMBER))).isEqualTo(Reason.FORBIDDEN);
  }

  @Test
  void onlyMembersGetRoles() {
    Caller nobody = new Caller(new UserId(new UUID(0, 7)), "");

    assertThat(reason(rooms.give(ann, room, cem, Role.ADMIN))).isEqualTo(Reason.NOT_FOUND);
    assertThat(reason(rooms.give(ann, room, nobody, Role.ADMIN))).isEqualTo(Reason.NOT_FOUND);
    assertThat(reason(rooms.give(cem, room, bob, Role.MEMBER))).isEqualTo(Reason.NOT_FOUND);
    RoomId open = rooms.create(ann, RoomType.PUBLIC).id();
    assertThat(reason(rooms.give(cem, open, ann, Role.MEMBER))).isEqualTo(Reason.NOT_MEMBER);
  }

  @Test
  void aStrangerToAPrivateRoomLearnsNothingByGivingRoles() {
    RoomId none = new RoomId(UUID.randomUUID());

    assertThat(Await.failure(rooms.give(cem, room, bob, Role.ADMIN)).text())
        .isEqualTo(Await.failure(rooms.give(cem, none, bob, Role.ADMIN)).text());
  }

  @Test
  void aDirectRoomHasNoRoles() {
    RoomId pair = Await.of(rooms.direct(ann, bob)).id();

    assertThat(reason(rooms.give(ann, pair, bob, Role.READONLY))).isEqualTo(Reason.FORBIDDEN);
    assertThat(reason(rooms.give(ann, pair, ann, Role.OWNER))).isEqualTo(Reason.FORBIDDEN);
  }

  @Test
  void theLastOwnerNeitherStepsDownNorLeavesUntilSomebodyElseOwnsTheRoom() {
    for (Failure refused :
        List.of(
            Await.failure(rooms.give(ann, room, ann, Role.MEMBER)),
            Await.failure(rooms.leave(ann, room)))) {
      assertThat(refused.reason()).isEqualTo(Reason.CONFLICT);
      assertThat(refused.details()).containsEntry("rule", "lastOwner");
      assertThat(refused.detail()).contains("give somebody else the role of owner first");
    }
    Await.of(rooms.give(ann, room, bob, Role.OWNER));
    Await.of(rooms.leave(ann, room));

    assertThat(rooms.role(bob, room)).isEqualTo(Role.OWNER);
    assertThat(reason(rooms.give(bob, room, bob, Role.ADMIN)))
        .as("alone")
        .isEqualTo(Reason.CONFLICT);
    Await.of(rooms.leave(bob, room));
  }

  @Test
  void ownersAmongThemselvesGiveAnyRole() {
    Await.of(rooms.give(ann, room, bob, Role.OWNER));
    assertThat(reason(rooms.remove(bob, room, ann))).as("an equal").isEqualTo(Reason.FORBIDDEN);
    Await.of(rooms.give(bob, room, ann, Role.READONLY));
    assertThat(reason(rooms.give(ann, room, ann, Role.MEMBER))).isEqualTo(Reason.FORBIDDEN);
    Await.of(rooms.remove(bob, room, ann));

    assertThat(reason(rooms.get(ann, room))).isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void aRoleThatIsNotInTheLogIsNotAnsweredAndFollowsLater() {
    rooms.logs.reachable(false);
    assertThat(reason(rooms.give(ann, room, bob, Role.ADMIN))).isEqualTo(Reason.UNAVAILABLE);
    rooms.logs.reachable(true);

    Await.of(rooms.give(ann, room, bob, Role.ADMIN));

    assertThat(last().kind()).as("by who asks again").isEqualTo("role");
  }

  @Test
  void whoHasSteppedDownMayAskAgain() {
    Await.of(rooms.give(ann, room, bob, Role.OWNER));
    Await.of(rooms.give(bob, room, bob, Role.MEMBER));
    Await.of(rooms.give(bob, room, bob, Role.MEMBER));

    assertThat(reason(rooms.give(bob, room, bob, Role.MODERATOR))).isEqualTo(Reason.FORBIDDEN);
  }

  @Test
  void whoBecomesSomethingElseBeforeTheirArrivalStandsInTheLogHasReadNoFurther() {
    Caller cem = rooms.person("Cem");
    rooms.logs.reachable(false);
    assertThat(reason(rooms.add(ann, room, cem))).isEqualTo(Reason.UNAVAILABLE);
    assertThat(reason(rooms.give(ann, room, cem, Role.MODERATOR))).isEqualTo(Reason.UNAVAILABLE);
    rooms.logs.reachable(true);

    Await.of(rooms.add(ann, room, cem));

    assertThat(Await.of(rooms.get(cem, room)).membership().orElseThrow().read())
        .as("create, join of Bob, their own join")
        .isEqualTo(3);
  }

  /** Whoever comes first wins; the other is no owner any more, or none would be left. */
  @Test
  void whenOwnersActAtOnceOneIsAlwaysLeft() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < RACES; round++) {
      RoomId raced = rooms.create(ann, RoomType.PRIVATE).id();
      Await.of(rooms.add(ann, raced, bob));
      Await.of(rooms.add(ann, raced, cem));
      Await.of(rooms.give(ann, raced, bob, Role.OWNER));
      List<Future<Done>> acts = new ArrayList<>();
      for (int i = 0; i < 2 + random.nextInt(4); i++) {
        acts.add(act(random, raced));
      }
      Await.of(Future.join(acts).otherwiseEmpty());

      String name = "seed " + seed + " round " + round;
      assertThat(owners(raced)).as(name).isPositive();
      assertThat(acts)
          .as(name)
          .filteredOn(Future::failed)
          .extracting(act -> Failure.from(act.cause()).reason())
          .isSubsetOf(Reason.FORBIDDEN, Reason.CONFLICT, Reason.NOT_FOUND);
      assertThat(versions(raced)).as(name).isSorted().doesNotHaveDuplicates();
    }
  }

  private Future<Done> act(Random random, RoomId raced) {
    boolean first = random.nextBoolean();
    Caller by = first ? ann : bob;
    Caller other = first ? bob : ann;
    return switch (random.nextInt(4)) {
      case 0 -> rooms.give(by, raced, by, Role.MEMBER);
      case 1 -> rooms.leave(by, raced);
      default -> rooms.give(by, raced, other, Role.ADMIN);
    };
  }

  private long owners(RoomId raced) {
    return Await.of(
            rooms.bus.ask(RoomsApi.MEMBERS, new RoomsApi.Members(cem, raced, Optional.empty(), 10)))
        .members()
        .stream()
        .filter(member -> member.role() == Role.OWNER)
        .count();
  }

  private List<Long> versions(RoomId raced) {
    return rooms.logs.of(raced.log()).stream()
        .map(draft -> draft.change().orElseThrow().version())
        .toList();
  }

  private Draft last() {
    List<Draft> drafts = rooms.logs.of(room.log());
    return drafts.get(drafts.size() - 1);
  }

  private static Reason reason(Future<?> refused) {
    return Await.failure(refused).reason();
  }
}
