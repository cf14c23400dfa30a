package io.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.AccountsApi;
import io.parley.accounts.AccountsApi.Profile;
import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.config.PostgresConfig;
import io.parley.config.RoomsConfig;
import io.parley.contacts.ContactsApi;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.TestPostgres;
import io.parley.log.Draft;
import io.parley.log.LogApi;
import io.parley.log.LogId;
import io.parley.log.Standing;
import io.parley.log.Standing.Access;
import io.parley.rooms.RoomsApi.Caller;
import io.parley.rooms.RoomsApi.Member;
import io.parley.rooms.RoomsApi.RoomView;
import io.parley.stores.postgres.PostgresOutboxStore;
import io.parley.stores.postgres.PostgresPool;
import io.parley.stores.postgres.PostgresReaderStore;
import io.parley.stores.postgres.PostgresRoomStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoomsTest {
  private final Vertx vertx = Vertx.vertx();
  private final RecordedLogs logs = new RecordedLogs();
  private final Set<Pair> strangers = ConcurrentHashMap.newKeySet();
  private Bus bus;
  private Caller ann;
  private Caller bob;
  private Caller cem;

  @BeforeAll
  void start() {
    PostgresConfig database = TestPostgres.database();
    Pool pool = PostgresPool.open(vertx, database);
    bus =
        Bus.over(
            vertx,
            List.of(
                RoomsApi.CONTRACT, AccountsApi.CONTRACT, ContactsApi.CONTRACT, LogApi.CONTRACT));
    Await.of(bus.answer(AccountsApi.PROFILES, RoomsTest::profiles));
    Await.of(bus.answer(ContactsApi.BETWEEN, this::between));
    Await.of(bus.answer(LogApi.HEADS, RoomsTest::heads));
    Await.of(bus.answer(LogApi.OWN, RoomsTest::own));
    LogApi.LastsFound nothing = new LogApi.LastsFound(List.of());
    Await.of(bus.answer(LogApi.LASTS, asked -> Future.succeededFuture(nothing)));
    RoomsVerticle rooms =
        new RoomsVerticle(
            bus,
            new PostgresRoomStore(pool, Clock.systemUTC()),
            new PostgresOutboxStore(pool),
            new PostgresReaderStore(pool),
            logs,
            Clock.systemUTC(),
            UUID::randomUUID,
            new RoomsConfig(List.of("general"), 60));
    Await.of(vertx.deployVerticle(rooms));
  }

  @AfterAll
  void stop() {
    Await.of(vertx.close());
  }

  @BeforeEach
  void people() {
    logs.reachable(true);
    ann = person("Ann");
    bob = person("Bob");
    cem = person("Cem");
  }

  @Test
  void theCreatorIsTheOwnerAndTheFirstEntrySaysSo() {
    RoomView room = create(ann, RoomType.PRIVATE);

    assertThat(room.membership().orElseThrow().role()).isEqualTo(Role.OWNER);
    Draft first = logs.of(room.id().log()).get(0);
    assertThat(first.kind()).isEqualTo("create");
    assertThat(first.change().orElseThrow().version()).isEqualTo(1);
    assertThat(logs.of(LogId.user(ann.user().value())))
        .extracting(Draft::kind)
        .containsExactly("room.added");
  }

  @Test
  void whoComesAndGoesIsCounted() {
    RoomView room = create(ann, RoomType.PUBLIC);
    Await.of(bus.ask(RoomsApi.JOIN, new RoomsApi.Join(bob, room.id())));
    RoomAdmission admission = new RoomAdmission(bus);

    assertThat(Await.of(admission.members(room.id().log()))).isEqualTo(2);
    Await.of(bus.ask(RoomsApi.LEAVE, new RoomsApi.Leave(bob, room.id())));
    assertThat(Await.of(admission.members(room.id().log()))).isEqualTo(1);
    assertThat(Await.of(admission.members(LogId.room(UUID.randomUUID())))).isZero();
  }

  @Test
  void whatOneWroteOneselfIsNotUnread() {
    RoomView room = create(ann, RoomType.PRIVATE);

    assertThat(room.membership().orElseThrow().n()).isEqualTo(10);
    assertThat(room.membership().orElseThrow().unread()).isEqualTo(7);
  }

  @Test
  void aPrivateRoomLooksLikeNoneToStrangers() {
    RoomId room = create(ann, RoomType.PRIVATE).id();
    RoomId none = new RoomId(UUID.randomUUID());

    assertThat(reason(get(bob, room))).isEqualTo(reason(get(bob, none)));
    assertThat(text(get(bob, room))).isEqualTo(text(get(bob, none)));
    assertThat(text(join(bob, room))).isEqualTo(text(join(bob, none)));
    assertThat(text(members(bob, room, Optional.empty())))
        .isEqualTo(text(members(bob, none, Optional.empty())));
    assertThat(text(add(bob, room, cem))).isEqualTo(text(add(bob, none, cem)));
    assertThat(text(remove(bob, room, ann))).isEqualTo(text(remove(bob, none, ann)));
    assertThat(reason(get(bob, room))).isEqualTo(Reason.NOT_FOUND);
    assertThat(access(room, bob)).isEqualTo(Access.HIDDEN);
  }

  @Test
  void joiningTwiceIsNoErrorAndLeavesOneEntry() {
    RoomId room = create(ann, RoomType.PUBLIC).id();

    Await.of(join(bob, room));
    RoomView again = Await.of(join(bob, room));

    assertThat(again.memberCount()).isEqualTo(2);
    assertThat(logs.of(room.log())).extracting(Draft::kind).containsExactly("create", "join");
    assertThat(access(room, bob)).isEqualTo(Access.POST);
    assertThat(access(room, cem)).isEqualTo(Access.STRANGER);
  }

  @Test
  void fiftyPeopleJoiningAtOnceEnterInTheOrderOfVersions() {
    RoomId room = create(ann, RoomType.PUBLIC).id();

    List<Future<RoomView>> joins =
        IntStream.range(0, 50).mapToObj(i -> join(person("P" + i), room)).toList();
    Await.of(Future.all(joins));

    assertThat(logs.of(room.log()).stream().mapToLong(d -> d.change().orElseThrow().version()))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 51).boxed().toList());
    assertThat(Await.of(get(ann, room)).memberCount()).isEqualTo(51);
  }

  @Test
  void aFullRoomTakesNobody() {
    RoomId room = create(ann, RoomType.PUBLIC).id();
    List<Future<RoomView>> joins =
        IntStream.range(0, 59).mapToObj(i -> join(person("P" + i), room)).toList();
    Await.of(Future.all(joins));

    assertThat(reason(join(bob, room))).isEqualTo(Reason.TOO_LARGE);
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
    assertThat(reason(get(cem, room))).isEqualTo(Reason.NOT_FOUND);
    assertThat(reason(leave(ann, room))).isEqualTo(Reason.CONFLICT);
    assertThat(reason(add(ann, room, cem))).isEqualTo(Reason.FORBIDDEN);
  }

  @Test
  void nobodyIsBroughtTogetherWithWhomABlockStandsBetween() {
    RoomId before = Await.of(direct(ann, cem)).id();
    RoomId group = create(ann, RoomType.PRIVATE).id();
    strangers.add(Pair.of(ann.user(), bob.user()));
    strangers.add(Pair.of(ann.user(), cem.user()));

    assertThat(reason(direct(ann, bob))).isEqualTo(Reason.FORBIDDEN);
    assertThat(text(direct(bob, ann))).as("who it was").isEqualTo(text(direct(ann, bob)));
    assertThat(reason(add(ann, group, bob))).isEqualTo(Reason.FORBIDDEN);
    assertThat(Await.of(direct(ann, cem)).id()).as("what is there stays").isEqualTo(before);
  }

  private Future<RoomView> direct(Caller by, Caller with) {
    return bus.ask(RoomsApi.DIRECT, new RoomsApi.Direct(by, with.user()));
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
  void onlyTheOwnerAddsAndRemoves() {
    RoomId room = create(ann, RoomType.PRIVATE).id();
    Await.of(add(ann, room, bob));

    assertThat(reason(add(bob, room, cem))).isEqualTo(Reason.FORBIDDEN);
    assertThat(reason(remove(bob, room, ann))).isEqualTo(Reason.FORBIDDEN);
    Await.of(remove(ann, room, bob));
    Await.of(remove(ann, room, bob));

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
    RoomId room = create(ann, RoomType.PUBLIC).id();
    Await.of(join(bob, room));

    assertThat(reason(leave(ann, room))).isEqualTo(Reason.CONFLICT);
    Await.of(leave(bob, room));
    Await.of(leave(bob, room));
    Await.of(leave(ann, room));

    assertThat(Await.of(get(ann, room)).memberCount()).isZero();
  }

  @Test
  void whatIsNotInTheLogIsNotAnsweredAndFollowsLater() {
    RoomId room = create(ann, RoomType.PUBLIC).id();
    logs.reachable(false);

    assertThat(reason(join(bob, room))).isEqualTo(Reason.UNAVAILABLE);
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
                assertThat(Await.of(get(bob, room)).membership().orElseThrow().read())
                    .isEqualTo(2));
  }

  @Test
  void everybodyEntersTheDefaultRoomsOnceAndMayStayOut() {
    List<Future<RoomsApi.Done>> welcomes =
        List.of(welcome(ann), welcome(ann), welcome(bob), welcome(cem));
    Await.of(Future.all(welcomes));
    RoomView general = own(ann).get(0);

    assertThat(general.name()).isEqualTo("general");
    Await.of(leave(ann, general.id()));
    Await.of(welcome(ann));
    assertThat(own(ann)).isEmpty();
    assertThat(own(bob)).extracting(RoomView::id).containsExactly(general.id());
  }

  @Test
  void publicRoomsAreNotToldApartByCaseOrWidth() {
    String name = "Café " + UUID.randomUUID();
    Await.of(create(ann, name, RoomType.PUBLIC));

    Failure taken =
        Await.failure(create(bob, " " + name.toUpperCase(Locale.ROOT), RoomType.PUBLIC));
    assertThat(taken.reason()).isEqualTo(Reason.ALREADY_EXISTS);
    Await.of(create(bob, name, RoomType.PRIVATE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "   ", "a\u202Eb", "a\u0000b", "zero\u200Bwidth", "\uD800", "tag\uDB40\uDC41"})
  void namesThatCannotBeReadAreRefused(String name) {
    Failure refused = Await.failure(create(ann, name, RoomType.PUBLIC));
    assertThat(refused.reason()).isEqualTo(Reason.INVALID);
    assertThat(refused.details()).containsEntry("field", "name");
  }

  @Test
  void namesHaveAtMostEightyCharacters() {
    assertThat(Await.of(create(ann, "😀".repeat(80), RoomType.PRIVATE)).name()).hasSize(160);
    assertThat(reason(create(ann, "😀".repeat(81), RoomType.PRIVATE))).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void membersArePagedWithoutGapOrRepeat() {
    RoomId room = create(ann, RoomType.PUBLIC).id();
    IntStream.range(0, 7).forEach(i -> Await.of(join(person("P" + i), room)));

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

  private Future<ContactsApi.Found> between(ContactsApi.Between asked) {
    return Future.succeededFuture(
        new ContactsApi.Found(strangers.contains(Pair.of(asked.one(), asked.other()))));
  }

  private Future<RoomView> create(Caller by, String name, RoomType type) {
    return bus.ask(RoomsApi.CREATE, new RoomsApi.Create(by, name, "", type));
  }

  private RoomView create(Caller by, RoomType type) {
    return Await.of(create(by, "room " + UUID.randomUUID(), type));
  }

  private Future<RoomView> get(Caller by, RoomId room) {
    return bus.ask(RoomsApi.GET, new RoomsApi.Get(by, room));
  }

  private Future<RoomView> join(Caller by, RoomId room) {
    return bus.ask(RoomsApi.JOIN, new RoomsApi.Join(by, room));
  }

  private Future<RoomsApi.Done> leave(Caller by, RoomId room) {
    return bus.ask(RoomsApi.LEAVE, new RoomsApi.Leave(by, room));
  }

  private Future<RoomsApi.Done> add(Caller by, RoomId room, Caller who) {
    return bus.ask(RoomsApi.ADD, new RoomsApi.Add(by, room, who.user()));
  }

  private Future<RoomsApi.Done> remove(Caller by, RoomId room, Caller who) {
    return bus.ask(RoomsApi.REMOVE, new RoomsApi.Remove(by, room, who.user()));
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

  private Access access(RoomId room, Caller who) {
    return Await.of(
            bus.ask(RoomsApi.STANDINGS, new RoomsApi.Standings(room.log(), List.of(who.user()))))
        .standings()
        .getOrDefault(who.user(), new Standing(Access.BANNED, 0, Optional.empty(), 0, false))
        .access();
  }

  private static Reason reason(Future<?> refused) {
    return Await.failure(refused).reason();
  }

  private static String text(Future<?> refused) {
    return Await.failure(refused).text();
  }

  private static Caller person(String name) {
    UUID id = UUID.nameUUIDFromBytes((name + UUID.randomUUID()).getBytes(StandardCharsets.UTF_8));
    People.NAMES.put(new UserId(id), name);
    return new Caller(new UserId(id), name);
  }

  private static Future<AccountsApi.ProfilesFound> profiles(AccountsApi.Profiles asked) {
    return Future.succeededFuture(
        new AccountsApi.ProfilesFound(
            asked.users().stream()
                .filter(People.NAMES::containsKey)
                .map(id -> new Profile(id, People.NAMES.getOrDefault(id, ""), Optional.empty()))
                .toList()));
  }

  private static Future<LogApi.OwnFound> own(LogApi.Own asked) {
    return Future.succeededFuture(
        new LogApi.OwnFound(asked.places().stream().map(place -> 3L).toList()));
  }

  private static Future<LogApi.HeadsFound> heads(LogApi.Heads asked) {
    return Future.succeededFuture(
        new LogApi.HeadsFound(
            asked.logs().stream().map(log -> new LogApi.Head(log, 12, 10, 0, "")).toList()));
  }

  private static final class People {
    static final Map<UserId, String> NAMES = new ConcurrentHashMap<>();
  }
}
