package io.parley.accounts;

import static io.parley.fixtures.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.accounts.AccountsApi.Logout;
import io.parley.accounts.AccountsApi.Refresh;
import io.parley.accounts.AccountsApi.SessionEnded;
import io.parley.accounts.AccountsApi.SignedIn;
import io.parley.accounts.SessionsApi.EndedSessions;
import io.parley.accounts.SessionsApi.EndedSince;
import io.parley.accounts.SessionsApi.OwnSession;
import io.parley.bus.Bus;
import io.parley.config.AuthConfig;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.MovableClock;
import io.parley.fixtures.NoLimits;
import io.parley.fixtures.Notes;
import io.parley.fixtures.TestPostgres;
import io.parley.limits.LimitsApi;
import io.parley.stores.postgres.PostgresAccountStore;
import io.parley.stores.postgres.PostgresMailStore;
import io.parley.stores.postgres.PostgresPool;
import io.parley.stores.postgres.PostgresSessionStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Sessions as the edges know them: over the bus, on a real store, in a time of the tests' own. */
class SessionsTest {
  private static final AuthConfig CONFIG = AuthConfigs.cheap();
  private static final Optional<String> HERE = Optional.of("192.0.2.77");
  private static final AtomicInteger NAMES = new AtomicInteger();

  private static final MovableClock CLOCK = new MovableClock();
  private static final List<SessionEnded> HEARD = new CopyOnWriteArrayList<>();

