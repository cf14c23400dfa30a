package io.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.AccountStore.NewAccount;
import io.parley.accounts.AccountsApi;
import io.parley.accounts.AccountsApi.Profile;
import io.parley.accounts.DeparturesApi;
import io.parley.accounts.DeparturesApi.Leaving;
import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.bus.Bytes;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.TestPostgres;
import io.parley.log.AuthorsApi;
import io.parley.log.Draft;
import io.parley.log.LogApi;
import io.parley.log.LogApi.Encoded;
import io.parley.log.LogId;
import io.parley.rooms.Membership.Marker;
import io.parley.rooms.RoomStore.Change;
import io.parley.rooms.RoomStore.Owed;
import io.parley.stores.postgres.PostgresAccountStore;
import io.parley.stores.postgres.PostgresDepartingStore;
import io.parley.stores.postgres.PostgresOutboxStore;
import io.parley.stores.postgres.PostgresPool;
import io.parley.stores.postgres.PostgresRoomStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DepartingTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private final Vertx vertx = Vertx.vertx();
  private final RecordedLogs logs = new RecordedLogs();
  private final List<Leaving> leaving = new CopyOnWriteArrayList<>();
  private final List<Record> asked = new CopyOnWriteArrayList<>();
  private final List<RoomId> added = new CopyOnWriteArrayList<>();
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private Pool pool;
  private PostgresRoomStore rooms;
  private Departing departing;
  private UserId ann;
  private UserId bob;
  private UserId cem;
  private volatile boolean authorsAway;
  private volatile Supplier<Future<Void>> meanwhile = Future::succeededFuture;

  @BeforeEach
  void start() {
    pool = PostgresPool.open(vertx, TestPostgres.database());
    rooms = new PostgresRoomStore(pool, clock);
    Bus bus =
        Bus.over(
            vertx,
            List.of(
                AccountsApi.CONTRACT,
                DeparturesApi.CONTRACT,
                AuthorsApi.CONTRACT,
                LogApi.CONTRACT));
    answer(bus);
    departing =
        new Departing(
            rooms,
            new Meanwhile(new PostgresDepartingStore(pool)),
            new Outbox(new PostgresOutboxStore(pool), logs, clock),
            new Knocks(rooms, logs),
            bus,
            clock,
            UUID::randomUUID);
    ann = person();
    bob = person();
    cem = person();
  }

  @AfterEach
  void stop() {
    Await.of(vertx.close());
  }

  /** Lets something happen between finding an heir and what follows from that. */
  private final class Meanwhile implements DepartingStore {
    private final DepartingStore real;

    Meanwhile(DepartingStore real) {
      this.real = real;
    }

    @Override
    public Future<List<RoomId>> groups(UserId user, int limit) {
      return real.groups(user, limit);
    }

    @Override
    public Future<List<RoomId>> directs(UserId user, RoomId after, int limit) {
      return real.directs(user, after, limit);
    }

    @Override
    public Future<List<RoomId>> forget(UserId user) {
      return real.forget(user);
    }

    @Override
    public Future<Optional<UserId>> heir(RoomId room, UserId except) {
      return real.heir(room, except).compose(heir -> meanwhile.get().map(heir));
    }
  }

  private void answer(Bus bus) {
    Await.of(
        bus.answer(
            DeparturesApi.UNFINISHED,
            any ->
                Future.succeededFuture(new DeparturesApi.UnfinishedFound(List.copyOf(leaving)))));
    Await.of(bus.answer(DeparturesApi.FINISH, this::finish));
    Await.of(bus.answer(AuthorsApi.RENAME, this::rename));
    Await.of(bus.answer(AuthorsApi.RENAME_MEMBER, this::renameMember));
    Await.of(bus.answer(LogApi.READ, this::own));
    Await.of(
        bus.answer(
            AccountsApi.PROFILES,
            of ->
                Future.succeededFuture(
                    new AccountsApi.ProfilesFound(
                        of.users().stream()
                            .map(user -> new Profile(user, "Heir", Optional.empty()))
                            .toList()))));
  }

  private Future<DeparturesApi.Finished> finish(DeparturesApi.Finish finish) {
    asked.add(finish);
    leaving.removeIf(each -> each.user().equals(finish.user()));
    return Future.succeededFuture(new DeparturesApi.Finished());
  }

  /** Two pages for each log. */
  private Future<AuthorsApi.Renamed> rename(AuthorsApi.Rename rename) {
    if (authorsAway) {
      return Future.failedFuture(Failure.of(Reason.UNAVAILABLE, "away"));
    }
    asked.add(rename);
    Optional<String> next = rename.after().isEmpty() ? Optional.of("c") : Optional.empty();
    return Future.succeededFuture(new AuthorsApi.Renamed(next));
  }

  private Future<AuthorsApi.RenamedMember> renameMember(AuthorsApi.RenameMember rename) {
    asked.add(rename);
    Optional<Long> next = rename.after() == 0 ? Optional.of(9L) : Optional.empty();
    return Future.succeededFuture(new AuthorsApi.RenamedMember(next));
  }

  /** The leaver's own log, an entry a page. */
  private Future<LogApi.Page> own(LogApi.Read read) {
    int index = Math.toIntExact(read.after());
    List<Encoded> page = new ArrayList<>();
    if (index < added.size()) {
      String json = "{\"kind\":\"room.added\",\"body\":{\"room\":\"" + added.get(index) + "\"}}";
      Bytes bytes = new Bytes(json.getBytes(StandardCharsets.UTF_8));
      page.add(new Encoded(read.log(), index + 1L, bytes, Optional.empty()));
    }
    LogApi.Head head = new LogApi.Head(read.log(), added.size(), 0, 0, "");
    return Future.succeededFuture(new LogApi.Page(page, index + 1 < added.size(), false, head));
  }

  private UserId person() {
    UserId id = new UserId(UUID.randomUUID());
    NewAccount account = new NewAccount(id, "P", List.of(), NOW);
    Await.of(new PostgresAccountStore(pool).registerAll(List.of(account), List.of()));
    return id;
  }

  private record Seat(UserId user, Role role) {}

  private RoomId room(RoomType type, Seat... seats) {
    RoomId id = new RoomId(UUID.randomUUID());
    List<Membership> members = new ArrayList<>();
    for (Seat seat : seats) {
      Instant joined = NOW.plusSeconds(members.size());
      members.add(new Membership(id, seat.user(), seat.role(), joined, 0, 1, Marker.START));
    }
    Optional<Pair> pair =
        type == RoomType.DIRECT
            ? Optional.of(Pair.of(seats[0].user(), seats[1].user()))
            : Optional.empty();
    RoomName name = type == RoomType.DIRECT ? RoomName.NONE : RoomName.parse("room " + id);
    Room made = new Room(id, type, name, "", pair, NOW, 1, seats.length);
    Await.of(rooms.create(made, Change.coming(members, List.of())));
    return id;
  }

  private Optional<Role> role(RoomId room, UserId user) {
    return Await.of(rooms.find(room, user)).orElseThrow().membership().map(Membership::role);
  }

  private void leaves(UserId user, int secondsAgo) {
    leaving.add(new Leaving(user, NOW.minusSeconds(secondsAgo)));
  }

  @Test
  void theyLeaveEveryRoomButDirectOnes() {
    RoomId group = room(RoomType.PUBLIC, new Seat(bob, Role.OWNER), new Seat(ann, Role.MEMBER));
    RoomId direct = room(RoomType.DIRECT, new Seat(ann, Role.MEMBER), new Seat(bob, Role.MEMBER));
    RoomId alone = room(RoomType.PRIVATE, new Seat(ann, Role.OWNER));
    leaves(ann, 0);

    Await.of(departing.look());

    assertThat(role(group, ann)).isEmpty();
    assertThat(role(group, bob)).contains(Role.OWNER);
    assertThat(role(alone, ann)).isEmpty();
    assertThat(role(direct, ann)).contains(Role.MEMBER);
    Draft left = logs.of(group.log()).get(0);
    assertThat(left.kind()).isEqualTo("leave");
    assertThat(left.name()).isEqualTo("Deleted account");
    assertThat(left.body()).contains("Deleted account");
    assertThat(left.change().orElseThrow().standing().reads()).isFalse();
    assertThat(Await.of(rooms.memberCount(group))).isEqualTo(1);
    assertThat(asked).as("too early").isEmpty();
  }

  @Test
  void whatStandsAgainstThemInRoomsGoesAndWhatStandsAgainstOthersStays() {
    RoomId room = room(RoomType.PUBLIC, new Seat(cem, Role.OWNER));
    for (UserId banned : List.of(ann, bob)) {
      Ban ban = new Ban(room, banned, cem, NOW, Optional.empty(), "spam");
      Await.of(rooms.change(room, cem, banned, locked -> bans(locked, ban)));
    }
    leaves(ann, 60);

    Await.of(departing.look());

    assertThat(Await.of(rooms.bans(room, Optional.empty(), 10)))
        .extracting(Ban::user)
        .containsExactly(bob);
  }

  @Test
  void theyAskToBeLetInNowhereAndWhoDecidesHearsSo() {
    RoomId room = room(RoomType.PUBLIC, new Seat(cem, Role.OWNER));
    Await.of(pool.query("update rooms set door = 'request' where id = '" + room + "'").execute());
    for (UserId each : List.of(ann, bob)) {
      String row = "'" + room + "', '" + each + "', '', now(), now() + interval '1 day'";
      Await.of(
          pool.query(
                  "insert into room_requests (room, account, note, asked_at, until) values ("
                      + row
                      + ")")
              .execute());
    }
    leaves(ann, 60);

    Await.of(departing.look());

    assertThat(Await.of(rooms.requests(List.of(room)))).containsEntry(room, 1);
    assertThat(logs.told(cem, "requests"))
        .extracting(told -> told.path("requests").asInt())
        .containsExactly(1);
  }

  private static Optional<Change> bans(RoomStore.Locked locked, Ban ban) {
    Room room = locked.room();
    RoomsApi.Caller caller = new RoomsApi.Caller(ban.by(), "Cem");
    Owed entry =
        new Entries(UUID::randomUUID)
            .banned(room, room.version() + 1, caller, ban, "Somebody", false);
    return Optional.of(Change.told(entry).with(new Sanction.Banned(ban)));
  }

  @Test
  void aRoomGoesToWhoeverIsNextBeforeItsOwnerGoes() {
    RoomId room =
        room(
            RoomType.PRIVATE,
            new Seat(ann, Role.OWNER),
            new Seat(bob, Role.MEMBER),
            new Seat(cem, Role.ADMIN));
    leaves(ann, 0);

    Await.of(departing.look());
    Await.of(departing.look());

    assertThat(role(room, ann)).isEmpty();
    assertThat(role(room, cem)).contains(Role.OWNER);
    assertThat(role(room, bob)).contains(Role.MEMBER);
    List<Draft> entries = logs.of(room.log());
    assertThat(entries).extracting(Draft::kind).containsExactly("role", "leave");
    assertThat(entries)
        .extracting(each -> each.change().orElseThrow().version())
        .containsExactly(2L, 3L);
    assertThat(entries.get(0).body()).contains("\"role\":\"owner\"", cem.toString());
    assertThat(entries.get(0).change().orElseThrow().standing().moderates()).isTrue();
    assertThat(Await.of(rooms.memberCount(room))).isEqualTo(2);
  }

  @Test
  void aRoomWithAnotherOwnerIsHandedToNobody() {
    RoomId room =
        room(
            RoomType.PRIVATE,
            new Seat(ann, Role.OWNER),
            new Seat(cem, Role.ADMIN),
            new Seat(bob, Role.OWNER));
    leaves(ann, 0);

    Await.of(departing.look());

    assertThat(role(room, cem)).contains(Role.ADMIN);
    assertThat(role(room, bob)).contains(Role.OWNER);
    assertThat(logs.of(room.log())).extracting(Draft::kind).containsExactly("leave");
  }

  @Test
  void anHeirWhoStepsDownMeanwhileOwnsTheRoomAllTheSame() {
    RoomId room = room(RoomType.PRIVATE, new Seat(ann, Role.OWNER), new Seat(bob, Role.OWNER));
    leaves(ann, 0);
    meanwhile = () -> rooms.change(room, bob, bob, DepartingTest::stepsDown);

    Await.of(departing.look());

    assertThat(role(room, ann)).isEmpty();
    assertThat(role(room, bob)).contains(Role.OWNER);
    assertThat(logs.of(room.log()))
        .extracting(Draft::kind)
        .containsExactly("role", "role", "leave");
  }

  @Test
  void anHeirWhoLeavesMeanwhileIsNotWaitedFor() {
    RoomId room =
        room(
            RoomType.PRIVATE,
            new Seat(ann, Role.OWNER),
            new Seat(bob, Role.ADMIN),
            new Seat(cem, Role.MEMBER));
    leaves(ann, 0);
    meanwhile = () -> rooms.change(room, bob, bob, DepartingTest::goes);

    assertThat(Await.failure(departing.look()).reason()).isEqualTo(Reason.CONFLICT);
    assertThat(role(room, ann)).as("or nobody would own it").contains(Role.OWNER);
    meanwhile = Future::succeededFuture;
    Await.of(departing.look());

    assertThat(role(room, cem)).contains(Role.OWNER);
    assertThat(Await.of(rooms.memberCount(room))).isEqualTo(1);
  }

  @Test
  void whoComesInMeanwhileInheritsTheRoom() {
    RoomId room = room(RoomType.PUBLIC, new Seat(ann, Role.OWNER));
    leaves(ann, 0);
    meanwhile = () -> rooms.change(room, bob, bob, locked -> comes(locked, bob));

    assertThat(Await.failure(departing.look()).reason()).isEqualTo(Reason.CONFLICT);
    meanwhile = Future::succeededFuture;
    Await.of(departing.look());

    assertThat(role(room, ann)).isEmpty();
    assertThat(role(room, bob)).contains(Role.OWNER);
  }

  private static Optional<Change> comes(RoomStore.Locked locked, UserId who) {
    Room room = locked.room();
    long version = room.version() + 1;
    Membership seat =
        new Membership(room.id(), who, Role.MEMBER, Instant.now(), 0, version, Marker.START);
    RoomsApi.Caller caller = new RoomsApi.Caller(who, "Bob");
    Owed joined = new Entries(UUID::randomUUID).joined(room, seat, caller, "Bob", 2);
    return Optional.of(Change.coming(List.of(seat), List.of(joined)));
  }

  private static Optional<Change> goes(RoomStore.Locked locked) {
    Room room = locked.room();
    RoomsApi.Caller bob = new RoomsApi.Caller(locked.subject().orElseThrow().user(), "Bob");
    Entries entries = new Entries(UUID::randomUUID);
    return Optional.of(
        Change.going(bob.user(), List.of(entries.left(room, room.version() + 1, bob))));
  }

  private static Optional<Change> stepsDown(RoomStore.Locked locked) {
    Room room = locked.room();
    Membership after = locked.subject().orElseThrow().as(Role.MEMBER, room.version() + 1);
    return Optional.of(
        Change.becoming(
            after,
            new Entries(UUID::randomUUID)
                .promoted(room, after, new RoomsApi.Caller(after.user(), "Bob"), "Bob")));
  }

  @Test
  void whereverTheyEverWereTheyLoseTheirNameAndThenItIsDone() {
    RoomId before = new RoomId(UUID.randomUUID());
    RoomId again = new RoomId(UUID.randomUUID());
    added.addAll(List.of(before, again));
    RoomId direct = room(RoomType.DIRECT, new Seat(ann, Role.MEMBER), new Seat(bob, Role.MEMBER));
    leaves(ann, 60);

    Await.of(departing.look());

    for (LogId log : List.of(before.log(), again.log(), direct.log())) {
      assertThat(asked)
          .contains(
              new AuthorsApi.Rename(log, ann, "Deleted account", ""),
              new AuthorsApi.Rename(log, ann, "Deleted account", "c"),
              new AuthorsApi.RenameMember(log, ann, "Deleted account", 0),
              new AuthorsApi.RenameMember(log, ann, "Deleted account", 9));
    }
    assertThat(asked).hasSize(3 * 4 + 1);
    assertThat(asked.get(12)).isEqualTo(new DeparturesApi.Finish(ann));
  }

  @Test
  void whatEndsHalfwayIsTakenUpAgainAndHoldsUpNobodyElse() {
    RoomId room = room(RoomType.PUBLIC, new Seat(ann, Role.OWNER), new Seat(bob, Role.MEMBER));
    RoomId bobs = room(RoomType.PUBLIC, new Seat(bob, Role.OWNER), new Seat(cem, Role.MEMBER));
    added.add(room);
    leaves(ann, 60);
    leaves(cem, 0);
    authorsAway = true;

    assertThat(Await.failure(departing.look()).reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(role(room, ann)).isEmpty();
    assertThat(role(bobs, cem)).isEmpty();
    assertThat(asked).isEmpty();
    authorsAway = false;
    Await.of(departing.look());

    assertThat(asked).contains(new DeparturesApi.Finish(ann));
    assertThat(logs.of(room.log())).extracting(Draft::kind).containsExactly("role", "leave");
  }

  @Test
  void whileALogIsAwayNothingIsLostOfIt() {
    RoomId room = room(RoomType.PUBLIC, new Seat(bob, Role.OWNER), new Seat(ann, Role.MEMBER));
    leaves(ann, 60);
    logs.reachable(false);
    Await.failure(departing.look());
    assertThat(role(room, ann)).as("decided").isEmpty();
    logs.reachable(true);

    Await.of(new Outbox(new PostgresOutboxStore(pool), logs, clock).flush(room.log()));

    assertThat(logs.of(room.log())).extracting(Draft::kind).containsExactly("leave");
  }
}
