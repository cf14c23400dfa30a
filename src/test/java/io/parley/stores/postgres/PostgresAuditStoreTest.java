package io.parley.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.AccountStore.NewAccount;
import io.parley.accounts.Identifier;
import io.parley.accounts.SessionId;
import io.parley.accounts.UserId;
import io.parley.audit.Act;
import io.parley.audit.Actor;
import io.parley.audit.AuditApi;
import io.parley.audit.AuditApi.Noted;
import io.parley.audit.AuditApi.Query;
import io.parley.audit.AuditEntry;
import io.parley.audit.Audits;
import io.parley.config.AuditConfig;
import io.parley.config.PostgresConfig;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.TestPostgres;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresAuditStoreTest {
  private static final AuditConfig CONFIG =
      new AuditConfig(Duration.ofDays(30), Duration.ofDays(10));

  private static Instant now;
  private static Vertx vertx;
  private static PostgresConfig config;
  private static Pool pool;
  private static PostgresAuditStore store;
  private static Audits audits;

  @BeforeAll
  static void open() {
    now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    vertx = Vertx.vertx();
    config = TestPostgres.database();
    pool = PostgresPool.open(vertx, config);
    store = new PostgresAuditStore(pool);
    audits = new Audits(store, CONFIG, Clock.systemUTC());
  }

  @AfterAll
  static void close() {
    Await.of(vertx.close());
  }

  private static AuditEntry entry(Act act, Actor actor, UUID subject, Instant at) {
    return new AuditEntry(
        UUID.randomUUID(),
        at,
        actor,
        act,
        Optional.of(subject),
        Map.of("session", "s"),
        Optional.of("192.0.2.1"),
        Optional.of("why"));
  }

  private static AuditEntry add(Act act, Actor actor, UUID subject, Instant at) {
    AuditEntry entry = entry(act, actor, subject, at);
    Await.of(store.add(List.of(entry)));
    return entry;
  }

  private static Query of(UUID subject) {
    return of(subject, Optional.empty(), 200);
  }

  private static Query of(UUID subject, Optional<String> after, int limit) {
    return new Query(
        Optional.empty(),
        Optional.of(subject),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        after,
        limit);
  }

  private static List<UUID> ids(Query query) {
    return Await.of(audits.read(query)).entries().stream().map(Noted::id).toList();
  }

  @Test
  void anEntryIsReadAsItWasWrittenAndWritingItTwiceDoesNothing() {
    UUID subject = UUID.randomUUID();
    AuditEntry entry = add(Act.DISABLED, Actor.cli("root user"), subject, now);
    Await.of(store.add(List.of(entry)));

    assertThat(Await.of(audits.read(of(subject))).entries())
        .containsExactly(
            new Noted(
                entry.id(),
                now,
                "cli:root_user",
                "account.disabled",
                Optional.of(subject),
                Map.of("session", "s"),
                Optional.of("192.0.2.1"),
                Optional.of("why")));
  }

  @Test
  void pagesLeaveOutNoneAndRepeatNoneThoughManyAreOfOneMoment() {
    UUID subject = UUID.randomUUID();
    for (int i = 0; i < 25; i++) {
      add(Act.SIGNED_IN, Actor.SYSTEM, subject, now.minusMillis(i / 9));
    }
    List<UUID> paged = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      AuditApi.Page page = Await.of(audits.read(of(subject, after, 4)));
      page.entries().forEach(entry -> paged.add(entry.id()));
      after = page.next();
      add(Act.SIGNED_IN, Actor.SYSTEM, subject, now.plusSeconds(1));
    } while (after.isPresent());

    assertThat(paged).hasSize(25).doesNotHaveDuplicates();
    assertThat(ids(of(subject))).containsAll(paged).hasSize(32);
  }

  @Test
  void eachConditionNarrowsWhatIsRead() {
    UUID subject = UUID.randomUUID();
    Actor actor = Actor.account(UUID.randomUUID());
    AuditEntry old = add(Act.SIGNED_IN, actor, subject, now.minusSeconds(100));
    AuditEntry other = add(Act.DISABLED, Actor.SYSTEM, subject, now.minusSeconds(50));
    AuditEntry young = add(Act.SIGNED_IN, actor, subject, now);
    Optional<UUID> whom = Optional.of(subject);
    Optional<Instant> then = Optional.of(now.minusSeconds(50));

    assertThat(ids(query(Optional.of(actor.text()), whom, "", Optional.empty(), Optional.empty())))
        .containsExactly(young.id(), old.id());
    assertThat(ids(query(Optional.empty(), whom, "account.disabled", then, Optional.empty())))
        .containsExactly(other.id());
    assertThat(ids(query(Optional.empty(), whom, "", then, Optional.empty())))
        .containsExactly(young.id(), other.id());
    assertThat(ids(query(Optional.empty(), whom, "", Optional.empty(), then)))
        .containsExactly(old.id());
  }

  private static Query query(
      Optional<String> actor,
      Optional<UUID> subject,
      String act,
      Optional<Instant> from,
      Optional<Instant> until) {
    Optional<String> wanted = Optional.of(act).filter(word -> !word.isEmpty());
    return new Query(actor, subject, wanted, from, until, Optional.empty(), 50);
  }

  @Test
  void whatIsNoConditionIsRefused() {
    Stream.of(
            query(
                Optional.of("a' or 1=1"), Optional.empty(), "", Optional.empty(), Optional.empty()),
            query(Optional.empty(), Optional.empty(), "no.act", Optional.empty(), Optional.empty()),
            of(UUID.randomUUID(), Optional.of("forged"), 3))
        .forEach(
            query ->
                assertThat(
                        Await.failure(Future.succeededFuture(query).compose(audits::read)).reason())
                    .isEqualTo(Reason.INVALID));
  }

  private static String outcome(String first, String sql) {
    return Await.of(
        pool.withTransaction(
                connection ->
                    connection
                        .query(first)
                        .execute()
                        .compose(done -> connection.query(sql).execute()))
            .map("done")
            .otherwise("refused"));
  }

  @Test
  void nothingInItCanBeChangedOrTakenAway() {
    UUID subject = UUID.randomUUID();
    add(Act.SIGNED_IN, Actor.SYSTEM, subject, now.minus(Duration.ofDays(100)));

    for (String sql :
        List.of(
            "update audit set actor = 'x'",
            "delete from audit where subject = '" + subject + "'",
            "truncate audit cascade")) {
      assertThat(outcome("select 1", sql)).as(sql).isEqualTo("refused");
    }
    String leave = "select set_config('parley.retention', 'audit', true)";
    assertThat(outcome(leave, "update audit set actor = 'x'")).isEqualTo("refused");
    assertThat(outcome(leave, "truncate audit cascade")).isEqualTo("refused");
    assertThat(ids(of(subject))).hasSize(1);
  }

  @Test
  void whatHasBeenKeptForLongEnoughGoesInStepsAndAddressesGoEarlier() {
    UUID subject = UUID.randomUUID();
    Actor actor = Actor.account(UUID.randomUUID());
    for (int i = 0; i < 5; i++) {
      add(Act.SIGNED_IN, actor, subject, now.minus(Duration.ofDays(31)));
    }
    AuditEntry middle = add(Act.SIGNED_IN, actor, subject, now.minus(Duration.ofDays(11)));
    AuditEntry young = add(Act.SIGNED_IN, actor, subject, now);
    Instant before = now.minus(Duration.ofDays(30));

    assertThat(Await.of(store.forget(before, now.minus(Duration.ofDays(10)), 2))).isEqualTo(2);
    Await.of(audits.forget());

    List<Noted> left = Await.of(audits.read(of(subject))).entries();
    assertThat(left).extracting(Noted::id).containsExactly(young.id(), middle.id());
    assertThat(left.get(0).address()).isPresent();
    assertThat(left.get(1).address()).isEmpty();
    assertThat(left.get(1).reason()).isPresent();
    Await.of(
        store
            .forget(now.plusSeconds(60), now, 100)
            .map("gone")
            .recover(cause -> Future.succeededFuture("refused")));
    assertThat(ids(of(subject))).as("nothing of the last day goes").contains(young.id());
  }

  @Test
  void whatIsPrivateGoesWithItsOwner() {
    UserId ana = new UserId(UUID.randomUUID());
    UserId admin = new UserId(UUID.randomUUID());
    String name = "ana" + ana.toString().substring(0, 8);
    NewAccount account = new NewAccount(ana, "Ana", List.of(Identifier.username(name)), now);
    Await.of(
        new PostgresAccountStore(pool)
            .register(
                account,
                "hash",
                PostgresFixtures.session(new SessionId(UUID.randomUUID()), ana, now)));
    Actor self = Actor.account(ana.value());
    add(Act.SIGNED_IN, self, ana.value(), now);
    add(Act.DISABLED, Actor.account(admin.value()), ana.value(), now.plusMillis(1));
    PostgresDepartureStore departures = new PostgresDepartureStore(pool);
    Await.of(departures.begin(ana, now, PostgresFixtures.deleted(ana)));
    add(Act.SIGNED_IN, self, ana.value(), now.plusMillis(2));
    while (Await.of(departures.clear(ana, 100)) > 0) {
      // until nothing is left
    }

    List<Noted> left =
        Await.of(audits.read(of(ana.value()))).entries().stream()
            .filter(entry -> !entry.act().equals("account.deleted"))
            .toList();

    assertThat(left).hasSize(3);
    assertThat(left.get(0).address()).as("noted afterwards").isEmpty();
    assertThat(left.get(1).address()).as("the admin's own").isPresent();
    assertThat(left.get(1).reason()).isEmpty();
    assertThat(left.get(2).address()).isEmpty();
  }

  @Test
  void aServerThatOnlyReadsForNowIsAway() {
    AuditEntry entry = entry(Act.SIGNED_IN, Actor.SYSTEM, UUID.randomUUID(), now);
    String database =
        Await.of(pool.query("select current_database()").execute()).iterator().next().getString(0);
    String set = "alter database " + database + " set default_transaction_read_only = ";
    Await.of(pool.query(set + "on").execute());
    Pool standby = PostgresPool.open(vertx, config);
    try {
      assertThat(Await.failure(new PostgresAuditStore(standby).add(List.of(entry))).reason())
          .isEqualTo(Reason.UNAVAILABLE);
    } finally {
      Await.of(pool.query(set + "off").execute());
    }
  }
}