  private static Vertx vertx;
  private static Bus bus;
  private static final Notes NOTES = new Notes();
  private static Pool pool;
  private static MeterRegistry meters;
  private static TokenAuthenticator authenticator;
  private static LoadAccounts crowd;
  private static Sessions sessions;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    bus = Bus.over(vertx, List.of(AccountsApi.CONTRACT, SessionsApi.CONTRACT, LimitsApi.CONTRACT));
    Await.of(NoLimits.answer(bus));
    pool = PostgresPool.open(vertx, TestPostgres.database());
    meters = new SimpleMeterRegistry();
    SecureRandom random = new SecureRandom();
    AccountStore store = new PostgresAccountStore(pool);
    SessionStore stored = new PostgresSessionStore(pool);
    AccessTokens tokens = new AccessTokens(vertx, CONFIG, CLOCK);
    Endings endings = new Endings(stored, bus, NOTES, CLOCK);
    sessions =
        new Sessions(
            stored, tokens, CONFIG, endings, NOTES, CLOCK, UUID::randomUUID, random, meters);
    crowd = new LoadAccounts(store, sessions, CLOCK, UUID::randomUUID);
    Passwords passwords = new Passwords(vertx, CONFIG, random, meters);
    Accounts accounts =
        new Accounts(
            store,
            passwords,
            sessions,
            new Lockout(bus, meters),
            new Mails(new PostgresMailStore(pool), Optional.empty(), CLOCK, UUID::randomUUID),
            NOTES,
            bus,
            CLOCK,
            UUID::randomUUID,
            meters);
    authenticator = new TokenAuthenticator(vertx, bus, tokens, System::nanoTime, meters);
    Await.of(bus.hear(AccountsApi.SESSION_ENDED, HEARD::add));
    Await.of(
        vertx.deployVerticle(
            new AccountsVerticle(bus, accounts, sessions, endings, new People(store))));
  }

  @AfterAll
  static void close() {
    Await.of(vertx.close());
  }

  private static SignedIn somebody() {
    SignedIn made = Await.of(crowd.make("sess" + NAMES.incrementAndGet() + "_", 1)).get(0);
    String sql = "insert into passwords (account, hash, changed_at) values ('%s', 'hash', now())";
    Await.of(pool.query(sql.formatted(made.account().id())).execute());
    return made;
  }

  /** One more session of an account. */
  private static SignedIn again(SignedIn who, String device) {
    Sessions.Opening opening = sessions.opening(who.account().id(), device, HERE);
    assertThat(Await.of(sessions.open(opening, Set.of("hash")))).isTrue();
    return sessions.begun(who.account(), opening);
  }

  private static Future<SignedIn> refresh(String token) {
    return bus.ask(AccountsApi.REFRESH, new Refresh(token, HERE));
  }

  private static Future<?> logout(Optional<SessionId> session, Optional<String> token) {
    return bus.ask(AccountsApi.LOGOUT, new Logout(session, token));
  }

  private static boolean lives(SignedIn who) {
    AccountsApi.Check check = new AccountsApi.Check(who.account().id(), who.session());
    return Await.of(bus.ask(AccountsApi.CHECK, check).map(true).otherwise(false));
  }

  private static List<OwnSession> list(SignedIn who) {
    return Await.of(bus.ask(SessionsApi.OWN, new SessionsApi.ListOwn(who.account().id())))
        .sessions();
  }

  private static List<SessionEnded> heardOf(SignedIn who) {
    return HEARD.stream().filter(ended -> ended.user().equals(who.account().id())).toList();
  }

  private static double count(String reason) {
    return meters.counter("parley.auth.failures", "reason", reason).count();
  }

  @Test
  void refreshingKeepsTheSessionAndUsesUpTheToken() {
    SignedIn first = somebody();
    SignedIn second = Await.of(refresh(first.refreshToken()));

    assertThat(second.session()).isEqualTo(first.session());
    assertThat(second.account()).isEqualTo(first.account());
    assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
    assertThat(Await.of(authenticator.authenticate(second.token())).session())
        .isEqualTo(first.session());
    assertThat(Await.of(refresh(second.refreshToken())).session()).isEqualTo(first.session());
  }

  @Test
  void j11_twentyWhoRefreshAtOnceGetOnePairLetterForLetter() {
    SignedIn gus = somebody();
    CLOCK.move(Duration.ofMinutes(1));

    List<Future<SignedIn>> tries =
        IntStream.range(0, 20).mapToObj(i -> refresh(gus.refreshToken())).toList();

    List<SignedIn> pairs = tries.stream().map(Await::of).distinct().toList();
    assertThat(pairs).hasSize(1);
    assertThat(generations(gus)).isEqualTo(2);
    assertThat(Await.of(refresh(pairs.get(0).refreshToken())).session()).isEqualTo(gus.session());
  }

  @Test
  void whatIsNoRefreshTokenIsRefusedAlike() {
    SignedIn hana = somebody();
    String unknown = RefreshToken.fresh(new SecureRandom()).clear();

    for (String token : List.of("", "x", hana.token(), unknown, hana.refreshToken() + "x")) {
      assertThat(failure(refresh(token)).text())
          .isEqualTo("UNAUTHENTICATED: the refresh token is not valid; sign in again");
    }
    assertThat(count("refresh")).isGreaterThanOrEqualTo(5);
  }

  @Test
  void aRefreshTokenIsKeptOnlyAsItsHash() {
    SignedIn ida = somebody();
    Tuple session = Tuple.of(ida.session().value());
    Buffer stored =
        Await.of(
                pool.preparedQuery("select hash from refresh_tokens where session = $1")
                    .execute(session))
            .iterator()
            .next()
            .getBuffer("hash");

    assertThat(stored)
        .isEqualTo(RefreshToken.parse(ida.refreshToken()).orElseThrow().hash())
        .isNotEqualTo(Buffer.buffer(ida.refreshToken()));
  }

  private static long generations(SignedIn who) {
    return Await.of(
            pool.preparedQuery("select count(*) as many from refresh_tokens where session = $1")
                .execute(Tuple.of(who.session().value())))
        .iterator()
        .next()
        .getLong("many");
  }

  @Test
  void j12_whoNeverHeardTheAnswerGetsItAgainForAMoment() {
    SignedIn ana = somebody();
    double repeated = meters.counter("parley.auth.refreshes.repeated").count();
    SignedIn lost = Await.of(refresh(ana.refreshToken()));
    CLOCK.move(Duration.ofMillis(9_999));

    SignedIn found = Await.of(refresh(ana.refreshToken()));

    assertThat(found).isEqualTo(lost);
    assertThat(meters.counter("parley.auth.refreshes.repeated").count()).isEqualTo(repeated + 1);
    assertThat(Await.of(authenticator.authenticate(found.token())).session())
        .isEqualTo(ana.session());
    assertThat(lives(ana)).isTrue();
  }

  @Test
  void j10_aReplayEndsTheFamilyAndIsToldAndCountedAndLoggedWithoutSecrets() {
    SignedIn ana = somebody();
    SignedIn next = Await.of(refresh(ana.refreshToken()));
    double replays = count("replay");
    CLOCK.move(Duration.ofSeconds(10));
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    Logger log = (Logger) LoggerFactory.getLogger(Sessions.class);
    log.addAppender(lines);

    assertThat(failure(refresh(ana.refreshToken())).text())
        .isEqualTo("UNAUTHENTICATED: the refresh token is not valid; sign in again");
    log.detachAppender(lines);

    assertThat(failure(refresh(next.refreshToken())).reason()).isEqualTo(Reason.UNAUTHENTICATED);
    assertThat(lives(ana)).isFalse();
    await().until(() -> authenticator.authenticate(next.token()).failed());
    await().until(() -> !heardOf(ana).isEmpty());
    assertThat(heardOf(ana)).containsExactly(new SessionEnded(ana.account().id(), ana.session()));
    assertThat(count("replay")).isEqualTo(replays + 1);
    assertThat(lines.list)
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .contains(ana.session().toString())
        .doesNotContain(ana.refreshToken(), next.refreshToken(), HERE.orElseThrow(), "prt_");
  }

  @Test
  void theAnswerIsNotRepeatedOnceSomebodyHasGoneOnWithIt() {
    SignedIn ana = somebody();
    SignedIn next = Await.of(refresh(ana.refreshToken()));
    Await.of(refresh(next.refreshToken()));

    failure(refresh(ana.refreshToken()));

    assertThat(lives(ana)).isFalse();
  }

  @Test
  void aSessionLivesADayPastItsLastUseAndThirtyDaysAtMost() {
    SignedIn idle = somebody();
    SignedIn busy = somebody();
    Instant begun = CLOCK.instant();
    Instant end = begun.plus(Duration.ofDays(30));
    CLOCK.move(Duration.ofHours(24).minusMillis(1));
    busy = Await.of(refresh(busy.refreshToken()));
    CLOCK.move(Duration.ofMillis(1));
    assertThat(failure(refresh(idle.refreshToken())).reason()).isEqualTo(Reason.UNAUTHENTICATED);

    while (CLOCK.instant().plus(Duration.ofHours(23)).isBefore(end)) {
      CLOCK.move(Duration.ofHours(23));
      busy = Await.of(refresh(busy.refreshToken()));
      assertThat(busy.refreshExpiresAt()).isBeforeOrEqualTo(end);
    }
    CLOCK.move(Duration.between(CLOCK.instant(), end).minusSeconds(60));
    busy = Await.of(refresh(busy.refreshToken()));
    assertThat(busy.refreshExpiresAt()).isEqualTo(end);
    assertThat(busy.expiresAt()).as("no token outlives the session").isEqualTo(end);
    CLOCK.move(Duration.ofSeconds(60));

    assertThat(failure(refresh(busy.refreshToken())).reason()).isEqualTo(Reason.UNAUTHENTICATED);
    assertThat(lives(busy)).isFalse();
  }

  @Test
  void loggingOutEndsTheSessionEverywhereAndIsTold() {
    SignedIn jan = somebody();
    SignedIn other = again(jan, "tablet");
    Await.of(authenticator.authenticate(jan.token()));

    Await.of(logout(Optional.of(jan.session()), Optional.empty()));
    Await.of(logout(Optional.of(jan.session()), Optional.empty()));

    await().until(() -> authenticator.authenticate(jan.token()).failed());
    assertThat(failure(refresh(jan.refreshToken())).reason()).isEqualTo(Reason.UNAUTHENTICATED);
    assertThat(Await.of(authenticator.authenticate(other.token())).session())
        .isEqualTo(other.session());
    await().until(() -> !heardOf(jan).isEmpty());
    assertThat(heardOf(jan)).containsExactly(new SessionEnded(jan.account().id(), jan.session()));
  }

  @Test
  void loggingOutWorksByRefreshTokenToo() {
    SignedIn kim = somebody();

    Await.of(logout(Optional.empty(), Optional.of(kim.refreshToken())));
    Await.of(logout(Optional.empty(), Optional.of("never was one")));

    AccountsApi.Check check = new AccountsApi.Check(kim.account().id(), kim.session());
    assertThat(failure(bus.ask(AccountsApi.CHECK, check)).reason())
        .isEqualTo(Reason.SESSION_REVOKED);
    assertThat(failure(logout(Optional.empty(), Optional.empty())).reason())
        .isEqualTo(Reason.INVALID);
  }

  @Test
  void oneIsToldWhereOneIsSignedIn() {
    SignedIn ana = somebody();
    CLOCK.move(Duration.ofSeconds(1));
    SignedIn phone = again(ana, "a\u202Ephone");
    somebody();

    List<OwnSession> listed = list(ana);

    assertThat(listed).extracting(OwnSession::id).containsExactly(phone.session(), ana.session());
    assertThat(listed.get(0).device()).isEqualTo("aphone");
    assertThat(listed.get(0).address()).isEqualTo(HERE.orElseThrow());
    assertThat(listed.get(0).usedAt()).isEqualTo(CLOCK.instant());
    assertThat(listed.toString()).doesNotContain(HERE.orElseThrow());
  }

  @Test
  void oneSessionIsRevokedByItsOwnerAloneAndTwiceIsNoError() {
    SignedIn ana = somebody();
    SignedIn phone = again(ana, "phone");
    SignedIn eve = somebody();

    Await.of(bus.ask(SessionsApi.END, new SessionsApi.End(eve.account().id(), phone.session())));
    assertThat(lives(phone)).isTrue();
    Await.of(bus.ask(SessionsApi.END, new SessionsApi.End(ana.account().id(), phone.session())));
    Await.of(bus.ask(SessionsApi.END, new SessionsApi.End(ana.account().id(), phone.session())));

    assertThat(lives(phone)).isFalse();
    assertThat(failure(refresh(phone.refreshToken())).reason()).isEqualTo(Reason.UNAUTHENTICATED);
    assertThat(lives(ana)).isTrue();
    assertThat(list(ana)).extracting(OwnSession::id).containsExactly(ana.session());
    await().until(() -> !heardOf(ana).isEmpty());
    assertThat(heardOf(ana)).containsExactly(new SessionEnded(ana.account().id(), phone.session()));
    assertThat(addressOf(phone)).as("nobody needs to know where it was").isEmpty();
  }

  private static String addressOf(SignedIn who) {
    Row row =
        Await.of(
                pool.preparedQuery("select address from sessions where id = $1")
                    .execute(Tuple.of(who.session().value())))
            .iterator()
            .next();
    return row.getString("address");
  }

  @Test
  void signingOutEverywhereEndsAllButForTheOneThatMayStay() {
    SignedIn ana = somebody();
    SignedIn phone = again(ana, "phone");
    SignedIn tablet = again(ana, "tablet");
    UserId user = ana.account().id();

    assertThat(
            Await.of(
                bus.ask(
                    SessionsApi.END_ALL,
                    new SessionsApi.EndAll(user, Optional.of(phone.session())))))
        .isEqualTo(new SessionsApi.AllEnded(2));
    assertThat(List.of(lives(ana), lives(phone), lives(tablet)))
        .containsExactly(false, true, false);
    assertThat(
            Await.of(bus.ask(SessionsApi.END_ALL, new SessionsApi.EndAll(user, Optional.empty()))))
        .isEqualTo(new SessionsApi.AllEnded(1));
    assertThat(lives(phone)).isFalse();
    await().until(() -> heardOf(ana).size() == 3);
  }

  @Test
  void theSixthSessionOfFiveEndsTheOneUnusedForLongestAndThatIsTold() {
    SignedIn ana = somebody();
    for (int i = 0; i < 4; i++) {
      CLOCK.move(Duration.ofSeconds(1));
      again(ana, "device " + i);
    }
    assertThat(lives(ana)).isTrue();
    CLOCK.move(Duration.ofSeconds(1));

    again(ana, "one too many");

    assertThat(lives(ana)).isFalse();
    assertThat(list(ana)).hasSize(5);
    await().until(() -> heardOf(ana).size() == 1);
  }

  @Test
  void whatHasEndedIsReadWithoutAGapHoweverLateItsTransactionCameThrough() {
    EndedSessions start = endedSince(Optional.empty());
    SignedIn ana = somebody();
    SignedIn late = somebody();
    Await.of(logout(Optional.of(ana.session()), Optional.empty()));
    EndedSessions first = endedSince(Optional.of(start));
    Instant lateEnd = CLOCK.instant();
    CLOCK.move(Duration.ofSeconds(5));
    EndedSessions second = endedSince(Optional.of(first));
    setEnded(late, lateEnd);
    CLOCK.move(Duration.ofSeconds(5));
    EndedSessions third = endedSince(Optional.of(second));

    assertThat(ids(first)).contains(ana.session()).doesNotContain(late.session());
    assertThat(ids(second)).doesNotContain(late.session());
    assertThat(ids(third)).contains(late.session());
  }

  @Test
  void manyEndsAreReadInPagesThatAllComeThrough() {
    EndedSessions page = endedSince(Optional.empty());
    List<SignedIn> many = Await.of(crowd.make("many" + NAMES.incrementAndGet() + "_", 1_100));
    Await.of(
        pool.preparedQuery("update sessions set ended_at = $1 where account = any($2)")
            .execute(
                Tuple.of(
                    CLOCK.instant().atOffset(ZoneOffset.UTC),
                    (Object)
                        many.stream()
                            .map(each -> each.account().id().value())
                            .toArray(UUID[]::new))));

    List<SessionId> read = new ArrayList<>();
    int pages = 0;
    do {
      page = endedSince(Optional.of(page));
      read.addAll(ids(page));
      pages++;
    } while (page.more());

    assertThat(pages).isEqualTo(2);
    assertThat(read).containsAll(many.stream().map(SignedIn::session).toList());
  }

  private static void setEnded(SignedIn who, Instant at) {
    Await.of(
        pool.preparedQuery("update sessions set ended_at = $1 where id = $2")
            .execute(Tuple.of(at.atOffset(ZoneOffset.UTC), who.session().value())));
  }

  private static EndedSessions endedSince(Optional<EndedSessions> before) {
    return Await.of(
        bus.ask(SessionsApi.ENDED_SINCE, new EndedSince(before.map(EndedSessions::next))));
  }

  private static List<SessionId> ids(EndedSessions ended) {
    return ended.ended().stream().map(SessionEnded::session).toList();
  }
}
