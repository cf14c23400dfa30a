package io.parley.rooms;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.accounts.AccountsApi;
import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.bus.Contract;
import io.parley.config.ByteSize;
import io.parley.config.LogConfig;
import io.parley.config.RoomsConfig;
import io.parley.contacts.ContactsApi;
import io.parley.fixtures.Await;
import io.parley.fixtures.Limited;
import io.parley.fixtures.LocalOwnership;
import io.parley.fixtures.TestPostgres;
import io.parley.json.Json;
import io.parley.log.BusLogClient;
import io.parley.log.Draft;
import io.parley.log.LogApi;
import io.parley.log.LogClient;
import io.parley.log.LogVerticle;
import io.parley.log.Ownership;
import io.parley.log.PicksApi;
import io.parley.log.ThreadsApi;
import io.parley.rooms.RoomsApi.Caller;
import io.parley.rooms.RoomsApi.Own;
import io.parley.stores.postgres.PostgresLogStore;
import io.parley.stores.postgres.PostgresOutboxStore;
import io.parley.stores.postgres.PostgresPool;
import io.parley.stores.postgres.PostgresReaderStore;
import io.parley.stores.postgres.PostgresRequestStore;
import io.parley.stores.postgres.PostgresRoomStore;
import io.parley.stores.postgres.PostgresSettingStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Rooms and their logs, as a node has them, on a real PostgreSQL. */
public final class TestTalk implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  public final Bus bus;
  public final Vertx vertx = Vertx.vertx();
  public final Pool pool = PostgresPool.open(vertx, TestPostgres.database());
  public final LogClient logs;
  private final Map<UserId, String> names = new ConcurrentHashMap<>();

  TestTalk() {
    this(List.of());
  }

  /** The same with others who may be asked on its bus. */
  public TestTalk(List<Contract> more) {
    List<Contract> asked =
        new ArrayList<>(
            List.of(
                RoomsApi.CONTRACT,
                ModerationApi.CONTRACT,
                ReadersApi.CONTRACT,
                SettingsApi.CONTRACT,
                RequestsApi.CONTRACT,
                AccountsApi.CONTRACT,
                ContactsApi.CONTRACT,
                LogApi.CONTRACT,
                PicksApi.CONTRACT,
                ThreadsApi.CONTRACT));
    asked.addAll(more);
    bus = Bus.over(vertx, asked);
    Await.of(bus.answer(AccountsApi.PROFILES, this::profiles));
    LocalOwnership ownership = new LocalOwnership("here", 1);
    logs = new BusLogClient(vertx, bus, ownership, new Random(7));
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
                new RoomsConfig(List.of(), 1_000))));
    Await.of(vertx.deployVerticle(owner(pool, ownership)));
    Await.of(vertx.deployVerticle(membership(pool)));
  }

  private MembershipVerticle membership(Pool pool) {
    return new MembershipVerticle(
        bus,
        new PostgresRoomStore(pool, Clock.systemUTC()),
        new PostgresSettingStore(pool, Clock.systemUTC()),
        new PostgresRequestStore(pool, Clock.systemUTC()),
        new PostgresOutboxStore(pool),
        logs,
        Clock.systemUTC(),
        UUID::randomUUID,
        new RoomsConfig(List.of(), 1_000));
  }

  private LogVerticle owner(Pool pool, Ownership ownership) {
    return new LogVerticle(
        bus,
        new PostgresLogStore(pool),
        new RoomAdmission(bus),
        ownership,
        new Ownership.Owner("here", 0),
        new LogConfig(
            "postgres",
            500,
            new ByteSize(1 << 20),
            10_000,
            new ByteSize(16 << 20),
            Duration.ofSeconds(5),
            1_000),
        Limited.room(0, 1),
        Clock.systemUTC(),
        new SimpleMeterRegistry());
  }

  private Future<AccountsApi.ProfilesFound> profiles(AccountsApi.Profiles asked) {
    return Future.succeededFuture(
        new AccountsApi.ProfilesFound(
            asked.users().stream()
                .map(
                    id ->
                        new AccountsApi.Profile(
                            id, names.getOrDefault(id, "Nobody"), Optional.empty()))
                .toList()));
  }

  public Caller person(String name) {
    UserId id = new UserId(UUID.randomUUID());
    names.put(id, name);
    return new Caller(id, name);
  }

  public RoomId room(Caller owner) {
    String name = "room " + UUID.randomUUID();
    return Await.of(bus.ask(RoomsApi.CREATE, new RoomsApi.Create(owner, name, "", RoomType.PUBLIC)))
        .id();
  }

  public void join(Caller who, RoomId room) {
    Await.of(bus.ask(RoomsApi.JOIN, new RoomsApi.Join(who, room)));
  }

  public Future<RoomsApi.Done> delete(Caller who, RoomId room) {
    return bus.ask(RoomsApi.DELETE, new RoomsApi.Delete(who, room));
  }

  public void leave(Caller who, RoomId room) {
    Await.of(bus.ask(RoomsApi.LEAVE, new RoomsApi.Leave(who, room)));
  }

  /** Writes an entry; completes with its place. */
  public Future<Long> writes(
      Caller who, RoomId room, String kind, Optional<Long> target, ObjectNode body) {
    Draft draft =
        new Draft(
            kind,
            who.user(),
            who.name(),
            UUID.randomUUID().toString(),
            Json.write(body),
            target,
            kind.equals("message") && target.isEmpty(),
            Optional.empty());
    return logs.append(room.log(), draft, PATIENCE).map(LogApi.Appended::seq);
  }

  RoomsApi.Marked read(Caller who, RoomId room, long seq, Optional<Long> marks) {
    return Await.of(bus.ask(RoomsApi.READ, new RoomsApi.Read(who.user(), room, seq, marks)));
  }

  RoomsApi.Marked unread(Caller who, RoomId room, long seq) {
    return Await.of(bus.ask(ReadersApi.UNREAD, new ReadersApi.Unread(who.user(), room, seq)));
  }

  public Own view(Caller who, RoomId room) {
    return Await.of(bus.ask(RoomsApi.GET, new RoomsApi.Get(who, room))).membership().orElseThrow();
  }

  ReadersApi.Explained explain(Caller who, RoomId room, Optional<Long> after, int limit) {
    return Await.of(
        bus.ask(ReadersApi.EXPLAIN, new ReadersApi.Explain(who.user(), room, after, limit)));
  }

  /** All entries of a room, as they were written. */
  public List<ObjectNode> entries(RoomId room) {
    return Await.of(
            bus.ask(
                LogApi.READ,
                new LogApi.Read(room.log(), Optional.empty(), 0, Long.MAX_VALUE, 0, 500)))
        .entries()
        .stream()
        .map(entry -> Json.object(entry.json().array()))
        .toList();
  }

  @Override
  public void close() {
    Await.of(vertx.close());
  }
}
