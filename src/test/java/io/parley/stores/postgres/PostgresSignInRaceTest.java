package io.parley.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.AccountStore.NewAccount;
import io.parley.accounts.Identifier;
import io.parley.accounts.IdentityStore.Notice;
import io.parley.accounts.SessionId;
import io.parley.accounts.SessionStore.NewSession;
import io.parley.accounts.SessionStore.NewToken;
import io.parley.accounts.SessionStore.Opened;
import io.parley.accounts.SessionStore.Refreshing;
import io.parley.accounts.SessionStore.Use;
import io.parley.accounts.StaffApi.Disabled;
import io.parley.accounts.StaffStore.Change;
import io.parley.accounts.StaffStore.Ending;
import io.parley.accounts.UserId;
import io.parley.fixtures.Await;
import io.parley.fixtures.TestPostgres;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Signing in while something happens after which nobody may be signed in any more. */
class PostgresSignInRaceTest {
  private static final int ROUNDS = 60;
  private static final int AT_ONCE = 3;
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Notice SILENT = new Notice(Optional.empty(), NOW, 0);

  private static Vertx vertx;
  private static Pool pool;
  private static PostgresSessionStore sessions;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    pool = PostgresPool.open(vertx, TestPostgres.database());
    sessions = new PostgresSessionStore(pool);
  }

  @AfterAll
  static void close() {
    Await.of(vertx.close());
  }

  private static UserId account() {
    UserId user = new UserId(UUID.randomUUID());
    Identifier name = Identifier.username("raced" + user.toString().substring(0, 8));
    NewAccount account = new NewAccount(user, "Ana", List.of(name), NOW);
    Await.of(new PostgresAccountStore(pool).register(account, "old", session(user)));
    return user;
  }

  private static NewSession session(UserId user) {
    return PostgresFixtures.session(new SessionId(UUID.randomUUID()), user, NOW);
  }

  /** Some sign in with the password of before, at once with what is to end all sessions. */
  private static void race(BiFunction<UserId, SessionId, Future<?>> ending) {
    int begun = 0;
    int late = 0;
    for (int round = 0; round < ROUNDS; round++) {
      UserId user = account();
      SessionId kept = new SessionId(UUID.randomUUID());
      List<NewSession> tries = new ArrayList<>();
      List<Future<Opened>> openings = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        NewSession session = session(user);
        tries.add(session);
        openings.add(sessions.open(session, Set.of("old"), 10));
        if (i == round % AT_ONCE) {
          openings.add(ending.apply(user, kept).map(new Opened.Begun(List.of())));
        }
      }
      openings.forEach(Await::of);
      for (NewSession session : tries) {
        assertThat(Await.of(sessions.living(user, session.id(), NOW))).isEmpty();
      }
      for (Future<Opened> opening : openings) {
        begun += opening.result() instanceof Opened.Begun ? 1 : 0;
        late += opening.result() instanceof Opened.Begun ? 0 : 1;
      }
    }
    assertThat(begun).as("came before").isGreaterThan(ROUNDS);
    assertThat(late).as("came after").isPositive();
  }

  @Test
  void theOldPasswordOpensNothingOnceItHasBeenChanged() {
    PostgresIdentityStore identity = new PostgresIdentityStore(pool);
    race(
        (user, kept) ->
            identity.changePassword(
                user, "old", "new", kept, NOW, SILENT, PostgresFixtures.deleted(user)));
  }

  @Test
  void nothingOpensOnceAnAccountIsDisabled() {
    PostgresStaffStore staff = new PostgresStaffStore(pool);
    Disabled disabled = new Disabled(NOW, "cli:test", "why");
    race(
        (user, kept) ->
            staff.change(
                Optional.empty(),
                user,
                NOW,
                now -> new Change(now.role(), Optional.of(disabled), Ending.ALL, List.of())));
  }

  @Test
  void nothingOpensOnceAnAccountIsBeingDeleted() {
    PostgresDepartureStore departures = new PostgresDepartureStore(pool);
    race((user, kept) -> departures.begin(user, NOW, PostgresFixtures.deleted(user)));
  }

  @Test
  void whoIsDisabledIsToldOnlyByTheRightPassword() {
    UserId user = account();
    Disabled disabled = new Disabled(NOW, "cli:test", "why");
    Await.of(
        new PostgresStaffStore(pool)
            .change(
                Optional.empty(),
                user,
                NOW,
                now -> new Change(now.role(), Optional.of(disabled), Ending.ALL, List.of())));

    assertThat(Await.of(sessions.open(session(user), Set.of("old"), 10)))
        .isEqualTo(new Opened.Disabled());
    assertThat(Await.of(sessions.open(session(user), Set.of("other"), 10)))
        .isEqualTo(new Opened.Outdated());
  }

  @Test
  void aSessionIsRefusedThoughItsRowIsOpenWhileItsAccountIsDisabled() {
    UserId user = account();
    NewSession session = session(user);
    Await.of(sessions.open(session, Set.of("old"), 10));
    String sql = "update accounts set disabled_at = now() where id = '%s'".formatted(user);
    Await.of(pool.query(sql).execute());

    assertThat(Await.of(sessions.living(user, session.id(), NOW.plus(Duration.ofMinutes(1)))))
        .isEmpty();
  }

  @Test
  void aRefreshThatWaitsForAnEndBringsNothingOfItsPlaceBack() {
    NewSession session = session(account());
    Await.of(sessions.open(session, Set.of("old"), 10));
    NewToken next = new NewToken(Buffer.buffer("next"), NOW.plusSeconds(60));
    Use use = new Use(session.token().hash(), next, Buffer.buffer("salt"), "192.0.2.9", NOW);
    Future<Refreshing> refreshed =
        Await.of(
                pool.withTransaction(
                    connection ->
                        connection
                            .preparedQuery(
                                "update sessions set ended_at = $2, address = '', salt = null"
                                    + " where id = $1")
                            .execute(Tuple.of(session.id().value(), Rows.utc(NOW)))
                            .map(ended -> sessions.refresh(use, NOW))
                            .compose(waiting -> waits(connection).map(List.of(waiting)))))
            .get(0);
    Await.of(refreshed.transform(done -> Future.succeededFuture()));

    Row left =
        Await.of(
                pool.preparedQuery("select address, salt from sessions where id = $1")
                    .execute(Tuple.of(session.id().value())))
            .iterator()
            .next();
    assertThat(left.getString("address")).isEmpty();
    assertThat(left.getBuffer("salt")).isNull();
  }

  /** Completes once somebody waits for a lock. */
  private static Future<Void> waits(SqlConnection connection) {
    return connection
        .query("select count(*) as n from pg_locks where not granted")
        .execute()
        .compose(
            rows ->
                rows.iterator().next().getLong("n") > 0
                    ? Future.succeededFuture()
                    : waits(connection));
  }
}
