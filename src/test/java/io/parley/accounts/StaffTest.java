package io.parley.accounts;

import static io.parley.fixtures.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.accounts.AccountsApi.Login;
import io.parley.accounts.AccountsApi.Register;
import io.parley.accounts.AccountsApi.SignedIn;
import io.parley.accounts.StaffApi.Listed;
import io.parley.audit.Actor;
import io.parley.audit.AuditApi;
import io.parley.audit.AuditApi.Noted;
import io.parley.audit.AuditVerticle;
import io.parley.audit.Audits;
import io.parley.bus.Bus;
import io.parley.config.ConfigLoader;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.NoLimits;
import io.parley.fixtures.Notes;
import io.parley.limits.LimitsApi;
import io.parley.stores.postgres.PostgresAuditStore;
import io.parley.stores.postgres.PostgresSessionStore;
import io.parley.stores.postgres.PostgresStaffStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Those who run the server, over the bus and on a real store. */
class StaffTest {
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final Password GOOD = new Password("correct horse battery");
  private static final Actor ROOT = Actor.cli("root");
  private static final Optional<String> HERE = Optional.of("192.0.2.7");

  private static Vertx vertx;
  private static Bus bus;
  private static final List<AccountsApi.SessionEnded> ENDED = new CopyOnWriteArrayList<>();

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
                StaffApi.CONTRACT,
                AuditApi.CONTRACT,
                LimitsApi.CONTRACT));
    Await.of(NoLimits.answer(bus));
    IdentityParts parts =
        IdentityParts.deploy(vertx, bus, Optional.empty(), new SimpleMeterRegistry());
    PostgresSessionStore sessions = new PostgresSessionStore(parts.pool());
    Staff staff =
        new Staff(
            new PostgresStaffStore(parts.pool()),
            new Endings(sessions, bus, new Notes(), parts.clock()),
            new Notes(),
            bus,
            parts.clock());
    Audits audits =
        new Audits(
            new PostgresAuditStore(parts.pool()), ConfigLoader.defaults().audit(), parts.clock());
    Await.of(vertx.deployVerticle(new StaffVerticle(bus, staff)));
    Await.of(vertx.deployVerticle(new AuditVerticle(bus, audits)));
    Await.of(bus.hear(AccountsApi.SESSION_ENDED, ENDED::add));
  }

  @AfterAll
  static void close() {
    Await.of(vertx.close());
  }

  private static SignedIn registered(Role role) {
    String name = "staff" + NAMES.incrementAndGet();
    SignedIn who =
        Await.of(
            bus.ask(
                AccountsApi.REGISTER,
                new Register(
                    Optional.of(name + "@example.org"),
                    Optional.empty(),
                    Optional.of(name),
                    Optional.empty(),
                    GOOD,
                    "test",
                    Optional.empty())));
    Await.of(give(ROOT, who, role));
    return who;
  }

  private static Actor by(SignedIn who) {
    return Actor.account(who.account().id().value());
  }

  private static Future<Listed> give(Actor by, SignedIn user, Role role) {
    return bus.ask(StaffApi.GIVE_ROLE, new StaffApi.GiveRole(by, user.account().id(), role, HERE));
  }

  private static Future<Listed> disable(Actor by, SignedIn user) {
    return bus.ask(StaffApi.DISABLE, new StaffApi.Disable(by, user.account().id(), " spam ", HERE));
  }

  private static Future<Listed> enable(Actor by, SignedIn user) {
    return bus.ask(StaffApi.ENABLE, new StaffApi.Enable(by, user.account().id(), HERE));
  }

  private static Future<SessionsApi.AllEnded> end(Actor by, SignedIn user) {
    return bus.ask(
        StaffApi.END_SESSIONS,
        new StaffApi.EndSessions(by, user.account().id(), Optional.empty(), HERE));
  }

  private static Future<Listed> look(Actor by, SignedIn user) {
    return bus.ask(StaffApi.LOOK, new StaffApi.LookUp(by, user.account().id()));
  }

  private static Future<SignedIn> login(SignedIn who, Password password) {
    String name = who.account().username().orElseThrow();
    return bus.ask(AccountsApi.LOGIN, new Login(name, password, "test", Optional.empty()));
  }

  private static String outcome(Future<?> asked) {
    return Await.of(
        asked
            .map("done")
            .recover(cause -> Future.succeededFuture(Failure.from(cause).reason().name())));
  }

  /** What each may do to each: look, disable, enable, end sessions, give a role. */
  @ParameterizedTest
  @CsvSource({
    "USER, USER, -",
    "USER, MODERATOR, -",
    "USER, ADMIN, -",
    "MODERATOR, USER, look disable enable end",
    "MODERATOR, MODERATOR, look",
    "MODERATOR, ADMIN, look",
    "ADMIN, USER, look disable enable end give",
    "ADMIN, MODERATOR, look disable enable end give",
    "ADMIN, ADMIN, look disable enable end give",
  })
  void eachMayDoWhatTheirRoleSaysToWhomItSays(Role role, Role subject, String may) {
    SignedIn who = registered(role);
    SignedIn user = registered(subject);
    List<String> done = new ArrayList<>();
    note(done, "look", look(by(who), user));
    note(done, "disable", disable(by(who), user));
    note(done, "enable", enable(by(who), user));
    note(done, "end", end(by(who), user));
    note(done, "give", give(by(who), user, Role.MODERATOR));

    assertThat(String.join(" ", done)).isEqualTo(may.equals("-") ? "" : may);
  }

  private static void note(List<String> done, String deed, Future<?> asked) {
    String outcome = outcome(asked);
    if (outcome.equals("done")) {
      done.add(deed);
    } else {
      assertThat(outcome).as(deed).isEqualTo("FORBIDDEN");
    }
  }

  @ParameterizedTest
  @CsvSource({"MODERATOR", "ADMIN"})
  void nobodyDoesItToThemselves(Role role) {
    SignedIn who = registered(role);
    Stream.<Function<Actor, Future<?>>>of(
            by -> give(by, who, Role.ADMIN),
            by -> give(by, who, Role.USER),
            by -> disable(by, who),
            by -> enable(by, who),
            by -> end(by, who))
        .forEach(
            deed -> assertThat(failure(deed.apply(by(who))).reason()).isEqualTo(Reason.FORBIDDEN));
  }

  @Test
  void whoIsDisabledIsSignedOutStaysOutAndComesBackOnceEnabled() {
    SignedIn admin = registered(Role.ADMIN);
    SignedIn user = registered(Role.USER);

    Listed disabled = Await.of(disable(by(admin), user));

    assertThat(disabled.disabled().orElseThrow().reason()).isEqualTo("spam");
    assertThat(disabled.disabled().orElseThrow().by()).isEqualTo(by(admin).text());
    assertThat(ENDED).contains(new AccountsApi.SessionEnded(user.account().id(), user.session()));
    AccountsApi.Check check = new AccountsApi.Check(user.account().id(), user.session());
    assertThat(outcome(bus.ask(AccountsApi.CHECK, check))).isEqualTo("SESSION_REVOKED");
    AccountsApi.Refresh refresh = new AccountsApi.Refresh(user.refreshToken(), Optional.empty());
    assertThat(outcome(bus.ask(AccountsApi.REFRESH, refresh))).isEqualTo("UNAUTHENTICATED");
    Failure refused = failure(login(user, GOOD));
    assertThat(refused.reason()).isEqualTo(Reason.FORBIDDEN);
    assertThat(refused.details()).containsEntry("account", "disabled");
    Failure wrong = failure(login(user, new Password("a wrong password")));
    assertThat(wrong.reason()).isEqualTo(Reason.UNAUTHENTICATED);
    assertThat(wrong.text()).doesNotContain("disabled");

    assertThat(Await.of(enable(by(admin), user)).disabled()).isEmpty();

    assertThat(outcome(login(user, GOOD))).isEqualTo("done");
    assertThat(outcome(bus.ask(AccountsApi.CHECK, check))).isEqualTo("SESSION_REVOKED");
  }

  @Test
  void whoIsDisabledHasNoRightsLeft() {
    SignedIn moderator = registered(Role.MODERATOR);
    SignedIn user = registered(Role.USER);
    Await.of(disable(ROOT, moderator));

    assertThat(outcome(look(by(moderator), user))).isEqualTo("FORBIDDEN");
    assertThat(outcome(disable(by(moderator), user))).isEqualTo("FORBIDDEN");
  }

  @Test
  void rightsComeFirstWhateverIsAsked() {
    SignedIn user = registered(Role.USER);
    UserId nobody = new UserId(new java.util.UUID(1, 2));
    assertThat(outcome(bus.ask(StaffApi.LOOK, new StaffApi.LookUp(by(user), nobody))))
        .isEqualTo("FORBIDDEN");
    assertThat(outcome(bus.ask(StaffApi.DISABLE, new StaffApi.Disable(by(user), nobody, "", HERE))))
        .isEqualTo("FORBIDDEN");
    assertThat(outcome(bus.ask(StaffApi.LOOK, new StaffApi.LookUp(ROOT, nobody))))
        .isEqualTo("NOT_FOUND");
    assertThat(outcome(bus.ask(StaffApi.LOOK, new StaffApi.LookUp(Actor.STRANGER, nobody))))
        .isEqualTo("FORBIDDEN");
    assertThat(outcome(bus.ask(StaffApi.DISABLE, new StaffApi.Disable(ROOT, nobody, " ", HERE))))
        .isEqualTo("INVALID");
  }

  @Test
  void onlyAdminsSeeHowToReachSomebodyOrFindThemByIt() {
    SignedIn moderator = registered(Role.MODERATOR);
    SignedIn admin = registered(Role.ADMIN);
    SignedIn user = registered(Role.USER);
    String email = user.account().email().orElseThrow();

    assertThat(Await.of(look(by(admin), user)).email()).contains(email);
    assertThat(Await.of(look(by(moderator), user)).email()).isEmpty();
    assertThat(Await.of(disable(by(moderator), user)).email()).isEmpty();
    assertThat(found(by(admin), email)).containsExactly(user.account().id());
    assertThat(found(by(moderator), email)).isEmpty();
    String name = user.account().username().orElseThrow();
    assertThat(found(by(moderator), name)).contains(user.account().id());
  }

  private static List<UserId> found(Actor by, String query) {
    StaffApi.Search search =
        new StaffApi.Search(
            by, Optional.of(query), Optional.empty(), Optional.empty(), Optional.empty(), 100);
    return Await.of(bus.ask(StaffApi.SEARCH, search)).users().stream().map(Listed::id).toList();
  }

  @Test
  void whatWasDoneIsInTheLogAndNothingIsOfWhatWasNot() {
    SignedIn admin = registered(Role.ADMIN);
    SignedIn user = registered(Role.USER);
    Await.of(give(by(admin), user, Role.MODERATOR));
    Await.of(give(by(admin), user, Role.MODERATOR));
    Await.of(disable(by(admin), user));
    Await.of(disable(by(admin), user));
    failure(disable(by(user), admin));
    Await.of(enable(by(admin), user));

    AuditApi.Query query =
        new AuditApi.Query(
            Optional.of(by(admin).text()),
            Optional.of(user.account().id().value()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            10);
    List<Noted> entries =
        Await.of(bus.ask(StaffApi.READ_AUDIT, new StaffApi.ReadAudit(by(admin), query))).entries();

    assertThat(entries)
        .extracting(Noted::act)
        .containsExactlyInAnyOrder("account.enabled", "account.disabled", "role.changed");
    assertThat(entries).allMatch(entry -> entry.address().equals(HERE));
    Noted role =
        entries.stream().filter(entry -> entry.act().equals("role.changed")).findFirst().get();
    assertThat(role.details()).containsEntry("from", "user").containsEntry("to", "moderator");
    assertThat(outcome(bus.ask(StaffApi.READ_AUDIT, new StaffApi.ReadAudit(by(user), query))))
        .isEqualTo("FORBIDDEN");
  }

  @Test
  void theSessionTellsWhatSomebodyIs() {
    for (Role role : Set.of(Role.values())) {
      SignedIn who = registered(role);
      AccountsApi.Check check = new AccountsApi.Check(who.account().id(), who.session());
      assertThat(Await.of(bus.ask(AccountsApi.CHECK, check)).role()).contains(role);
    }
  }

  @Test
  void endingSessionsIsNotedWithTheirNumberAndNotWhenThereWasNone() {
    SignedIn admin = registered(Role.ADMIN);
    SignedIn user = registered(Role.USER);
    SessionId nobodys = new SessionId(new java.util.UUID(3, 4));
    Await.of(
        bus.ask(
            StaffApi.END_SESSIONS,
            new StaffApi.EndSessions(by(admin), user.account().id(), Optional.of(nobodys), HERE)));
    assertThat(revoked(admin, user)).isEmpty();

    Await.of(login(user, GOOD));
    assertThat(Await.of(end(by(admin), user)).count()).isEqualTo(2);
    Await.of(end(by(admin), user));
    SignedIn again = Await.of(login(user, GOOD));
    Await.of(
        bus.ask(
            StaffApi.END_SESSIONS,
            new StaffApi.EndSessions(
                by(admin), user.account().id(), Optional.of(again.session()), HERE)));

    assertThat(revoked(admin, user))
        .containsExactlyInAnyOrder(
            Map.of("count", "2"), Map.of("session", again.session().toString()));
  }

  private static List<Map<String, String>> revoked(SignedIn admin, SignedIn user) {
    AuditApi.Query query =
        new AuditApi.Query(
            Optional.empty(),
            Optional.of(user.account().id().value()),
            Optional.of("session.revoked"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            10);
    return Await.of(bus.ask(StaffApi.READ_AUDIT, new StaffApi.ReadAudit(by(admin), query)))
        .entries()
        .stream()
        .map(Noted::details)
        .toList();
  }
}
