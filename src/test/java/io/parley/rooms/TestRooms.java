package io.parley.rooms;

import io.parley.accounts.AccountsApi;
import io.parley.accounts.AccountsApi.Profile;
import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.bus.Bytes;
import io.parley.config.RoomsConfig;
import io.parley.contacts.ContactsApi;
import io.parley.fixtures.Await;
import io.parley.fixtures.TestPostgres;
import io.parley.log.LogApi;
import io.parley.log.Standing;
import io.parley.log.Standing.Access;
import io.parley.rooms.RoomsApi.Caller;
import io.parley.rooms.RoomsApi.RoomView;
import io.parley.stores.postgres.PostgresInviteStore;
import io.parley.stores.postgres.PostgresOutboxStore;
import io.parley.stores.postgres.PostgresPool;
import io.parley.stores.postgres.PostgresReaderStore;
import io.parley.stores.postgres.PostgresRequestStore;
import io.parley.stores.postgres.PostgresRoomStore;
import io.parley.stores.postgres.PostgresSettingStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Rooms on a real PostgreSQL, with logs that only remember, and people as they are wanted. */
final class TestRooms implements AutoCloseable {
  private static final int MAX_MEMBERS = 60;

  final RecordedLogs logs = new RecordedLogs();

  /** Between whom a block stands. */
  final Set<Pair> strangers = ConcurrentHashMap.newKeySet();

  final Bus bus;
  private final Vertx vertx = Vertx.vertx();
  private final Pool pool;
  private final Map<UserId, String> names = new ConcurrentHashMap<>();

  TestRooms() {
    bus =
        Bus.over(
            vertx,
            List.of(
                RoomsApi.CONTRACT,
                ModerationApi.CONTRACT,
                InvitesApi.CONTRACT,
                SettingsApi.CONTRACT,
                RequestsApi.CONTRACT,
                ReadersApi.CONTRACT,
                AccountsApi.CONTRACT,
                ContactsApi.CONTRACT,
                LogApi.CONTRACT));
    Await.of(bus.answer(AccountsApi.PROFILES, this::profiles));
    Await.of(bus.answer(ContactsApi.BETWEEN, this::between));
    Await.of(bus.answer(LogApi.HEADS, TestRooms::heads));
    Await.of(bus.answer(LogApi.OWN, TestRooms::own));
    Await.of(bus.answer(LogApi.MENTIONS, TestRooms::own));
    Await.of(bus.answer(LogApi.READ, TestRooms::read));
    LogApi.LastsFound nothing = new LogApi.LastsFound(List.of());
    Await.of(bus.answer(LogApi.LASTS, asked -> Future.succeededFuture(nothing)));
    pool = PostgresPool.open(vertx, TestPostgres.database());
    Await.of(
        vertx.deployVerticle(
            new RoomsVerticle(
                bus,
                new PostgresRoomStore(pool, Clock.systemUTC()),
                new PostgresOutboxStore(pool),
                new PostgresReaderStore(pool),
                logs,
                Clock.systemUTC(),
                UUID::randomUUID,
                new RoomsConfig(List.of("general"), MAX_MEMBERS))));
    invites();
    membership();
  }

  private void membership() {
    Await.of(
        vertx.deployVerticle(
            new MembershipVerticle(
                bus,
                new PostgresRoomStore(pool, Clock.systemUTC()),
                new PostgresSettingStore(pool, Clock.systemUTC()),
                new PostgresRequestStore(pool, Clock.systemUTC()),
                new PostgresOutboxStore(pool),
                logs,
                Clock.systemUTC(),
                UUID::randomUUID,
                new RoomsConfig(List.of(), MAX_MEMBERS))));
  }

  private void invites() {
    Await.of(
        vertx.deployVerticle(
            new InvitesVerticle(
                bus,
                new PostgresInviteStore(pool, Clock.systemUTC()),
                new PostgresRoomStore(pool, Clock.systemUTC()),
                new PostgresOutboxStore(pool),
                logs,
                Clock.systemUTC(),
                UUID::randomUUID,
                new SecureRandom(),
                new RoomsConfig(List.of(), MAX_MEMBERS))));
  }

  Caller person(String name) {
    UserId id = new UserId(UUID.randomUUID());
    names.put(id, name);
    return new Caller(id, name);
  }

  Future<RoomView> create(Caller by, String name, RoomType type) {
    return bus.ask(RoomsApi.CREATE, new RoomsApi.Create(by, name, "", type));
  }

