package io.parley.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.AccountStore.NewAccount;
import io.parley.accounts.AccountStore.Place;
import io.parley.accounts.AccountsApi;
import io.parley.accounts.Endings;
import io.parley.accounts.Identifier;
import io.parley.accounts.Role;
import io.parley.accounts.SessionId;
import io.parley.accounts.Staff;
import io.parley.accounts.StaffApi;
import io.parley.accounts.StaffApi.Listed;
import io.parley.accounts.StaffStore;
import io.parley.accounts.StaffStore.Change;
import io.parley.accounts.StaffStore.Ending;
import io.parley.accounts.StaffStore.Filter;
import io.parley.accounts.UserId;
import io.parley.audit.Actor;
import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.Notes;
import io.parley.fixtures.TestPostgres;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresStaffStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private static Vertx vertx;
  private static Pool pool;
  private static StaffStore store;
  private static Staff staff;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    pool = PostgresPool.open(vertx, TestPostgres.database());
    store = new PostgresStaffStore(pool);
    Bus bus = Bus.over(vertx, List.of(AccountsApi.CONTRACT));
    Clock clock = Clock.systemUTC();
    Endings endings = new Endings(new PostgresSessionStore(pool), bus, new Notes(), clock);
    staff = new Staff(store, endings, new Notes(), bus, clock);
  }

  @AfterAll
  static void close() {
    Await.of(vertx.close());
  }

  /** Nobody is left in office from the test before. */
  @BeforeEach
  void nobodyInOffice() {
    Await.of(pool.query("update accounts set role = 'user'").execute());
  }

  private static UserId account(String name, Role role) {
    UserId user = new UserId(UUID.randomUUID());
    String unique = name + user.toString().substring(0, 8);
    List<Identifier> identifiers =
        List.of(Identifier.username(unique), Identifier.email(unique + "@example.org"));
    NewAccount account = new NewAccount(user, name, identifiers, NOW);
    Await.of(
        new PostgresAccountStore(pool)
            .register(
                account,
                "hash",
                PostgresFixtures.session(new SessionId(UUID.randomUUID()), user, NOW)));
    Await.of(
        store.change(
            Optional.empty(),
            user,
            NOW,
            now -> new Change(role, now.disabled(), Ending.NONE, List.of())));
    return user;
  }

  private static long admins() {
    String sql =
        "select count(*) from accounts"
            + " where role = 'admin' and disabled_at is null and deleting_at is null";
    return Await.of(pool.query(sql).execute()).iterator().next().getLong(0);
  }

  @Test
  void ofTwoAdminsWhoDemoteEachOtherAtOnceOneRemains() {
    for (int round = 0; round < 40; round++) {
      UserId ana = account("ana", Role.ADMIN);
      UserId ben = account("ben", Role.ADMIN);
      Future<Boolean> one = demote(ana, ben);
      Future<Boolean> other = demote(ben, ana);

      assertThat(List.of(Await.of(one), Await.of(other))).containsExactlyInAnyOrder(true, false);
      assertThat(admins()).isOne();
      nobodyInOffice();
    }
  }

  private static Future<Boolean> demote(UserId by, UserId user) {
    return staff
        .giveRole(
            new StaffApi.GiveRole(
                Actor.account(by.value()), user, Role.USER, Optional.of("192.0.2.1")))
        .map(true)
        .otherwise(false);
  }

  @Test
  void whateverIsDoneAtOnceAnAdminRemains() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<UserId> people = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      people.add(account("p" + i, Role.ADMIN));
    }
    for (int round = 0; round < 60; round++) {
      List<Future<?>> deeds = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        deeds.add(deed(random, people).otherwise(PostgresStaffStoreTest::refusal));
      }
      deeds.forEach(Await::of);
      assertThat(admins()).as("seed %s, round %s", seed, round).isPositive();
    }
  }

  private static Object refusal(Throwable cause) {
    assertThat(Failure.from(cause).reason())
        .isIn(Reason.FORBIDDEN, Reason.CONFLICT, Reason.NOT_FOUND);
    return cause;
  }

  private static Future<Object> deed(Random random, List<UserId> people) {
    Actor by =
        random.nextInt(3) == 0
            ? Actor.cli("root")
            : Actor.account(people.get(random.nextInt(people.size())).value());
    UserId user = people.get(random.nextInt(people.size()));
    Optional<String> here = Optional.empty();
    int kind = random.nextInt(20);
    if (kind < 8) {
      Role role = List.of(Role.values()).get(random.nextInt(3));
      return staff.giveRole(new StaffApi.GiveRole(by, user, role, here)).map(done -> done);
    }
    if (kind < 13) {
      return staff.disable(new StaffApi.Disable(by, user, "why", here)).map(done -> done);
    }
    if (kind < 19) {
      return staff.enable(new StaffApi.Enable(by, user, here)).map(done -> done);
    }
    return new PostgresDepartureStore(pool)
        .begin(user, NOW, PostgresFixtures.deleted(user))
        .map(done -> done);
  }

  @Test
  void theLastAdminCannotGoAndAnotherCan() {
    UserId ana = account("ana", Role.ADMIN);
    assertThat(
            Await.failure(
                    new PostgresDepartureStore(pool).begin(ana, NOW, PostgresFixtures.deleted(ana)))
                .reason())
        .isEqualTo(Reason.CONFLICT);
    assertThat(admins()).isOne();

    account("ben", Role.ADMIN);

    assertThat(
            Await.of(
                new PostgresDepartureStore(pool).begin(ana, NOW, PostgresFixtures.deleted(ana))))
        .hasSize(1);
    assertThat(Await.of(store.look(ana, NOW))).isEmpty();
    assertThat(Await.of(store.role(ana))).isEmpty();
  }

  @Test
  void accountsAreFoundByNameRoleStateAndPageByPage() {
    String word = "w" + UUID.randomUUID().toString().substring(0, 8);
    UserId one = account(word + "b", Role.MODERATOR);
    UserId two = account(word + "a", Role.USER);
    UserId three = account(word + "c", Role.USER);
    Await.of(
        staff.disable(new StaffApi.Disable(Actor.cli("root"), three, "spam", Optional.empty())));
    Filter all = new Filter(word, Optional.empty(), Optional.empty(), Optional.empty());

    List<Listed> first = Await.of(store.search(all, Optional.empty(), NOW, 2));
    Listed last = first.get(1);
    List<Listed> rest =
        Await.of(store.search(all, Optional.of(new Place(last.name(), last.id())), NOW, 2));

    assertThat(first).extracting(Listed::id).containsExactly(two, one);
    assertThat(rest).extracting(Listed::id).containsExactly(three);
    assertThat(rest.get(0).disabled().orElseThrow().reason()).isEqualTo("spam");
    assertThat(rest.get(0).sessions()).isZero();
    assertThat(first.get(0).sessions()).isOne();
    assertThat(found(new Filter(word, Optional.empty(), Optional.of(Role.USER), Optional.empty())))
        .containsExactly(two, three);
    assertThat(found(new Filter(word, Optional.empty(), Optional.empty(), Optional.of(true))))
        .containsExactly(three);
    assertThat(found(new Filter(word, Optional.empty(), Optional.empty(), Optional.of(false))))
        .containsExactly(two, one);
    Identifier email = Identifier.email(first.get(1).email().orElseThrow());
    assertThat(found(new Filter("", Optional.of(email), Optional.empty(), Optional.empty())))
        .containsExactly(one);
  }

  private static List<UserId> found(Filter filter) {
    return Await.of(store.search(filter, Optional.empty(), NOW, 10)).stream()
        .map(Listed::id)
        .toList();
  }
}
