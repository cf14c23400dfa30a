package io.parley.accounts;

import static io.parley.fixtures.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.accounts.AccountsApi.Login;
import io.parley.accounts.AccountsApi.Register;
import io.parley.accounts.AccountsApi.SignedIn;
import io.parley.accounts.IdentityApi.ChangeIdentifier;
import io.parley.accounts.IdentityApi.ChangePassword;
import io.parley.audit.AuditApi.Noted;
import io.parley.audit.AuditApi.Query;
import io.parley.audit.AuditEntry;
import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.TestMail;
import io.parley.limits.LimitsApi;
import io.parley.stores.postgres.PostgresAuditStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people do with their accounts is noted: with the change, or soon after it. */
class ActsTest {
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final Password OLD = new Password("correct horse battery");
  private static final Password NEW = new Password("a staple, rather");
  private static final Optional<String> HERE = Optional.of("192.0.2.1");

  private static final AtomicBoolean PAUSED = new AtomicBoolean();

  private static Vertx vertx;
  private static Bus bus;
  private static TestMail mail;
  private static IdentityParts parts;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    bus =
        Bus.over(
            vertx,
            List.of(
                AccountsApi.CONTRACT,
                SessionsApi.CONTRACT,
                IdentityApi.CONTRACT,
                LimitsApi.CONTRACT));
    LimitsApi.Done done = new LimitsApi.Done();
    Await.of(bus.answer(LimitsApi.ATTEMPT, attempt -> ticket()));
    Await.of(bus.answer(LimitsApi.SETTLE, settle -> Future.succeededFuture(done)));
    Await.of(bus.answer(LimitsApi.TRUST, trust -> Future.succeededFuture(done)));
    mail = TestMail.start();
    parts = IdentityParts.deploy(vertx, bus, Optional.of(mail.config()), new SimpleMeterRegistry());
  }

  @AfterAll
  static void close() {
    Await.of(vertx.close());
    mail.close();
  }

  private static Future<LimitsApi.Ticket> ticket() {
    return PAUSED.get()
        ? Future.failedFuture(Failure.of(Reason.RATE_LIMITED, "slow").with("retryAfterMs", 60_000))
        : Future.succeededFuture(new LimitsApi.Ticket(true, List.of()));
  }

  private static SignedIn registered() {
    String email = "acts" + NAMES.incrementAndGet() + "@example.org";
    return Await.of(
        bus.ask(
            AccountsApi.REGISTER,
            new Register(
                Optional.of(email),
                Optional.empty(),
                Optional.empty(),
                Optional.of("Somebody"),
                OLD,
                "test",
                HERE)));
  }

  private static Future<SignedIn> login(SignedIn who, Password password) {
    String email = who.account().email().orElseThrow();
    return bus.ask(AccountsApi.LOGIN, new Login(email, password, "test", HERE));
  }

  /** What is noted soon. */
  private static List<String> noted(SignedIn who) {
    return parts.notes().of(who.account().id().value()).stream()
        .map(entry -> entry.act().word())
        .toList();
  }

  /** What is stored with the change. */
  private static List<Noted> stored(SignedIn who) {
    Query query =
        new Query(
            Optional.empty(),
            Optional.of(who.account().id().value()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            100);
    return Await.of(new PostgresAuditStore(parts.pool()).read(query, Optional.empty(), 100));
  }

  @Test
  void signingUpInAndOutIsNotedWithItsSessionAndWhereFrom() {
    SignedIn ana = registered();
    SignedIn again = Await.of(login(ana, OLD));
    Await.of(
        bus.ask(
            AccountsApi.LOGOUT,
            new AccountsApi.Logout(Optional.of(again.session()), Optional.empty())));
    Await.of(
        bus.ask(
            AccountsApi.LOGOUT,
            new AccountsApi.Logout(Optional.of(again.session()), Optional.empty())));
    Await.of(bus.ask(SessionsApi.END, new SessionsApi.End(ana.account().id(), ana.session())));
    failure(login(ana, NEW));

    assertThat(noted(ana))
        .containsExactly(
            "account.registered", "session.opened", "session.closed", "session.revoked");
    AuditEntry opened = parts.notes().of(ana.account().id().value()).get(1);
    assertThat(opened.details()).containsEntry("session", again.session().toString());
    assertThat(opened.address()).isEqualTo(HERE);
    assertThat(opened.actor().account()).contains(ana.account().id().value());
  }

  @Test
  void aPauseIsNotedOnceHoweverManyKnock() {
    SignedIn ana = registered();
    SignedIn ben = registered();
    PAUSED.set(true);
    try {
      for (int i = 0; i < 20; i++) {
        failure(login(ana, NEW));
        failure(login(ben, NEW));
      }
      await().until(() -> noted(ana).contains("signIn.paused"));
    } finally {
      PAUSED.set(false);
    }

    assertThat(noted(ana)).containsExactly("account.registered", "signIn.paused");
    assertThat(noted(ben)).as("from the same address").containsExactly("account.registered");
  }

  @Test
  void aTokenThatComesAgainIsNoted() {
    SignedIn ana = registered();
    AccountsApi.Refresh first = new AccountsApi.Refresh(ana.refreshToken(), HERE);
    SignedIn next = Await.of(bus.ask(AccountsApi.REFRESH, first));
    AccountsApi.Refresh second = new AccountsApi.Refresh(next.refreshToken(), HERE);
    Await.of(bus.ask(AccountsApi.REFRESH, second));
    failure(bus.ask(AccountsApi.REFRESH, first));

    assertThat(noted(ana)).containsExactly("account.registered", "session.replayed");
  }

  @Test
  void whatChangesWhoSomebodyIsIsStoredWithTheChangeAndOnlyThen() {
    SignedIn ana = registered();
    UserId user = ana.account().id();
    String email = ana.account().email().orElseThrow();
    Await.of(
        bus.ask(
            IdentityApi.VERIFY_EMAIL, new IdentityApi.VerifyEmail(mail.await(email, 1).token())));
    failure(
        bus.ask(
            IdentityApi.CHANGE_PASSWORD, new ChangePassword(user, ana.session(), NEW, OLD, HERE)));
    Await.of(
        bus.ask(
            IdentityApi.CHANGE_PASSWORD, new ChangePassword(user, ana.session(), OLD, NEW, HERE)));
    Await.of(
        bus.ask(
            IdentityApi.CHANGE_IDENTIFIER,
            new ChangeIdentifier(
                user,
                Identifier.Kind.USERNAME,
                Optional.of("acts" + NAMES.incrementAndGet()),
                NEW,
                HERE)));

    assertThat(stored(ana))
        .extracting(Noted::act)
        .containsExactly("identifier.changed", "password.changed", "email.verified");
    assertThat(stored(ana).get(0).details()).containsOnly(java.util.Map.entry("kind", "username"));
    assertThat(stored(ana).get(1).address()).isEqualTo(HERE);
    assertThat(stored(ana).toString()).doesNotContain(email).doesNotContain("acts");
  }

  @Test
  void aResetIsNotedWhenItsLinkGoesOutAndWhenItIsUsed() {
    SignedIn ana = registered();
    String email = ana.account().email().orElseThrow();
    mail.await(email, 1);
    Await.of(bus.ask(IdentityApi.ASK_RESET, new IdentityApi.AskReset(email)));
    String token = mail.await(email, 2).token();
    Await.of(bus.ask(IdentityApi.RESET, new IdentityApi.Reset(token, NEW, HERE)));

    await().until(() -> noted(ana).contains("password.resetAsked"));
    assertThat(stored(ana)).extracting(Noted::act).containsExactly("password.reset");
  }

  @Test
  void onePauseEndsAndTheNextIsNotedAgain() {
    Pauses pauses = new Pauses();
    Instant now = Instant.EPOCH;
    Failure slow = Failure.of(Reason.RATE_LIMITED, "slow").with("retryAfterMs", 1_000);

    assertThat(pauses.begins("ana", "one", slow, now)).isTrue();
    assertThat(pauses.begins("ana", "other", slow, now)).isFalse();
    assertThat(pauses.begins("ben", "one", slow, now)).isFalse();
    assertThat(pauses.begins("ben", "other", slow, now)).isTrue();
    assertThat(pauses.begins("cy", "third", Failure.internal(), now)).isFalse();
    assertThat(pauses.begins("ana", "one", slow, now.plus(Duration.ofSeconds(1)))).isTrue();
  }

  @Test
  void aPauseIsNotedOnceHoweverAnAccountIsWrittenAndWhateverItsNetworkCallsItself() {
    SignedIn ana = registered();
    SignedIn ben = registered();
    SignedIn cy = registered();
    PAUSED.set(true);
    try {
      knock(email(ana), "198.51.100.1");
      knock(email(ana).toUpperCase(Locale.ROOT), "198.51.100.2");
      knock(" " + email(ana), "198.51.100.3");
      knock(email(ben), "2001:db8:1:2::1");
      knock(email(cy), "2001:db8:1:2:ffff::2");
      await().until(() -> noted(ben).contains("signIn.paused"));
    } finally {
      PAUSED.set(false);
    }

    assertThat(noted(ana)).containsExactly("account.registered", "signIn.paused");
    assertThat(noted(cy)).containsExactly("account.registered");
  }

  private static String email(SignedIn who) {
    return who.account().email().orElseThrow();
  }

  private static void knock(String identifier, String address) {
    failure(bus.ask(AccountsApi.LOGIN, new Login(identifier, NEW, "test", Optional.of(address))));
  }

  @Test
  void aPauseOfSomebodySignedInIsNotedOnceWithWhereFrom() {
    SignedIn ana = registered();
    ChangePassword change = new ChangePassword(ana.account().id(), ana.session(), NEW, OLD, HERE);
    PAUSED.set(true);
    try {
      failure(bus.ask(IdentityApi.CHANGE_PASSWORD, change));
      failure(bus.ask(IdentityApi.CHANGE_PASSWORD, change));
    } finally {
      PAUSED.set(false);
    }

    assertThat(noted(ana)).containsExactly("account.registered", "signIn.paused");
    assertThat(parts.notes().of(ana.account().id().value()).get(1).address()).isEqualTo(HERE);
  }
}
