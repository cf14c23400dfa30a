package io.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.log.Draft;
import io.parley.log.LogId;
import io.parley.log.Standing.Access;
import io.parley.rooms.RoomsApi.Caller;
import io.parley.rooms.RoomsApi.Member;
import io.parley.rooms.RoomsApi.RoomView;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoomsTest {
  private final TestRooms rooms = new TestRooms();
  private final Bus bus = rooms.bus;
  private final RecordedLogs logs = rooms.logs;
  private Caller ann;
  private Caller bob;
  private Caller cem;

  @AfterAll
  void stop() {
    rooms.close();
  }

  @BeforeEach
  void people() {
    logs.reachable(true);
    ann = rooms.person("Ann");
    bob = rooms.person("Bob");
    cem = rooms.person("Cem");
  }

  @Test
  void theCreatorIsTheOwnerAndTheFirstEntrySaysSo() {
    RoomView room = rooms.create(ann, RoomType.PRIVATE);

    assertThat(room.membership().orElseThrow().role()).isEqualTo(Role.OWNER);
    Draft first = logs.of(room.id().log()).get(0);
    assertThat(first.kind()).isEqualTo("create");
    assertThat(first.change().orElseThrow().version()).isEqualTo(1);
    assertThat(logs.of(LogId.user(ann.user().value())))
        .extracting(Draft::kind)
        .containsExactly("room.added");
  }

  @Test
  void nobodyIsShownAPlaceBeforeItsEntryStandsInTheLog() {
    own(ann);
    logs.reachable(false);
    assertThat(Await.failure(rooms.create(ann, "room " + UUID.randomUUID(), RoomType.PRIVATE)))
        .extracting(Failure::reason)
        .isEqualTo(Reason.UNAVAILABLE);
    RoomView before = secret(ann);
    assertThat(before.membership().orElseThrow().read()).isZero();

    logs.reachable(true);
    RoomView room = secret(ann);
    assertThat(logs.of(room.id().log())).extracting(Draft::kind).containsExactly("create");
    assertThat(room.membership().orElseThrow().read()).isEqualTo(1);
  }

  @Test
  void whoComesAndGoesIsCounted() {
    RoomView room = rooms.create(ann, RoomType.PUBLIC);
    Await.of(bus.ask(RoomsApi.JOIN, new RoomsApi.Join(bob, room.id())));
    RoomAdmission admission = new RoomAdmission(bus);

    assertThat(Await.of(admission.members(room.id().log()))).isEqualTo(2);
    Await.of(bus.ask(RoomsApi.LEAVE, new RoomsApi.Leave(bob, room.id())));
    assertThat(Await.of(admission.members(room.id().log()))).isEqualTo(1);
    assertThat(Await.of(admission.members(LogId.room(UUID.randomUUID())))).isZero();
  }

  @Test
  void whatOneWroteOneselfIsNotUnread() {
    RoomView room = rooms.create(ann, RoomType.PRIVATE);

    assertThat(room.membership().orElseThrow().n()).isEqualTo(10);
    assertThat(room.membership().orElseThrow().unread()).isEqualTo(7);
  }

  @Test
  void aPrivateRoomLooksLikeNoneToStrangers() {
    RoomId room = rooms.create(ann, RoomType.PRIVATE).id();
    RoomId none = new RoomId(UUID.randomUUID());

    assertThat(reason(rooms.get(bob, room))).isEqualTo(reason(rooms.get(bob, none)));
    assertThat(text(rooms.get(bob, room))).isEqualTo(text(rooms.get(bob, none)));
    assertThat(text(rooms.join(bob, room))).isEqualTo(text(rooms.join(bob, none)));
    assertThat(text(members(bob, room, Optional.empty())))
        .isEqualTo(text(members(bob, none, Optional.empty())));
    assertThat(text(rooms.add(bob, room, cem))).isEqualTo(text(rooms.add(bob, none, cem)));
    assertThat(text(rooms.remove(bob, room, ann))).isEqualTo(text(rooms.remove(bob, none, ann)));
    assertThat(reason(rooms.get(bob, room))).isEqualTo(Reason.NOT_FOUND);
    assertThat(access(room, bob)).isEqualTo(Access.HIDDEN);
  }

  @Test
  void joiningTwiceIsNoErrorAndLeavesOneEntry() {
    RoomId room = rooms.create(ann, RoomType.PUBLIC).id();

    Await.of(rooms.join(bob, room));
    RoomView again = Await.of(rooms.join(bob, room));

    assertThat(again.memberCount()).isEqualTo(2);
    assertThat(logs.of(room.log())).extracting(Draft::kind).containsExactly("create", "join");
    assertThat(access(room, bob)).isEqualTo(Access.POST);
    assertThat(access(room, cem)).isEqualTo(Access.STRANGER);
  }

  @Test
  void fiftyPeopleJoiningAtOnceEnterInTheOrderOfVersions() {
    RoomId room = rooms.create(ann, RoomType.PUBLIC).id();

    List<Future<RoomView>> joins =
        IntStream.range(0, 50).mapToObj(i -> rooms.join(rooms.person("P" + i), room)).toList();
    Await.of(Future.all(joins));

    assertThat(logs.of(room.log()).stream().mapToLong(d -> d.change().orElseThrow().version()))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 51).boxed().toList());
    assertThat(Await.of(rooms.get(ann, room)).memberCount()).isEqualTo(51);
  }

  @Test
  void aFullRoomTakesNobody() {
    RoomId room = rooms.create(ann, RoomType.PUBLIC).id();
    List<Future<RoomView>> joins =
        IntStream.range(0, 59).mapToObj(i -> rooms.join(rooms.person("P" + i), room)).toList();
    Await.of(Future.all(joins));

    assertThat(reason(rooms.join(bob, room))).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void twoPeopleShareOneDirectRoomWhateverTheRace() {
    List<Future<RoomView>> opened = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Caller one = i % 2 == 0 ? ann : bob;
      Caller other = i % 2 == 0 ? bob : ann;
      opened.add(bus.ask(RoomsApi.DIRECT, new RoomsApi.Direct(one, other.user())));
    }
    Await.of(Future.all(opened));

    assertThat(opened.stream().map(each -> each.result().id()).distinct()).hasSize(1);
    RoomId room = opened.get(0).result().id();
    assertThat(opened.get(0).result().name()).isEqualTo("Bob");
    assertThat(logs.of(room.log())).extracting(Draft::kind).containsExactly("create", "join");
    assertThat(reason(rooms.get(cem, room))).isEqualTo(Reason.NOT_FOUND);
    assertThat(reason(rooms.leave(ann, room))).isEqualTo(Reason.CONFLICT);
    assertThat(reason(rooms.add(ann, room, cem))).isEqualTo(Reason.FORBIDDEN);
  }

  @Test
  void nobodyIsBroughtTogetherWithWhomABlockStandsBetween() {
    RoomId before = Await.of(rooms.direct(ann, cem)).id();
    RoomId group = rooms.create(ann, RoomType.PRIVATE).id();
    rooms.strangers.add(Pair.of(ann.user(), bob.user()));
    rooms.strangers.add(Pair.of(ann.user(), cem.user()));

    assertThat(reason(rooms.direct(ann, bob))).isEqualTo(Reason.FORBIDDEN);
    assertThat(text(rooms.direct(bob, ann)))
        .as("who it was")
        .isEqualTo(text(rooms.direct(ann, bob)));
    assertThat(reason(rooms.add(ann, group, bob))).isEqualTo(Reason.FORBIDDEN);
    assertThat(Await.of(rooms.direct(ann, cem)).id()).as("what is there stays").isEqualTo(before);
  }

  @Test
  void nobodyOpensADirectRoomWithThemselvesOrWithNobody() {
    assertThat(reason(bus.ask(RoomsApi.DIRECT, new RoomsApi.Direct(ann, ann.user()))))
        .isEqualTo(Reason.INVALID);
    UserId nobody = new UserId(new UUID(0, 7));
    assertThat(reason(bus.ask(RoomsApi.DIRECT, new RoomsApi.Direct(ann, nobody))))
        .isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void onlyWhoManagesAddsAndRemoves() {
    RoomId room = rooms.create(ann, RoomType.PRIVATE).id();
    Await.of(rooms.add(ann, room, bob));

    assertThat(reason(rooms.add(bob, room, cem))).isEqualTo(Reason.FORBIDDEN);
    assertThat(reason(rooms.remove(bob, room, ann))).isEqualTo(Reason.FORBIDDEN);
    Await.of(rooms.remove(ann, room, bob));
    Await.of(rooms.remove(ann, room, bob));

    assertThat(access(room, bob)).isEqualTo(Access.HIDDEN);
    assertThat(logs.of(room.log()))
        .extracting(Draft::kind)
        .containsExactly("create", "join", "kick");
    assertThat(logs.of(LogId.user(bob.user().value())))
        .extracting(Draft::kind)
        .containsExactly("room.added", "room.removed");
  }

  @Test
  void theOwnerLeavesLast() {
    RoomId room = rooms.create(ann, RoomType.PUBLIC).id();
    Await.of(rooms.join(bob, room));

    assertThat(reason(rooms.leave(ann, room))).isEqualTo(Reason.CONFLICT);
    Await.of(rooms.leave(bob, room));
    Await.of(rooms.leave(bob, room));
    Await.of(rooms.leave(ann, room));

    assertThat(Await.of(rooms.get(ann, room)).memberCount()).isZero();
  }

  @Test
  void whatIsNotInTheLogIsNotAnsweredAndFollowsLater() {
    RoomId room = rooms.create(ann, RoomType.PUBLIC).id();
    logs.reachable(false);

    assertThat(reason(rooms.join(bob, room))).isEqualTo(Reason.UNAVAILABLE);
    assertThat(logs.of(room.log())).hasSize(1);
    logs.reachable(true);

    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(logs.of(room.log()))
                    .extracting(Draft::kind)
                    .containsExactly("create", "join"));
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(Await.of(rooms.get(bob, room)).membership().orElseThrow().read())
                    .isEqualTo(2));
  }

  @Test
  void everybodyEntersTheDefaultRoomsOnceAndMayStayOut() {
    List<Future<RoomsApi.Done>> welcomes =
        List.of(welcome(ann), welcome(ann), welcome(bob), welcome(cem));
    Await.of(Future.all(welcomes));
    RoomView general = own(ann).get(0);

    assertThat(general.name()).isEqualTo("general");
    Await.of(rooms.leave(ann, general.id()));
    Await.of(welcome(ann));
    assertThat(own(ann)).isEmpty();
    assertThat(own(bob)).extracting(RoomView::id).containsExactly(general.id());
  }

  @Test
  void publicRoomsAreNotToldApartByCaseOrWidth() {
    String name = "Café " + UUID.randomUUID();
    Await.of(rooms.create(ann, name, RoomType.PUBLIC));

    Failure taken =
        Await.failure(rooms.create(bob, " " + name.toUpperCase(Locale.ROOT), RoomType.PUBLIC));
    assertThat(taken.reason()).isEqualTo(Reason.ALREADY_EXISTS);
    Await.of(rooms.create(bob, name, RoomType.PRIVATE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "   ", "a\u202Eb", "a\u0000b", "zero\u200Bwidth", "\uD800", "tag\uDB40\uDC41"})
  void namesThatCannotBeReadAreRefused(String name) {
    Failure refused = Await.failure(rooms.create(ann, name, RoomType.PUBLIC));
    assertThat(refused.reason()).isEqualTo(Reason.INVALID);
    assertThat(refused.details()).containsEntry("field", "name");
  }

  @Test
  void namesHaveAtMostEightyCharacters() {
    assertThat(Await.of(rooms.create(ann, "😀".repeat(80), RoomType.PRIVATE)).name()).hasSize(160);
    assertThat(reason(rooms.create(ann, "😀".repeat(81), RoomType.PRIVATE)))
        .isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void membersArePagedWithoutGapOrRepeat() {
    RoomId room = rooms.create(ann, RoomType.PUBLIC).id();
    IntStream.range(0, 7).forEach(i -> Await.of(rooms.join(rooms.person("P" + i), room)));

    List<String> seen = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      RoomsApi.MemberPage page = Await.of(members(ann, room, after));
      page.members().stream().map(Member::name).forEach(seen::add);
      after = page.next();
    } while (after.isPresent());

    assertThat(seen).containsExactly("Ann", "P0", "P1", "P2", "P3", "P4", "P5", "P6");
    assertThat(reason(members(ann, room, Optional.of("nonsense")))).isEqualTo(Reason.INVALID);
  }

  private Future<RoomsApi.Done> welcome(Caller who) {
    return bus.ask(RoomsApi.WELCOME, new RoomsApi.Welcome(who));
  }

  private Future<RoomsApi.MemberPage> members(Caller by, RoomId room, Optional<String> after) {
    return bus.ask(RoomsApi.MEMBERS, new RoomsApi.Members(by, room, after, 3));
  }

  private List<RoomView> own(Caller by) {
    return Await.of(
            bus.ask(
                RoomsApi.LIST,
                new RoomsApi.ListRooms(by, false, Optional.empty(), Optional.empty(), 50)))
        .rooms();
  }

  private RoomView secret(Caller by) {
    return own(by).stream()
        .filter(room -> room.type() == RoomType.PRIVATE)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void bothOfADirectRoomPinAndInOthersModeratorsDo() {
    RoomId direct = Await.of(rooms.direct(ann, bob)).id();

    assertThat(rooms.standing(direct, ann).pins()).contains(true);
    assertThat(rooms.standing(direct, bob).pins()).contains(true);
    assertThat(Role.MODERATOR.standing(RoomType.PUBLIC, 0, 1, Optional.empty()).pins())
        .contains(true);
    assertThat(Role.MEMBER.standing(RoomType.PRIVATE, 0, 1, Optional.empty()).pins())
        .contains(false);
    assertThat(Role.MEMBER.standing(RoomType.DIRECT, 0, 1, Optional.empty()).moderates()).isFalse();
  }

  private Access access(RoomId room, Caller who) {
    return rooms.standing(room, who).access();
  }

  private static Reason reason(Future<?> refused) {
    return Await.failure(refused).reason();
  }

  private static String text(Future<?> refused) {
    return Await.failure(refused).text();
  }
}