  RoomView create(Caller by, RoomType type, History history, Door door) {
    String name = "room " + UUID.randomUUID();
    return Await.of(
        bus.ask(
            RoomsApi.CREATE,
            new RoomsApi.Create(by, name, "", type, Optional.of(new Terms(history, door)))));
  }

  Future<RoomView> open(Caller by, RoomId room, Optional<History> history, Optional<Door> door) {
    return bus.ask(
        RoomsApi.UPDATE,
        new RoomsApi.Update(
            by, room, Optional.empty(), Optional.empty(), Optional.empty(), history, door));
  }

  Future<RoomView> ask(Caller by, RoomId room, String note) {
    return bus.ask(RequestsApi.ASK, new RequestsApi.Ask(by, room, note));
  }

  Future<RoomsApi.Done> withdraw(Caller by, RoomId room) {
    return bus.ask(RequestsApi.WITHDRAW, new RequestsApi.Withdraw(by, room));
  }

  Future<RequestsApi.RequestPage> requests(Caller by, RoomId room) {
    return bus.ask(RequestsApi.LIST, new RequestsApi.ListRequests(by, room, Optional.empty(), 100));
  }

  Future<RoomsApi.Done> admit(Caller by, RoomId room, Caller who) {
    return bus.ask(RequestsApi.ADMIT, new RequestsApi.Admit(by, room, who.user()));
  }

  Future<RoomsApi.Done> refuse(Caller by, RoomId room, Caller who, String word) {
    return bus.ask(RequestsApi.REFUSE, new RequestsApi.Refuse(by, room, who.user(), word));
  }

  RoomView create(Caller by, RoomType type) {
    return Await.of(create(by, "room " + UUID.randomUUID(), type));
  }

  Future<RoomView> get(Caller by, RoomId room) {
    return bus.ask(RoomsApi.GET, new RoomsApi.Get(by, room));
  }

  Future<RoomView> direct(Caller by, Caller with) {
    return bus.ask(RoomsApi.DIRECT, new RoomsApi.Direct(by, with.user()));
  }

  Future<RoomView> join(Caller by, RoomId room) {
    return bus.ask(RoomsApi.JOIN, new RoomsApi.Join(by, room));
  }

  Future<RoomsApi.Done> leave(Caller by, RoomId room) {
    return bus.ask(RoomsApi.LEAVE, new RoomsApi.Leave(by, room));
  }

  Future<RoomsApi.Done> add(Caller by, RoomId room, Caller who) {
    return bus.ask(RoomsApi.ADD, new RoomsApi.Add(by, room, who.user()));
  }

  Future<RoomsApi.Done> remove(Caller by, RoomId room, Caller who) {
    return bus.ask(RoomsApi.REMOVE, new RoomsApi.Remove(by, room, who.user()));
  }

  Future<RoomsApi.Done> give(Caller by, RoomId room, Caller who, Role role) {
    return bus.ask(RoomsApi.ROLE, new RoomsApi.GiveRole(by, room, who.user(), role));
  }

  Future<RoomView> call(Caller by, RoomId room, String name) {
    return update(by, room, Optional.of(name), Optional.empty(), Optional.empty());
  }

  Future<RoomView> describe(Caller by, RoomId room, String description) {
    return update(by, room, Optional.empty(), Optional.of(description), Optional.empty());
  }

  Future<RoomView> slow(Caller by, RoomId room, int seconds) {
    return update(by, room, Optional.empty(), Optional.empty(), Optional.of(seconds));
  }

  private Future<RoomView> update(
      Caller by,
      RoomId room,
      Optional<String> name,
      Optional<String> description,
      Optional<Integer> slowMode) {
    return bus.ask(RoomsApi.UPDATE, new RoomsApi.Update(by, room, name, description, slowMode));
  }

  Future<RoomsApi.Done> ban(
      Caller by, RoomId room, Caller who, Optional<String> reason, Optional<Integer> seconds) {
    return bus.ask(
        ModerationApi.BAN, new ModerationApi.ImposeBan(by, room, who.user(), reason, seconds));
  }

  Future<RoomsApi.Done> ban(Caller by, RoomId room, Caller who) {
    return ban(by, room, who, Optional.empty(), Optional.empty());
  }

  Future<RoomsApi.Done> unban(Caller by, RoomId room, Caller who) {
    return bus.ask(ModerationApi.UNBAN, new ModerationApi.LiftBan(by, room, who.user()));
  }

  Future<RoomsApi.Done> mute(Caller by, RoomId room, Caller who, int seconds) {
    return bus.ask(ModerationApi.MUTE, new ModerationApi.Mute(by, room, who.user(), seconds));
  }

