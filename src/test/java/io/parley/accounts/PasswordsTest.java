package io.parley.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.config.AuthConfig;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
  private static final Password GOOD = new Password("correct horse battery");

  private final Vertx vertx = Vertx.vertx();
  private final MeterRegistry meters = new SimpleMeterRegistry();

  @AfterEach
  void close() {
    Await.of(vertx.close());
  }

  private Passwords passwords(AuthConfig config) {
    return new Passwords(vertx, config, new SecureRandom(), meters);
  }

  private long hashed() {
    return meters.timer("parley.auth.hashing").count();
  }

  @Test
  void aPasswordMatchesItsHashAndNoOther() {
    Passwords passwords = passwords(AuthConfigs.cheap());
    String hash = Await.of(passwords.hash(GOOD));

    assertThat(hash).startsWith("$argon2id$v=19$m=64,t=1,p=1$");
    assertThat(hash).isNotEqualTo(Await.of(passwords.hash(GOOD)));
    assertThat(verdict(passwords, GOOD, hash)).isEqualTo(verdict(true));
    assertThat(verdict(passwords, new Password("correct horse batterx"), hash))
        .isEqualTo(verdict(false));
    assertThat(verdict(passwords, GOOD, "not a hash at all")).isEqualTo(verdict(false));
  }

  @Test
  void theReferenceHashOfArgon2idMatches() {
    // Made with the reference implementation: echo -n password | argon2 somesalt -id -t 2 -m 16 -p
    // 1
    String hash =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    assertThat(verdict(passwords(AuthConfigs.cheap()), new Password("password"), hash).matches())
        .isTrue();
  }

  @Test
  void whatAHashLeavesInMemoryIsInNoOthersWay() {
    Passwords passwords = passwords(AuthConfigs.cheap());
    List<String> hashes =
        Stream.generate(() -> passwords.hash(GOOD)).limit(20).map(Await::of).toList();

    assertThat(hashes)
        .allSatisfy(
            hash ->
                assertThat(verdict(passwords(AuthConfigs.cheap()), GOOD, hash).matches()).isTrue());
  }

  @Test
  void theSamePasswordFromAnotherKeyboardMatches() {
    Passwords passwords = passwords(AuthConfigs.cheap());
    String hash = Await.of(passwords.hash(new Password("contraseña segura")));

    Password decomposed = new Password("contrasen\u0303a\u00A0segura");
    assertThat(verdict(passwords, decomposed, hash).matches()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "U*U, $2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
    "U*U*U, $2b$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a",
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        + "chars after 72 are ignored, "
        + "$2y$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui"
  })
  void aBCryptHashMatchesAndIsReplaced(String password, String hash) {
    Passwords passwords = passwords(AuthConfigs.cheap());
    Password clear = new Password(password);

    Passwords.Verdict verdict = verdict(passwords, clear, hash);

    assertThat(verdict.matches()).isTrue();
    assertThat(verdict.better()).get().asString().startsWith("$argon2id$");
    assertThat(verdict(passwords, clear, verdict.better().orElseThrow())).isEqualTo(verdict(true));
    assertThat(verdict(passwords, new Password("x" + password), hash)).isEqualTo(verdict(false));
  }

  @Test
  void aHashMadeAtLessCostIsReplacedAndOneAtMoreIsNot() {
    String weak = Await.of(passwords(AuthConfigs.cheap()).hash(GOOD));
    Passwords stronger =
        new Passwords(
            vertx,
            AuthConfigs.hashing(1, 1, 128, 2),
            new SecureRandom(),
            new SimpleMeterRegistry());

    String better = verdict(stronger, GOOD, weak).better().orElseThrow();

    assertThat(better).startsWith("$argon2id$v=19$m=128,t=2,p=1$");
    assertThat(verdict(stronger, GOOD, better)).isEqualTo(verdict(true));
    assertThat(verdict(passwords(AuthConfigs.cheap()), GOOD, better)).isEqualTo(verdict(true));
    assertThat(verdict(stronger, new Password("wrong password"), weak)).isEqualTo(verdict(false));
  }

  @Test
  void nobodyCostsAsMuchAsSomebody() {
    Passwords passwords = passwords(AuthConfigs.cheap());
    String hash = Await.of(passwords.hash(GOOD));
    long before = hashed();

    verdict(passwords, new Password("wrong password"), hash);
    long forSomebody = hashed() - before;
    assertThat(Await.of(passwords.verify(GOOD, Optional.empty()))).isEqualTo(verdict(false));
    long forNobody = hashed() - before - forSomebody;

    assertThat(forSomebody).isEqualTo(1).isEqualTo(forNobody);
  }

  @Test
  void tooManyAtOnceAreTurnedAwayAndTheRestAreServed() {
    Passwords passwords = passwords(AuthConfigs.hashing(1, 3, 1024, 1));
    List<Future<String>> hashes = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      hashes.add(passwords.hash(GOOD));
    }

    List<Failure> refused =
        hashes.stream().skip(4).filter(Future::failed).map(f -> Failure.from(f.cause())).toList();
    assertThat(refused).hasSizeGreaterThan(30);
    assertThat(refused).allMatch(failure -> failure.reason() == Reason.OVERLOADED);
    assertThat(refused.get(0).details()).containsKey("retryAfterMs");
    hashes.stream().limit(4).forEach(hash -> assertThat(Await.of(hash)).startsWith("$argon2id$"));
    assertThat(Await.of(passwords.hash(GOOD))).startsWith("$argon2id$");
  }

  @Test
  void whatWaitedLongerThanItsCallerIsNotHashed() {
    AtomicLong now = new AtomicLong();
    CountDownLatch busy = new CountDownLatch(1);
    WorkerExecutor workers = vertx.createSharedWorkerExecutor("parley-hashing", 1);
    Passwords passwords =
        new Passwords(vertx, AuthConfigs.cheap(), new SecureRandom(), meters, now::get, rest -> {});
    Future<Boolean> held = workers.executeBlocking(() -> busy.await(1, TimeUnit.MINUTES), false);
    Future<String> late = passwords.hash(GOOD);
    now.addAndGet(TimeUnit.SECONDS.toNanos(4));
    Future<String> timely = passwords.hash(GOOD);
    busy.countDown();

    assertThat(Await.of(held)).isTrue();
    assertThat(Await.failure(late).reason()).isEqualTo(Reason.OVERLOADED);
    assertThat(Await.of(timely)).isNotEmpty();
    assertThat(hashed()).isEqualTo(1);
  }

  @Test
  void aThreadRestsAfterAWrongGuessAsLongAsThatTookAndAfterNothingElse() {
    Iterator<Long> times =
        List.of(
                0L, 0L, // a hash begins to wait, and is computed
                0L, 0L, 0L, 40L, // a wrong guess waits, and is compared for 40
                50L, 50L, 80L, 80L, // a right one comes at 50, rests for 30, and is compared
                130L, 130L, 130L) // another right one has nothing to rest for
            .iterator();
    List<Long> rests = new CopyOnWriteArrayList<>();
    Passwords passwords =
        new Passwords(
            vertx,
            AuthConfigs.hashing(1, 3, 1024, 1),
            new SecureRandom(),
            meters,
            times::next,
            rests::add);
    String hash = Await.of(passwords.hash(GOOD));

    assertThat(verdict(passwords, new Password("wrong password"), hash)).isEqualTo(verdict(false));
    assertThat(verdict(passwords, GOOD, hash)).isEqualTo(verdict(true));
    assertThat(verdict(passwords, GOOD, hash)).isEqualTo(verdict(true));
    assertThat(rests).containsExactly(30L);
    assertThat(times).isExhausted();
  }

  @Test
  void aThreadThatWasHeldUpRestsAQuarterOfASecondAndNoLonger() {
    long minute = TimeUnit.MINUTES.toNanos(1);
    Iterator<Long> times = List.of(0L, 0L, 0L, minute, minute, minute, minute, minute).iterator();
    List<Long> rests = new CopyOnWriteArrayList<>();
    Passwords passwords =
        new Passwords(
            vertx,
            AuthConfigs.hashing(1, 3, 1024, 1),
            new SecureRandom(),
            meters,
            times::next,
            rests::add);

    assertThat(Await.of(passwords.verify(GOOD, Optional.empty()))).isEqualTo(verdict(false));
    assertThat(Await.of(passwords.hash(GOOD))).isNotEmpty();
    assertThat(rests).containsExactly(TimeUnit.MILLISECONDS.toNanos(250));
  }

  @Test
  void theOutcomeComesBackToTheContextThatAsked() {
    Passwords passwords = passwords(AuthConfigs.cheap());
    Context context = vertx.getOrCreateContext();
    Promise<Boolean> same = Promise.promise();
    context.runOnContext(
        start ->
            passwords
                .hash(GOOD)
                .map(hash -> Vertx.currentContext() == context && Context.isOnEventLoopThread())
                .onComplete(same));

    assertThat(Await.of(same.future())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"jx1w 7q4", "пароль12", "la la la la", "😀😃😄😀😃😄😀😃", "Correct-Horse-7"})
  void eightCharactersAreEnough(String password) {
    requireGood(password);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1234567", "😀😀😀😀😀😀😀", "12345678\u0000", "12345678\uD800"})
  void fewerCharactersOrNoCharactersAreRefused(String password) {
    assertThat(refusal(() -> requireGood(password)).reason()).isEqualTo(Reason.INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12345678",
        "password",
        "PASSWORD",
        "Ｐａｓｓｗｏｒｄ",
        "Passw0rd",
        "p@ssw0rd",
        "password1!",
        "Password2026",
        "qwertyuiop",
        "love1234",
        "        ",
        "aaaaaaaaaaaa",
        "abcdefghij",
        "98765432",
        "😀😀😀😀😀😀😀😀"
      })
  void whatAnybodyWouldTryIsRefused(String password) {
    Failure failure = refusal(() -> requireGood(password));

    assertThat(failure.reason()).isEqualTo(Reason.INVALID);
    assertThat(failure.text()).contains("among the first that anybody would try");
  }

  @ParameterizedTest
  @CsvSource({
    "ana.lovelace, false",
    "ana.lovelace@example.org, false",
    "Ana.Lovelace1815, false",
    "x-ana.lovelace-x, false",
    "4930-4930123, true",
    "+49301234567!, false",
    "ana.lovelace is my name, true",
    "annotated engine, true"
  })
  void whatOneIsKnownByCountsForNothing(String password, boolean good) {
    List<Identifier> owns =
        List.of(
            Identifier.username("Ana"),
            Identifier.email("Ana.Lovelace@example.org"),
            Identifier.phoneNumber("+49 30 1234567"));
    Runnable check = () -> Passwords.requireGood(new Password(password), owns);

    if (good) {
      check.run();
    } else {
      assertThat(refusal(check).text()).contains("besides what you are known by");
    }
  }

  @Test
  void aNameOfTwoLettersForbidsNothing() {
    Passwords.requireGood(new Password("a bag ab"), List.of(Identifier.username("ab")));
  }

  @Test
  void aLongPasswordIsRefusedByItsBytes() {
    requireGood("éa".repeat(341));
    Failure failure = refusal(() -> requireGood("éa".repeat(342)));

    assertThat(failure.reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(failure.details()).containsEntry("limit", "1024");
    assertThat(refusal(() -> Passwords.requireHashable(new Password("x".repeat(1 << 20)))).reason())
        .isEqualTo(Reason.TOO_LARGE);
  }

  private static void requireGood(String password) {
    Passwords.requireGood(new Password(password), List.of());
  }

  private static Passwords.Verdict verdict(Passwords passwords, Password password, String hash) {
    return Await.of(passwords.verify(password, Optional.of(hash)));
  }

  private static Passwords.Verdict verdict(boolean matches) {
    return new Passwords.Verdict(matches, Optional.empty());
  }

  private static Failure refusal(Runnable check) {
    return catchThrowableOfType(Failure.class, check::run);
  }
}
