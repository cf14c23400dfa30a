package io.parley.accounts;

import static io.parley.fixtures.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.accounts.AccountsApi.DirectoryPage;
import io.parley.accounts.AccountsApi.Login;
import io.parley.accounts.AccountsApi.Logout;
import io.parley.accounts.AccountsApi.Profile;
import io.parley.accounts.AccountsApi.Refresh;
import io.parley.accounts.AccountsApi.Register;
import io.parley.accounts.AccountsApi.SignedIn;
import io.parley.bus.Bus;
import io.parley.config.AuthConfig;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
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
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Accounts as the edges know them: over the bus, on a real store. */
class AccountsTest {
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final Password GOOD = new Password("correct horse battery");
  private static final Optional<String> HERE = Optional.of("192.0.2.1");
  private static final AuthConfig CONFIG = AuthConfigs.cheap();

  private static final Notes NOTES = new Notes();

  private static Vertx vertx;
  private static Bus bus;
  private static Pool pool;
  private static MeterRegistry meters;
  private static AccessTokens tokens;
  private static TokenAuthenticator authenticator;
  private static LoadAccounts crowd;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    bus = Bus.over(vertx, List.of(AccountsApi.CONTRACT, SessionsApi.CONTRACT, LimitsApi.CONTRACT));
    Await.of(NoLimits.answer(bus));
    pool = PostgresPool.open(vertx, TestPostgres.database());
    meters = new SimpleMeterRegistry();
    Clock clock = Clock.systemUTC();
    SecureRandom random = new SecureRandom();
    AccountStore store = new PostgresAccountStore(pool);
    tokens = new AccessTokens(vertx, CONFIG, clock);
    SessionStore stored = new PostgresSessionStore(pool);
    Endings endings = new Endings(stored, bus, NOTES, clock);
    Sessions sessions =
        new Sessions(
            stored, tokens, CONFIG, endings, NOTES, clock, UUID::randomUUID, random, meters);
    crowd = new LoadAccounts(store, sessions, clock, UUID::randomUUID);
    Passwords passwords = new Passwords(vertx, CONFIG, random, meters);
    Mails mails = new Mails(new PostgresMailStore(pool), Optional.empty(), clock, UUID::randomUUID);
    Accounts accounts =
        new Accounts(
            store,
            passwords,
            sessions,
            new Lockout(bus, meters),
            mails,
            NOTES,
            bus,
            clock,
            UUID::randomUUID,
            meters);
    authenticator = new TokenAuthenticator(vertx, bus, tokens, System::nanoTime, meters);
    Await.of(
        vertx.deployVerticle(
            new AccountsVerticle(bus, accounts, sessions, endings, new People(store))));
  }

  @AfterAll
  static void close() {
    Await.of(vertx.close());
  }

  private static String unique(String word) {
    return word + NAMES.incrementAndGet();
  }

  private static Register as(String username) {
    return new Register(
        Optional.empty(),
        Optional.empty(),
        Optional.of(username),
        Optional.empty(),
        GOOD,
        "test",
        HERE);
  }

  private static SignedIn registered(String username) {
    return Await.of(bus.ask(AccountsApi.REGISTER, as(username)));
  }

  private static Future<SignedIn> login(String identifier, Password password) {
    return bus.ask(AccountsApi.LOGIN, new Login(identifier, password, "test", HERE));
  }

  private static Future<SignedIn> refresh(String token) {
    return bus.ask(AccountsApi.REFRESH, new Refresh(token, HERE));
  }

  private static double count(String reason) {
    return meters.counter("parley.auth.failures", "reason", reason).count();
  }

  private static long hashed() {
    return meters.timer("parley.auth.hashing").count();
  }

  @Test
  void whoRegistersIsSignedIn() {
    String name = unique("ana");
    Register request =
        new Register(
            Optional.of(name + "@Example.org"),
            Optional.of("+1 415 555 " + (1000 + NAMES.incrementAndGet())),
            Optional.of(name),
            Optional.of("  Ana María "),
            GOOD,
            "a\u202Ephone",
            HERE);
    Instant before = Instant.now();

    SignedIn ana = Await.of(bus.ask(AccountsApi.REGISTER, request));

    assertThat(ana.account().name()).isEqualTo("Ana María");
    assertThat(ana.account().email()).contains(name + "@Example.org");
    assertThat(ana.account().username()).contains(name);
    assertThat(ana.account().phoneNumber()).get().asString().startsWith("+1415555");
    assertThat(ana.expiresAt()).isBetween(before.plusSeconds(899), Instant.now().plusSeconds(900));
    assertThat(ana.refreshExpiresAt()).isAfter(before.plus(Duration.ofHours(24)).minusSeconds(1));
    Identity identity = Await.of(authenticator.authenticate(ana.token()));
    assertThat(identity)
        .isEqualTo(new Identity(ana.account().id(), "Ana María", ana.session(), ana.expiresAt()));
  }

  @Test
  void whoGivesNoNameIsCalledByUsernameOrLocalPartButNeverByPhoneNumber() {
    String name = unique("ben");
    String phone = "+1415555" + (2000 + NAMES.incrementAndGet());

    assertThat(registered(name).account().name()).isEqualTo(name);
    assertThat(registering(Optional.of(name + "@example.org"), Optional.empty()).name())
        .isEqualTo(name);
    assertThat(registering(Optional.empty(), Optional.of(phone)).name())
        .matches("user-[0-9a-f]{6}");
  }

  private static AccountsApi.Account registering(Optional<String> email, Optional<String> phone) {
    Register request =
        new Register(email, phone, Optional.empty(), Optional.empty(), GOOD, "test", HERE);
    return Await.of(bus.ask(AccountsApi.REGISTER, request)).account();
  }

  @Test
  void registeringNeedsAnIdentifierAndAGoodPassword() {
    Register nobody =
        new Register(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            GOOD,
            "test",
            HERE);
    Register weak =
        new Register(
            Optional.empty(),
            Optional.empty(),
            Optional.of(unique("ana")),
            Optional.empty(),
            new Password("short"),
            "test",
            HERE);

    assertThat(failure(bus.ask(AccountsApi.REGISTER, nobody)).details())
        .containsEntry("field", "username");
    assertThat(failure(bus.ask(AccountsApi.REGISTER, weak)).details())
        .containsEntry("field", "password");
  }

  @Test
  void aNameThatDiffersOnlyInCaseIsTakenHoweverManyWantItAtOnce() {
    String name = unique("Ana");

    List<Future<Boolean>> tries =
        IntStream.range(0, 10)
            .mapToObj(i -> i % 2 == 0 ? name : name.toUpperCase(java.util.Locale.ROOT))
            .map(
                wanted ->
                    bus.ask(AccountsApi.REGISTER, as(wanted))
                        .map(true)
                        .otherwise(AccountsTest::taken))
            .toList();

    assertThat(tries.stream().filter(Await::of)).hasSize(1);
    assertThat(Await.of(login(name.toLowerCase(java.util.Locale.ROOT), GOOD)).account().name())
        .isEqualToIgnoringCase(name);
  }

  private static boolean taken(Throwable cause) {
    assertThat(Failure.from(cause).text())
        .isEqualTo("ALREADY_EXISTS field=username: this username belongs to another account");
    return false;
  }

  @Test
  void signingInWorksByAnyIdentifierAndEachTimeIsASession() {
    String name = unique("cleo");
    String phone = "+1415555" + (3000 + NAMES.incrementAndGet());
    Register request =
        new Register(
            Optional.of(name + "@example.org"),
            Optional.of(phone),
            Optional.of(name),
            Optional.of("Cleo"),
            GOOD,
            "test",
            HERE);
    SignedIn cleo = Await.of(bus.ask(AccountsApi.REGISTER, request));

    List<SessionId> sessions = new ArrayList<>(List.of(cleo.session()));
    for (String typed : List.of(name, name + "@EXAMPLE.org", phone, " " + phone + " ")) {
      SignedIn again = Await.of(login(typed, GOOD));
      assertThat(again.account()).isEqualTo(cleo.account());
      sessions.add(again.session());
    }
    assertThat(sessions).doesNotHaveDuplicates();
  }

  @Test
  void everyWrongPairIsRefusedAlikeAndCostsOneComparison() {
    String name = registered(unique("dora")).account().name();
    Password wrong = new Password("incorrect horse battery");
    List<Login> pairs =
        List.of(
            new Login(name, wrong, "test", HERE),
            new Login(name, new Password(""), "test", HERE),
            new Login(unique("nobody"), GOOD, "test", HERE),
            new Login("no such form@", GOOD, "test", HERE),
            new Login("' or 1=1 --", GOOD, "test", HERE),
            new Login("\u0000", GOOD, "test", HERE));

    for (Login pair : pairs) {
      long before = hashed();
      assertThat(failure(bus.ask(AccountsApi.LOGIN, pair)).text())
          .isEqualTo("UNAUTHENTICATED: these credentials are not right");
      assertThat(hashed() - before).as("comparisons for %s", pair.identifier()).isEqualTo(1);
    }
    assertThat(count("password")).isGreaterThanOrEqualTo(2);
    assertThat(count("unknown")).isGreaterThanOrEqualTo(4);
  }

  @Test
  void aMegabyteOfPasswordIsRefusedBeforeHashing() {
    long before = hashed();
    Password huge = new Password("x".repeat(1 << 20));

    assertThat(failure(login("ana", huge)).reason()).isEqualTo(Reason.TOO_LARGE);
    Register request =
        new Register(
            Optional.empty(),
            Optional.empty(),
            Optional.of(unique("ana")),
            Optional.empty(),
            huge,
            "test",
            HERE);
    assertThat(failure(bus.ask(AccountsApi.REGISTER, request)).reason())
        .isEqualTo(Reason.TOO_LARGE);
    assertThat(hashed()).isEqualTo(before);
  }

  @Test
  void aBCryptHashIsReplacedAtTheFirstLogin() {
    SignedIn emil = registered(unique("emil"));
    String bcrypt = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
    Await.of(
        pool.preparedQuery("update passwords set hash = $2 where account = $1")
            .execute(Tuple.of(emil.account().id().value(), bcrypt)));

    Await.of(login(emil.account().name(), new Password("U*U")));

    assertThat(hashOf(emil)).startsWith("$argon2id$v=19$m=64,t=1,p=1$");
    Await.of(login(emil.account().name(), new Password("U*U")));
    assertThat(failure(login(emil.account().name(), new Password("U*V"))).reason())
        .isEqualTo(Reason.UNAUTHENTICATED);
  }

  private static String hashOf(SignedIn who) {
    return Await.of(
            pool.preparedQuery("select hash from passwords where account = $1")
                .execute(Tuple.of(who.account().id().value())))
        .iterator()
        .next()
        .getString("hash");
  }

  @Test
  void noSecretIsPartOfAnyTextForm() {
    SignedIn ida = registered(unique("ida"));
    List<Record> told =
        List.of(
            ida,
            as("ida"),
            new Login("ida", GOOD, "test", HERE),
            new Refresh(ida.refreshToken(), HERE),
            new Logout(Optional.empty(), Optional.of(ida.refreshToken())),
            RefreshToken.parse(ida.refreshToken()).orElseThrow());

    for (Record record : told) {
      assertThat(record.toString()).doesNotContain(GOOD.clear(), ida.token(), ida.refreshToken());
    }
  }

  @Test
  void theDirectoryIsPagedByAnOpaqueCursor() {
    String mark = unique("leo") + "q";
    for (int i = 0; i < 5; i++) {
      registered(mark + i);
    }
    List<String> seen = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      DirectoryPage page =
          Await.of(
              bus.ask(
                  AccountsApi.DIRECTORY,
                  new AccountsApi.Directory(
                      Optional.of(mark.toUpperCase(java.util.Locale.ROOT)),
                      after,
                      2,
                      Optional.empty())));
      page.users().stream().map(Profile::name).forEach(seen::add);
      after = page.next();
    } while (after.isPresent());

    assertThat(seen).containsExactly(mark + 0, mark + 1, mark + 2, mark + 3, mark + 4);
  }

  @Test
  void aForgedCursorOrQueryIsRefused() {
    for (String forged : List.of("x", "!", "AAAA", "W10", "e30", "WyIiLCIiXQ")) {
      AccountsApi.Directory request =
          new AccountsApi.Directory(Optional.empty(), Optional.of(forged), 10, Optional.empty());
      assertThat(failure(bus.ask(AccountsApi.DIRECTORY, request)).details())
          .as(forged)
          .containsEntry("field", "after");
    }
    for (String query : List.of("a\u0000", "a\uD800", "a\u202E", "x".repeat(101))) {
      AccountsApi.Directory request =
          new AccountsApi.Directory(Optional.of(query), Optional.empty(), 10, Optional.empty());
      assertThat(failure(bus.ask(AccountsApi.DIRECTORY, request)).details())
          .containsEntry("field", "query");
    }
  }

  @Test
  void aCrowdIsMadeWithoutHashingAndNobodyCanSignInAsOneOfThem() {
    String prefix = unique("load") + "_";
    long before = hashed();

    List<SignedIn> people = Await.of(crowd.make(prefix, 1_201));

    assertThat(hashed()).isEqualTo(before);
    assertThat(people).hasSize(1_201);
    SignedIn last = people.get(1_200);
    assertThat(last.account().name()).isEqualTo(prefix + 1_200);
    assertThat(Await.of(authenticator.authenticate(last.token())).user())
        .isEqualTo(last.account().id());
    assertThat(Await.of(refresh(last.refreshToken())).session()).isEqualTo(last.session());
    assertThat(failure(login(prefix + 1_200, GOOD)).reason()).isEqualTo(Reason.UNAUTHENTICATED);
    assertThat(failure(crowd.make(prefix, 1)).reason()).isEqualTo(Reason.ALREADY_EXISTS);
  }

  @Test
  void oneIsToldAllOfOnesOwnAccount() {
    SignedIn mia = registered(unique("mia"));

    assertThat(Await.of(bus.ask(AccountsApi.OWN, new AccountsApi.Own(mia.account().id()))))
        .isEqualTo(mia.account());
    UserId nobody = new UserId(UUID.randomUUID());
    assertThat(failure(bus.ask(AccountsApi.OWN, new AccountsApi.Own(nobody))).reason())
        .isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void profilesAreFoundForAtMostFiveHundred() {
    SignedIn mia = registered(unique("mia"));
    List<UserId> many =
        IntStream.range(0, 501).mapToObj(i -> new UserId(UUID.randomUUID())).toList();

    assertThat(
            Await.of(
                    bus.ask(
                        AccountsApi.PROFILES,
                        new AccountsApi.Profiles(List.of(mia.account().id(), many.get(0)))))
                .users())
        .containsExactly(
            new Profile(mia.account().id(), mia.account().name(), mia.account().username()));
    assertThat(failure(bus.ask(AccountsApi.PROFILES, new AccountsApi.Profiles(many))).reason())
        .isEqualTo(Reason.TOO_LARGE);
  }
}