  Future<RoomsApi.Done> unmute(Caller by, RoomId room, Caller who) {
    return bus.ask(ModerationApi.UNMUTE, new ModerationApi.Unmute(by, room, who.user()));
  }

  Future<RoomView> archive(Caller by, RoomId room) {
    return bus.ask(ModerationApi.ARCHIVE, new ModerationApi.Archive(by, room));
  }

  Future<InvitesApi.Made> invite(
      Caller by, RoomId room, Optional<Integer> seconds, Optional<Integer> uses) {
    return bus.ask(InvitesApi.MAKE, new InvitesApi.Make(by, room, seconds, uses));
  }

  /** One as it is when nothing is said. */
  Future<InvitesApi.Made> invite(Caller by, RoomId room) {
    return invite(by, room, Optional.empty(), Optional.empty());
  }

  /** The token of a new invite. */
  String invite(Caller by, RoomId room, int uses) {
    return Await.of(invite(by, room, Optional.empty(), Optional.of(uses))).token();
  }

  Future<List<InvitesApi.Link>> invites(Caller by, RoomId room) {
    return bus.ask(InvitesApi.LIST, new InvitesApi.ListInvites(by, room))
        .map(InvitesApi.Listed::invites);
  }

  Future<RoomsApi.Done> uninvite(Caller by, RoomId room, UUID invite) {
    return bus.ask(InvitesApi.REVOKE, new InvitesApi.Revoke(by, room, invite));
  }

  Future<InvitesApi.Invited> look(Caller by, String token) {
    return bus.ask(InvitesApi.LOOK, new InvitesApi.Look(by, token));
  }

  Future<RoomView> accept(Caller by, String token) {
    return bus.ask(InvitesApi.ACCEPT, new InvitesApi.Accept(by, token));
  }

  Future<RoomsApi.Done> delete(Caller by, RoomId room) {
    return bus.ask(RoomsApi.DELETE, new RoomsApi.Delete(by, room));
  }

  Future<RoomView> unarchive(Caller by, RoomId room) {
    return bus.ask(ModerationApi.UNARCHIVE, new ModerationApi.Unarchive(by, room));
  }

  /** What somebody is in a room they are in. */
  Role role(Caller who, RoomId room) {
    return Await.of(get(who, room)).membership().orElseThrow().role();
  }

  Standing standing(RoomId room, Caller who) {
    return Await.of(
            bus.ask(RoomsApi.STANDINGS, new RoomsApi.Standings(room.log(), List.of(who.user()))))
        .standings()
        .getOrDefault(who.user(), new Standing(Access.BANNED, 0, Optional.empty(), 0, false));
  }

  /** The first column of what a statement finds. */
  List<String> found(String statement) {
    List<String> all = new ArrayList<>();
    Await.of(pool.query(statement).execute()).forEach(row -> all.add(row.getString(0)));
    return all;
  }

  /** Does something that nobody can ask for. */
  void sql(String statement) {
    Await.of(pool.query(statement).execute());
  }

  private Future<ContactsApi.Found> between(ContactsApi.Between asked) {
    return Future.succeededFuture(
        new ContactsApi.Found(strangers.contains(Pair.of(asked.one(), asked.other()))));
  }

  private Future<AccountsApi.ProfilesFound> profiles(AccountsApi.Profiles asked) {
    return Future.succeededFuture(
        new AccountsApi.ProfilesFound(
            asked.users().stream()
                .filter(names::containsKey)
                .map(id -> new Profile(id, names.getOrDefault(id, ""), Optional.empty()))
                .toList()));
  }

  private static Future<LogApi.OwnFound> own(LogApi.Own asked) {
    return Future.succeededFuture(
        new LogApi.OwnFound(asked.places().stream().map(place -> 3L).toList()));
  }

  private static Future<LogApi.Page> read(LogApi.Read asked) {
    byte[] json = "{\"n\":%d}".formatted(asked.through() - 2).getBytes(StandardCharsets.UTF_8);
    LogApi.Encoded entry =
        new LogApi.Encoded(asked.log(), asked.through(), new Bytes(json), Optional.empty());
    return Future.succeededFuture(
        new LogApi.Page(
            asked.through() > 12 ? List.of() : List.of(entry),
            false,
            false,
            new LogApi.Head(asked.log(), 12, 10, 0, "")));
  }

  private static Future<LogApi.HeadsFound> heads(LogApi.Heads asked) {
    return Future.succeededFuture(
        new LogApi.HeadsFound(
            asked.logs().stream().map(log -> new LogApi.Head(log, 12, 10, 0, "")).toList()));
  }

  @Override
  public void close() {
    Await.of(vertx.close());
  }
}
