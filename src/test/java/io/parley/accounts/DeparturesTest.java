package io.parley.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.accounts.AccountStore.NewAccount;
import io.parley.accounts.DeparturesApi.Leaving;
import io.parley.accounts.SessionStore.NewSession;
import io.parley.accounts.SessionStore.NewToken;
import io.parley.bus.Bus;
import io.parley.config.ConfigLoader;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.Notes;
import io.parley.fixtures.TestPostgres;
import io.parley.limits.LimitsApi;
import io.parley.stores.postgres.PostgresAccountStore;
import io.parley.stores.postgres.PostgresDepartureStore;
import io.parley.stores.postgres.PostgresExportStore;
import io.parley.stores.postgres.PostgresPool;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeparturesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private final Vertx vertx = Vertx.vertx();
  private final Notes notes = new Notes();
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final List<Record> heard = new CopyOnWriteArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Map<String, Integer> tries = new ConcurrentHashMap<>();
  private Passwords passwords;
  private Pool pool;
  private Bus bus;

  @BeforeAll
  void start() {
    pool = PostgresPool.open(vertx, TestPostgres.database());
    bus =
        Bus.over(
            vertx,
            List.of(
                AccountsApi.CONTRACT,
                DeparturesApi.CONTRACT,
                ExportsApi.CONTRACT,
                LimitsApi.CONTRACT));
    Await.of(bus.answer(LimitsApi.ATTEMPT, this::attempt));
    Await.of(bus.answer(LimitsApi.SETTLE, end -> Future.succeededFuture(settled(end))));
    passwords = new Passwords(vertx, ConfigLoader.defaults().auth(), new SecureRandom(), meters);
    Await.of(
        vertx.deployVerticle(
            new DeparturesVerticle(
                bus,
                new PostgresDepartureStore(pool),
                passwords,
                new Lockout(bus, meters),
                notes,
                clock)));
    Await.of(
        vertx.deployVerticle(
            new ExportsVerticle(bus, new PostgresExportStore(pool), notes, clock)));
    Await.of(bus.hear(AccountsApi.SESSION_ENDED, heard::add));
    Await.of(bus.hear(DeparturesApi.LEAVING, heard::add));
  }

  @AfterAll
  void stop() {
    Await.of(vertx.close());
  }

  private NewSession somebody(String password) {
    UserId user = new UserId(UUID.randomUUID());
    String name = "u" + user.toString().substring(0, 8);
    NewToken token = new NewToken(Buffer.buffer(user.toString()), NOW.plusSeconds(60));
    NewSession session =
        new NewSession(
            new SessionId(UUID.randomUUID()), user, "phone", "", NOW, NOW.plusSeconds(60), token);
    NewAccount account = new NewAccount(user, name, List.of(Identifier.username(name)), NOW);
    String hash = Await.of(passwords.hash(new Password(password)));
    Await.of(new PostgresAccountStore(pool).register(account, hash, session));
    return session;
  }

  private Future<DeparturesApi.Left> leave(UserId user, String password) {
    return bus.ask(DeparturesApi.LEAVE, new DeparturesApi.Leave(user, new Password(password)));
  }

  /** Three are let through for each. */
  private Future<LimitsApi.Ticket> attempt(LimitsApi.Attempt attempt) {
    return tries.merge(attempt.account(), 1, Integer::sum) > 3
        ? Future.failedFuture(Failure.of(Reason.RATE_LIMITED, "slow").with("retryAfterMs", 9))
        : Future.succeededFuture(new LimitsApi.Ticket(false, List.of()));
  }

  private LimitsApi.Done settled(LimitsApi.Settle end) {
    tries.merge(end.attempt().account(), -1, Integer::sum);
    return new LimitsApi.Done();
  }

  @Test
  void guessingThePasswordGetsSlower() {
    UserId ana = somebody("the right one").user();
    UserId bob = somebody("the right one").user();
    for (int i = 0; i < 3; i++) {
      assertThat(Await.failure(leave(ana, "a wrong one")).reason()).isEqualTo(Reason.FORBIDDEN);
    }

    assertThat(Await.failure(leave(ana, "the right one")).details())
        .containsEntry("retryAfterMs", "9");
    Await.of(leave(bob, "the right one"));
  }

  @Test
  void onlyThePasswordEndsAnAccount() {
    UserId ana = somebody("the right one").user();

    assertThat(Await.failure(leave(ana, "a wrong one")).reason()).isEqualTo(Reason.FORBIDDEN);
    assertThat(Await.failure(leave(new UserId(UUID.randomUUID()), "the right one")).reason())
        .isEqualTo(Reason.FORBIDDEN);
    assertThat(Await.failure(leave(ana, "x".repeat(2_000))).reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(Await.of(new PostgresAccountStore(pool).account(ana))).isPresent();
    assertThat(new DeparturesApi.Leave(ana, new Password("secret")).toString())
        .doesNotContain("secret");
  }

  @Test
  void whoLeavesIsToldOfWithTheirSessionsAndIsUnfinishedUntilAllIsDone() {
    NewSession session = somebody("the right one");
    UserId ana = session.user();

    Await.of(leave(ana, "the right one"));
    assertThat(Await.failure(leave(ana, "the right one")).reason()).isEqualTo(Reason.FORBIDDEN);

    await()
        .untilAsserted(
            () ->
                assertThat(heard)
                    .contains(
                        new AccountsApi.SessionEnded(ana, session.id()), new Leaving(ana, NOW)));
    assertThat(unfinished()).contains(new Leaving(ana, NOW));
    Await.of(bus.ask(DeparturesApi.FINISH, new DeparturesApi.Finish(ana)));
    Await.of(bus.ask(DeparturesApi.FINISH, new DeparturesApi.Finish(ana)));
    assertThat(unfinished()).doesNotContain(new Leaving(ana, NOW));
  }

  private List<Leaving> unfinished() {
    return Await.of(bus.ask(DeparturesApi.UNFINISHED, new DeparturesApi.Unfinished())).leaving();
  }

  @Test
  void finishingWhoHasNotBegunHarmsNobody() {
    UserId ana = somebody("the right one").user();

    Await.of(bus.ask(DeparturesApi.FINISH, new DeparturesApi.Finish(ana)));

    assertThat(Await.of(new PostgresAccountStore(pool).account(ana))).isPresent();
    assertThat(Await.failure(leave(ana, "a wrong one")).reason()).isEqualTo(Reason.FORBIDDEN);
  }

  @Test
  void oneExportRunsAtATime() {
    UserId ana = somebody("the right one").user();
    ExportsApi.BeginExport begin = new ExportsApi.BeginExport(ana);
    Await.of(bus.ask(ExportsApi.BEGIN, begin));

    assertThat(Await.failure(bus.ask(ExportsApi.BEGIN, begin)).details())
        .containsEntry("retryAfterMs", "5000");
    Await.of(bus.ask(ExportsApi.END, new ExportsApi.EndExport(ana)));
    Await.of(bus.ask(ExportsApi.BEGIN, begin));
  }

  @Test
  void aPauseIsNotedOnce() {
    UserId ana = somebody("the right one").user();
    for (int i = 0; i < 6; i++) {
      Await.failure(leave(ana, "a wrong one"));
    }

    assertThat(notes.of(ana.value()))
        .extracting(entry -> entry.act().word())
        .containsExactly("signIn.paused");
  }

  @Test
  void noStrangerHoldsUpSomebodyWhoIsSignedIn() {
    UserId ana = somebody("the right one").user();
    Lockout door = new Lockout(bus, meters);
    Failure no = Failure.of(Reason.UNAUTHENTICATED, "no");
    for (String typed : List.of("account:" + ana, "account " + ana, " account " + ana, "" + ana)) {
      for (int i = 0; i < 4; i++) {
        Await.failure(door.guard(typed, Optional.of(typed), () -> Future.failedFuture(no)));
      }
    }

    Await.of(leave(ana, "the right one"));
  }
}
