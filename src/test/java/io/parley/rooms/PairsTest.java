package io.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.accounts.AccountStore.NewAccount;
import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.config.PostgresConfig;
import io.parley.contacts.ContactsApi;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.TestPostgres;
import io.parley.log.LogApi;
import io.parley.log.LogApi.Doubted;
import io.parley.log.LogId;
import io.parley.log.Standing.Access;
import io.parley.rooms.Membership.Marker;
import io.parley.rooms.RoomStore.Change;
import io.parley.stores.postgres.PostgresAccountStore;
import io.parley.stores.postgres.PostgresContactStore;
import io.parley.stores.postgres.PostgresPairStore;
import io.parley.stores.postgres.PostgresPool;
import io.parley.stores.postgres.PostgresRoomStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PairsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private final Vertx vertx = Vertx.vertx();
  private final List<Doubted> heard = new CopyOnWriteArrayList<>();
  private Pool pool;
  private Bus bus;
  private PostgresRoomStore rooms;
  private PostgresContactStore contacts;
  private PostgresPairStore store;
  private UserId ann;
  private UserId bob;
  private RoomId room;

  @BeforeAll
  void start() {
    PostgresConfig database = TestPostgres.database();
    pool = PostgresPool.open(vertx, database);
    bus = Bus.over(vertx, List.of(LogApi.CONTRACT, ContactsApi.CONTRACT));
    rooms = new PostgresRoomStore(pool, Clock.systemUTC());
    contacts = new PostgresContactStore(pool);
    store = new PostgresPairStore(pool);
    Await.of(bus.hear(LogApi.DOUBTED, heard::add));
  }

  @AfterAll
  void stop() {
    Await.of(vertx.close());
  }

  @BeforeEach
  void people() {
    Await.of(pool.query("delete from pair_changes").execute());
    ann = person();
    bob = person();
    room = direct(ann, bob);
    heard.clear();
  }

  private UserId person() {
    UserId id = new UserId(UUID.randomUUID());
    NewAccount account = new NewAccount(id, "P", List.of(), NOW);
    Await.of(new PostgresAccountStore(pool).registerAll(List.of(account), List.of()));
    return id;
  }

  private RoomId direct(UserId one, UserId other) {
    RoomId id = new RoomId(UUID.randomUUID());
    Optional<Pair> pair = Optional.of(Pair.of(one, other));
    List<Membership> seats = new ArrayList<>();
    for (UserId user : List.of(one, other)) {
      seats.add(new Membership(id, user, Role.MEMBER, NOW, 0, 1, Marker.START));
    }
    Room made = new Room(id, RoomType.DIRECT, RoomName.NONE, "", pair, NOW, 1, 2);
    Await.of(rooms.create(made, Change.coming(seats, List.of())));
    return id;
  }

  private Access access(UserId user) {
    return Await.of(rooms.standings(room, List.of(user))).standings().get(user).access();
  }

  private List<LogId> doubted() {
    return heard.stream().flatMap(each -> each.logs().stream()).toList();
  }

  @Test
  void aBlockClosesTheDirectRoomForBothAndNoOther() {
    RoomId another = direct(ann, person());
    Await.of(contacts.block(bob, ann, 10, NOW));

    assertThat(List.of(access(ann), access(bob))).containsOnly(Access.CLOSED);
    assertThat(Await.of(rooms.standings(another, List.of(ann))).standings().get(ann).access())
        .isEqualTo(Access.POST);
    Await.of(contacts.unblock(bob, ann));
    assertThat(List.of(access(ann), access(bob))).containsOnly(Access.POST);
  }

  @Test
  void aStrangerLearnsNothingOfAClosedRoom() {
    Await.of(contacts.block(bob, ann, 10, NOW));

    assertThat(access(person())).isEqualTo(Access.HIDDEN);
  }

  @Test
  void whoRemembersTheRoomIsToldToDoubtItMoreThanOnce() {
    Pairs pairs = new Pairs(store, bus, System::nanoTime);
    Await.of(pairs.look());
    assertThat(heard).isEmpty();
    Await.of(contacts.block(bob, ann, 10, NOW));

    Await.of(pairs.look());
    Await.of(pairs.look());

    await().untilAsserted(() -> assertThat(doubted()).containsExactly(room.log(), room.log()));
  }

  @Test
  void whatChangedLongAgoIsNotToldAgain() {
    Await.of(contacts.block(bob, ann, 10, NOW));
    Await.of(pool.query("update pair_changes set changed_at = now() - interval '20 s'").execute());

    assertThat(Await.of(store.changed(Duration.ofSeconds(15), "", 10))).isEmpty();
    assertThat(Await.of(store.changed(Duration.ofSeconds(25), "", 10))).hasSize(1);
  }

  @Test
  void changesAreReadPageByPage() {
    for (int i = 0; i < 5; i++) {
      UserId other = person();
      direct(ann, other);
      Await.of(contacts.block(ann, other, 10, NOW));
    }
    List<PairStore.Changed> first = Await.of(store.changed(Duration.ofSeconds(15), "", 3));
    List<PairStore.Changed> rest =
        Await.of(store.changed(Duration.ofSeconds(15), first.get(2).pair(), 3));

    assertThat(first).hasSize(3);
    assertThat(rest).hasSize(2).doesNotContainAnyElementsOf(first);
  }

  @Test
  void whoCannotReadTheChangesForHalfAMinuteTrustsNothing() {
    AtomicLong nanos = new AtomicLong();
    Failure away = Failure.of(Reason.UNAVAILABLE, "away");
    Pairs pairs = new Pairs((within, after, limit) -> Future.failedFuture(away), bus, nanos::get);

    Await.failure(pairs.look());
    nanos.set(Duration.ofSeconds(30).toNanos());
    Await.failure(pairs.look());
    assertThat(heard).isEmpty();
    nanos.set(Duration.ofSeconds(31).toNanos());
    Await.failure(pairs.look());

    await().untilAsserted(() -> assertThat(heard).containsExactly(new Doubted(List.of(), true)));
  }

  @Test
  void aChangeThatIsToldOfIsHeededAtOnce() {
    Await.of(vertx.deployVerticle(new PairsVerticle(bus, store)));
    Await.of(contacts.block(bob, ann, 10, NOW));
    bus.announce(ContactsApi.CHANGED, new ContactsApi.Changed(bob, ann));

    await().atMost(Duration.ofMillis(1_500)).until(() -> doubted().contains(room.log()));
  }
}
