package io.parley.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.AccountStore;
import io.parley.accounts.AccountStore.NewAccount;
import io.parley.accounts.DepartureStore;
import io.parley.accounts.DeparturesApi.Leaving;
import io.parley.accounts.Identifier;
import io.parley.accounts.PersonName;
import io.parley.accounts.ProfilesApi.Sighting;
import io.parley.accounts.SessionId;
import io.parley.accounts.SessionStore;
import io.parley.accounts.SessionStore.NewSession;
import io.parley.accounts.UserId;
import io.parley.contacts.ContactStore.Position;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.TestPostgres;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresDepartureStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private static Vertx vertx;
  private static Pool pool;

  private final String name = "ana" + UUID.randomUUID();
  private UserId ana;
  private UserId bob;
  private SessionId session;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    pool = PostgresPool.open(vertx, TestPostgres.database());
  }

  @AfterAll
  static void close() {
    Await.of(vertx.close());
  }

  @BeforeEach
  void people() {
    ana = register(name, Identifier.username(name), Identifier.email(name + "@example.org"));
    bob = register("Bob");
  }

  private UserId register(String shown, Identifier... identifiers) {
    UserId user = new UserId(UUID.randomUUID());
    session = new SessionId(UUID.randomUUID());
    NewSession begun = PostgresFixtures.session(session, user, NOW);
    NewAccount account = new NewAccount(user, shown, List.of(identifiers), NOW);
    of(accounts().register(account, "hash of " + shown, begun));
    return user;
  }

  private static <T> T of(Future<T> future) {
    return Await.of(future);
  }

  private static AccountStore accounts() {
    return new PostgresAccountStore(pool);
  }

  private static PostgresContactStore contacts() {
    return new PostgresContactStore(pool);
  }

  private static DepartureStore store() {
    return new PostgresDepartureStore(pool);
  }

  private static long count(String sql, UserId user) {
    return of(pool.preparedQuery(sql).execute(Tuple.of(user.value()))).iterator().next().getLong(0);
  }

  private Future<SessionStore.Opened> opened(SessionStore.NewSession session) {
    return new PostgresSessionStore(pool).open(session, Set.of("hash of " + name), 10);
  }

  @Test
  void fromTheFirstStepOnNobodyIsThere() {
    SessionId anas = new SessionId(UUID.randomUUID());
    of(opened(PostgresFixtures.session(anas, ana, NOW)));
    of(contacts().add(bob, ana, Optional.empty(), 10, NOW));
    of(contacts().block(bob, ana, 10, NOW));

    assertThat(of(store().hash(ana))).contains("hash of " + name);
    assertThat(of(store().begin(ana, NOW, PostgresFixtures.deleted(ana))))
        .hasSize(2)
        .contains(anas);
    assertThat(of(store().begin(ana, NOW.plusSeconds(1), PostgresFixtures.deleted(ana))))
        .as("a second time")
        .isEmpty();

    assertThat(of(store().hash(ana))).isEmpty();
    assertThat(of(accounts().account(ana))).isEmpty();
    assertThat(of(accounts().profiles(List.of(ana, bob)))).hasSize(1);
    assertThat(of(new PostgresProfileStore(pool).look(bob, ana))).isEmpty();
    assertThat(of(new PostgresProfileStore(pool).own(ana))).isEmpty();
    assertThat(of(contacts().contacts(bob, Position.START, 10))).isEmpty();
    assertThat(of(contacts().blocked(bob, Position.START, 10))).isEmpty();
    assertThat(of(accounts().credentials(Identifier.email(name + "@example.org")))).isEmpty();
    assertThat(of(new PostgresSessionStore(pool).living(ana, anas, NOW))).isEmpty();
    assertThat(of(store().unfinished(100))).contains(new Leaving(ana, NOW));
    assertThat(count("select count(*) from accounts where id = $1 and name like 'ana%'", ana))
        .isZero();
  }

  @Test
  void aSessionThatBeganMeanwhileDoesNotLive() {
    SessionId raced = new SessionId(UUID.randomUUID());
    of(store().begin(ana, NOW, PostgresFixtures.deleted(ana)));

    assertThat(of(opened(PostgresFixtures.session(raced, ana, NOW))))
        .isEqualTo(new SessionStore.Opened.Outdated());
    assertThat(of(new PostgresSessionStore(pool).living(ana, raced, NOW))).isEmpty();
  }

  @Test
  void whatHangsOnAnAccountGoesInStepsAndOnlyOnceItHasBegun() {
    List<UserId> others = IntStream.range(0, 5).mapToObj(i -> register("O" + i)).toList();
    others.forEach(other -> of(contacts().add(ana, other, Optional.empty(), 10, NOW)));
    of(contacts().block(bob, ana, 10, NOW));
    of(new PostgresProfileStore(pool).seen(List.of(new Sighting(ana, NOW))));

    assertThat(of(store().clear(ana, 3))).as("it has not begun").isZero();
    of(store().begin(ana, NOW, PostgresFixtures.deleted(ana)));
    assertThat(of(store().clear(ana, 3))).isEqualTo(3 + 1 + 1 + 1);
    assertThat(of(store().clear(ana, 3))).isEqualTo(2);
    assertThat(of(store().clear(ana, 3))).isZero();
    assertThat(of(contacts().between(ana, bob))).isFalse();
    assertThat(count("select count(*) from sessions where account = $1", ana)).isZero();
    assertThat(count("select count(*) from sessions where account = $1", bob)).isEqualTo(1);

    of(store().finish(ana, NOW));
    of(store().finish(ana, NOW.plusSeconds(1)));
    assertThat(of(store().unfinished(100))).extracting(Leaving::user).doesNotContain(ana);
  }

  @Test
  void theUsernameIsKeptFromOthersForAWhileAndTheAddressIsNot() {
    of(store().begin(ana, NOW, PostgresFixtures.deleted(ana)));
    of(store().finish(ana, NOW));
    register("Other", Identifier.email(name + "@example.org"));

    assertThat(
            Await.failure(
                    accounts()
                        .register(
                            new NewAccount(
                                new UserId(UUID.randomUUID()),
                                "Thief",
                                List.of(Identifier.username(name)),
                                NOW),
                            "hash",
                            PostgresFixtures.session(new SessionId(UUID.randomUUID()), bob, NOW)))
                .reason())
        .isEqualTo(Reason.ALREADY_EXISTS);
    of(store().release(NOW, 1_000));
    assertThat(count("select count(*) from identifiers where account = $1", ana)).isEqualTo(1);
    of(store().release(NOW.plus(Duration.ofDays(1)), 1_000));
    assertThat(count("select count(*) from identifiers where account = $1", ana)).isZero();
  }

  @Test
  void everybodyIsCalledTheSameAfterwards() {
    of(store().begin(ana, NOW, PostgresFixtures.deleted(ana)));

    assertThat(PersonName.DELETED.text()).isEqualTo("Deleted account");
    assertThat(
            count("select count(*) from accounts where id = $1 and name = 'Deleted account'", ana))
        .isEqualTo(1);
  }
}
