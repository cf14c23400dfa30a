package io.parley.accounts;

import static io.parley.fixtures.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.accounts.AccountsApi.Account;
import io.parley.accounts.AccountsApi.Login;
import io.parley.accounts.AccountsApi.Register;
import io.parley.accounts.AccountsApi.SessionEnded;
import io.parley.accounts.AccountsApi.SignedIn;
import io.parley.accounts.IdentityApi.AskReset;
import io.parley.accounts.IdentityApi.ChangeIdentifier;
import io.parley.accounts.IdentityApi.ChangePassword;
import io.parley.accounts.IdentityApi.Changed;
import io.parley.accounts.IdentityApi.Resend;
import io.parley.accounts.IdentityApi.Reset;
import io.parley.accounts.IdentityApi.VerifyEmail;
import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.NoLimits;
import io.parley.fixtures.TestMail;
import io.parley.fixtures.TestMail.Received;
import io.parley.limits.LimitsApi;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Identity as the edges know it: over the bus, on a real store, with a real mail server. */
class IdentityTest {
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final Password OLD = new Password("correct horse battery");
  private static final Password NEW = new Password("a staple, rather");

  private static final Optional<String> HERE = Optional.of("192.0.2.9");

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
    Await.of(NoLimits.answer(bus));
    mail = TestMail.start();
    parts = IdentityParts.deploy(vertx, bus, Optional.of(mail.config()), new SimpleMeterRegistry());
  }

  @AfterAll
  static void close() {
    Await.of(vertx.close());
    mail.close();
  }

  private static String address(String word) {
    return word + NAMES.incrementAndGet() + "@example.org";
  }

  private static SignedIn registered(String email) {
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
                Optional.empty())));
  }

  private static Future<SignedIn> login(String identifier, Password password) {
    return bus.ask(AccountsApi.LOGIN, new Login(identifier, password, "test", Optional.empty()));
  }

  private static Account own(SignedIn who) {
    return Await.of(bus.ask(AccountsApi.OWN, new AccountsApi.Own(who.account().id())));
  }

  private static Future<?> verify(String token) {
    return bus.ask(IdentityApi.VERIFY_EMAIL, new VerifyEmail(token));
  }

  private static Future<?> askReset(String email) {
    return bus.ask(IdentityApi.ASK_RESET, new AskReset(email));
  }

  private static Future<?> reset(String token, Password password) {
    return bus.ask(IdentityApi.RESET, new Reset(token, password, HERE));
  }

  private static Future<?> changePassword(SignedIn who, Password current, Password next) {
    return bus.ask(
        IdentityApi.CHANGE_PASSWORD,
        new ChangePassword(who.account().id(), who.session(), current, next, HERE));
  }

  private static Future<Changed> identify(SignedIn who, Identifier.Kind kind, String value) {
    return bus.ask(
        IdentityApi.CHANGE_IDENTIFIER,
        new ChangeIdentifier(who.account().id(), kind, Optional.ofNullable(value), OLD, HERE));
  }

  private static boolean lives(SignedIn who) {
    AccountsApi.Check check = new AccountsApi.Check(who.account().id(), who.session());
    return Await.of(bus.ask(AccountsApi.CHECK, check).map(true).otherwise(false));
  }

  private static void gone(Future<?> asked) {
    assertThat(failure(asked).reason()).isEqualTo(Reason.GONE);
  }

  @Test
  void whoRegistersProvesTheAddressByTheLinkOnce() {
    String email = address("ana");
    SignedIn ana = registered(email);
    assertThat(ana.account().emailVerifiedAt()).isEmpty();

    Received letter = mail.await(email, 1);
    assertThat(letter.from()).isEqualTo("Parley <chat@example.org>");
    assertThat(letter.subject()).isEqualTo("Confirm your e-mail address for chat.example.org");
    assertThat(letter.page()).isEqualTo("https://chat.example.org/verify-email");
    assertThat(own(ana).emailVerifiedAt()).isEmpty();
    Await.of(verify(letter.token()));

    assertThat(own(ana).emailVerifiedAt()).isPresent();
    assertThat(Await.of(login(email, OLD)).account()).isEqualTo(own(ana));
    gone(verify(letter.token()));
  }

  @Test
  void whatIsNoSuchTokenIsInvalidWhateverItIs() {
    String email = address("ana");
    registered(email);
    String verifying = mail.await(email, 1).token();
    String altered = verifying.substring(0, verifying.length() - 2) + "AA";

    for (String token : List.of("", "x", "pmt_", altered, verifying + "x", "\u0000")) {
      Failure refusal = failure(verify(token));
      assertThat(refusal.reason()).isEqualTo(Reason.INVALID);
      assertThat(refusal.details()).containsEntry("field", "token");
    }
    assertThat(failure(reset(verifying, NEW)).reason()).isEqualTo(Reason.INVALID);
    Await.of(verify(verifying));
  }

  @Test
  void aNewerLinkMakesTheOlderOneUseless() {
    String email = address("ana");
    SignedIn ana = registered(email);
    String older = mail.await(email, 1).token();
    Await.of(bus.ask(IdentityApi.RESEND, new Resend(ana.account().id())));
    String newer = mail.await(email, 2).token();

    gone(verify(older));
    Await.of(verify(newer));
    assertThat(failure(bus.ask(IdentityApi.RESEND, new Resend(ana.account().id()))).reason())
        .isEqualTo(Reason.CONFLICT);
  }

  @Test
  void nobodyIsWrittenToMoreThanFiveTimesAnHour() {
    String email = address("ana");
    SignedIn ana = registered(email);
    mail.await(email, 1);
    for (int i = 2; i <= 5; i++) {
      Await.of(bus.ask(IdentityApi.RESEND, new Resend(ana.account().id())));
      mail.await(email, i);
    }

    Failure refusal = failure(bus.ask(IdentityApi.RESEND, new Resend(ana.account().id())));
    assertThat(refusal.reason()).isEqualTo(Reason.RATE_LIMITED);
    assertThat(refusal.details()).containsKey("retryAfterMs");
    // Nor may others have that address written to.
    SignedIn bob = registered(address("bob"));
    assertThat(failure(identify(bob, Identifier.Kind.EMAIL, email)).reason())
        .isEqualTo(Reason.RATE_LIMITED);
    assertThat(mail.to(email)).hasSize(5);
  }

  @Test
  void aForgottenPasswordIsReplacedByMailAndEndsEverySession() {
    String email = address("ana");
    List<SessionEnded> heard = new CopyOnWriteArrayList<>();
    Await.of(bus.hear(AccountsApi.SESSION_ENDED, heard::add));
    SignedIn ana = registered(email);
    SignedIn elsewhere = Await.of(login(email, OLD));
    mail.await(email, 1);

    Await.of(askReset(email.toUpperCase(java.util.Locale.ROOT)));
    Received letter = mail.await(email, 2);
    assertThat(letter.page()).isEqualTo("https://chat.example.org/reset-password");
    assertThat(lives(ana)).isTrue();
    Await.of(reset(letter.token(), NEW));

    assertThat(List.of(lives(ana), lives(elsewhere))).containsOnly(false);
    await()
        .untilAsserted(
            () ->
                assertThat(heard)
                    .contains(
                        new SessionEnded(ana.account().id(), ana.session()),
                        new SessionEnded(ana.account().id(), elsewhere.session())));
    assertThat(failure(login(email, OLD)).reason()).isEqualTo(Reason.UNAUTHENTICATED);
    assertThat(lives(Await.of(login(email, NEW)))).isTrue();
    assertThat(own(ana).emailVerifiedAt()).as("whoever reads the mail has the address").isPresent();
    gone(reset(letter.token(), OLD));
    assertThat(mail.await(email, 3).subject()).contains("was changed");
  }

  @Test
  void theNewPasswordHasToBeGoodAndABadOneDoesNotUseUpTheToken() {
    String email = address("valentina");
    registered(email);
    Await.of(askReset(email));
    String token = mail.link(email, "/reset-password").token();
    long before = parts.hashed();

    for (String bad : List.of("short", "password1", email, "x".repeat(2_000))) {
      Failure refusal = failure(reset(token, new Password(bad)));
      assertThat(refusal.details()).as(bad).containsEntry("field", "password");
    }
    assertThat(failure(reset("pmt_" + "A".repeat(43), NEW)).reason()).isEqualTo(Reason.INVALID);
    assertThat(parts.hashed()).as("hashed for nothing").isEqualTo(before);
    Await.of(reset(token, NEW));
  }

  @Test
  void ofManyWhoUseOneTokenExactlyOneSucceeds() {
    String email = address("ana");
    registered(email);
    Await.of(askReset(email));
    String token = mail.link(email, "/reset-password").token();

    List<Future<Boolean>> tries =
        IntStream.range(0, 8)
            .mapToObj(i -> reset(token, new Password("a new password " + i)))
            .map(asked -> asked.map(true).otherwise(false))
            .toList();

    assertThat(tries.stream().filter(Await::of)).hasSize(1);
  }

  @Test
  void tokensExpire() {
    String email = address("ana");
    registered(email);
    String verifying = mail.await(email, 1).token();
    Await.of(askReset(email));
    String resetting = mail.link(email, "/reset-password").token();
    try {
      parts.clock().forward(Duration.ofMinutes(30));
      gone(reset(resetting, NEW));
      parts.clock().forward(Duration.ofHours(24));
      gone(verify(verifying));
    } finally {
      parts.clock().reset();
    }
    Await.of(verify(verifying));
  }

  @Test
  void askingForAnAddressOfNobodyIsAnsweredAlikeAndNothingIsSent() {
    String nobody = address("nobody");
    String somebody = address("ana");
    registered(somebody);

    assertThat(Await.of(askReset(nobody))).isEqualTo(Await.of(askReset(somebody)));

    mail.await(somebody, 2);
    await().until(() -> parts.waiting() == 0);
    assertThat(mail.to(nobody)).isEmpty();
  }

  @Test
  void aMailGoesToTheAddressAsItsOwnerWroteItWhateverIsTyped() {
    String email = "Mike" + address("");
    registered(email);
    mail.await(email, 1);

    // Folds to the same, but is the address of somebody else.
    Await.of(askReset(email.replace("Mike", "m\u0131ke")));

    assertThat(mail.await(email, 2).subject()).startsWith("Choose a new password");
  }

  @Test
  void changingThePasswordEndsEveryOtherSession() {
    String email = address("ana");
    SignedIn here = registered(email);
    SignedIn there = Await.of(login(email, OLD));
    Await.of(askReset(email));
    String mailedBefore = mail.link(email, "/reset-password").token();

    Failure wrong = failure(changePassword(here, NEW, NEW));
    assertThat(wrong.reason()).isEqualTo(Reason.INVALID);
    assertThat(wrong.details()).containsEntry("field", "current");
    assertThat(lives(there)).isTrue();
    Await.of(changePassword(here, OLD, NEW));

    assertThat(lives(here)).isTrue();
    assertThat(lives(there)).isFalse();
    assertThat(failure(login(email, OLD)).reason()).isEqualTo(Reason.UNAUTHENTICATED);
    gone(reset(mailedBefore, OLD));
    assertThat(mail.await(email, 3).subject()).startsWith("Your password");
  }

  @Test
  void anotherAddressCountsWhenItIsProvedAndTheOldOneIsTold() {
    String old = address("ana");
    String next = address("ana");
    SignedIn ana = registered(old);
    Await.of(verify(mail.await(old, 1).token()));

    assertThat(Await.of(identify(ana, Identifier.Kind.EMAIL, next)).pending()).contains(next);
    assertThat(own(ana).email()).contains(old);
    Await.of(verify(mail.await(next, 1).token()));

    assertThat(own(ana).email()).contains(next);
    assertThat(own(ana).emailVerifiedAt()).isPresent();
    assertThat(mail.await(old, 2).subject()).startsWith("How you sign in");
    assertThat(failure(login(old, OLD)).reason()).isEqualTo(Reason.UNAUTHENTICATED);
    Await.of(login(next, OLD));
  }

  @Test
  void anAddressThatBecameSomebodyElsesMeanwhileStaysTheirs() {
    String wanted = address("both");
    SignedIn bob = registered(address("bob"));
    Await.of(identify(bob, Identifier.Kind.EMAIL, wanted));
    String token = mail.await(wanted, 1).token();
    SignedIn ana = registered(wanted);

    assertThat(failure(verify(token)).reason()).isEqualTo(Reason.ALREADY_EXISTS);
    assertThat(own(ana).email()).contains(wanted);
    assertThat(own(ana).emailVerifiedAt()).isEmpty();
  }

  @Test
  void aChangedPasswordTakesBackAnAddressThatWasNotYetProved() {
    String email = address("ana");
    String thiefs = address("thief");
    SignedIn ana = registered(email);
    Await.of(identify(ana, Identifier.Kind.EMAIL, thiefs));
    String token = mail.await(thiefs, 1).token();

    Await.of(changePassword(ana, OLD, NEW));

    gone(verify(token));
    assertThat(own(ana).email()).contains(email);
  }

  @Test
  void usernameAndPhoneNumberChangeAtOnceAndTheLastIdentifierStays() {
    String email = address("ana");
    SignedIn ana = registered(email);
    mail.await(email, 1);
    String name = "ana-" + NAMES.incrementAndGet();

    assertThat(Await.of(identify(ana, Identifier.Kind.USERNAME, name)).account().username())
        .contains(name);
    Await.of(login(name, OLD));
    SignedIn bob = registered(address("bob"));
    Failure taken = failure(identify(bob, Identifier.Kind.USERNAME, name.replace('a', 'A')));
    assertThat(taken.reason()).isEqualTo(Reason.ALREADY_EXISTS);
    assertThat(taken.details()).containsEntry("field", "username");

    assertThat(Await.of(identify(ana, Identifier.Kind.EMAIL, null)).account().email()).isEmpty();
    assertThat(failure(identify(ana, Identifier.Kind.USERNAME, null)).reason())
        .isEqualTo(Reason.CONFLICT);
    assertThat(mail.await(email, 2).subject()).startsWith("How you sign in");
  }

  @Test
  void aLinkDoesNotBringBackAnAccountThatIsBeingDeleted() {
    String email = address("ana");
    SignedIn ana = registered(email);
    String verifying = mail.await(email, 1).token();
    Await.of(askReset(email));
    String resetting = mail.link(email, "/reset-password").token();

    Await.of(
        parts
            .pool()
            .preparedQuery("update accounts set deleting_at = now() where id = $1")
            .execute(io.vertx.sqlclient.Tuple.of(ana.account().id().value())));

    gone(verify(verifying));
    gone(reset(resetting, NEW));
    assertThat(failure(changePassword(ana, OLD, NEW)).reason()).isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void nothingChangesWithoutThePassword() {
    SignedIn ana = registered(address("ana"));
    ChangeIdentifier thief =
        new ChangeIdentifier(
            ana.account().id(), Identifier.Kind.USERNAME, Optional.of("thief"), NEW, HERE);

    Failure refusal = failure(bus.ask(IdentityApi.CHANGE_IDENTIFIER, thief));

    assertThat(refusal.reason()).isEqualTo(Reason.INVALID);
    assertThat(refusal.details()).containsEntry("field", "password");
    assertThat(own(ana).username()).isEmpty();
  }

  @Test
  void noSecretAndNoAddressIsPartOfAnyTextForm() {
    List<Record> told = new ArrayList<>();
    told.add(new VerifyEmail("pmt_secret"));
    told.add(new AskReset("ana@example.org"));
    told.add(new Reset("pmt_secret", OLD, HERE));
    told.add(new ChangePassword(new UserId(parts.id()), new SessionId(parts.id()), OLD, NEW, HERE));
    told.add(
        new ChangeIdentifier(
            new UserId(parts.id()),
            Identifier.Kind.EMAIL,
            Optional.of("ana@example.org"),
            OLD,
            HERE));
    told.add(new MailToken("pmt_secret"));

    for (Record record : told) {
      assertThat(record.toString())
          .doesNotContain("pmt_secret", "ana@example.org", OLD.clear(), NEW.clear());
    }
  }
}
