package io.parley.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.accounts.AccountStore.NewAccount;
import io.parley.accounts.SessionStore.NewSession;
import io.parley.accounts.SessionStore.NewToken;
import io.parley.audit.Act;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.MovableClock;
import io.parley.fixtures.Notes;
import io.parley.fixtures.TestPostgres;
import io.parley.mail.Mail;
import io.parley.mail.Post;
import io.parley.stores.postgres.PostgresAccountStore;
import io.parley.stores.postgres.PostgresIdentityStore;
import io.parley.stores.postgres.PostgresMailStore;
import io.parley.stores.postgres.PostgresOperatorStore;
import io.parley.stores.postgres.PostgresPool;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mails on their way, on a real queue, with a mail server that does as it is told. */
class PostmanTest {
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Vertx vertx = Vertx.vertx();
  private final MovableClock clock = new MovableClock();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Server server = new Server();
  private final Notes notes = new Notes();
  private Pool pool;
  private MailStore queue;
  private IdentityStore identity;
  private Postman postman;
  private Mails mails;

  /** Takes mails, as long as nothing else is planned. */
  private static final class Server implements Post {
    final List<Mail> sent = new CopyOnWriteArrayList<>();
    final Deque<Future<Void>> answers = new ArrayDeque<>();

    @Override
    public Future<Void> send(Mail mail) {
      sent.add(mail);
      Future<Void> planned = answers.poll();
      return planned == null ? Future.succeededFuture() : planned;
    }
  }

  @BeforeEach
  void open() {
    pool = PostgresPool.open(vertx, TestPostgres.database());
    queue = new PostgresMailStore(pool);
    identity = new PostgresIdentityStore(pool);
    postman = postman();
    mails = new Mails(queue, Optional.of(postman), clock, UUID::randomUUID);
  }

  @AfterEach
  void close() {
    Await.of(vertx.close());
  }

  private Postman postman() {
    Letters letters = new Letters("https://chat.example.org");
    return new Postman(queue, server, letters, notes, clock, RANDOM, meters);
  }

  private record Person(UserId id, Identifier email) {}

  private Person person() {
    Identifier email = Identifier.email("ana" + NAMES.incrementAndGet() + "@example.org");
    UserId id = new UserId(UUID.randomUUID());
    NewAccount account = new NewAccount(id, "Ana", List.of(email), clock.instant());
    NewSession session =
        new NewSession(
            new SessionId(UUID.randomUUID()),
            id,
            "phone",
            "",
            clock.instant(),
            clock.instant().plusSeconds(60),
            new NewToken(RefreshToken.fresh(RANDOM).hash(), clock.instant().plusSeconds(60)));
    Await.of(new PostgresAccountStore(pool).register(account, "hash", session));
    return new Person(id, email);
  }

  private void queue(Letter letter, Person person) {
    MailStore.NewMail mail =
        new MailStore.NewMail(
            UUID.randomUUID(), person.id(), letter, person.email(), clock.instant());
    assertThat(Await.of(queue.queue(mail, clock.instant().minus(Mails.PERIOD), 5))).isTrue();
  }

  private void forget(Person person) {
    Await.of(
        queue.queueUnseen(
            UUID.randomUUID(), Letter.RESET, person.email(), clock.instant(), 10_000));
  }

  private void round() {
    Await.of(postman.round());
  }

  private String token(int mail) {
    String text = server.sent.get(mail).text();
    return text.substring(text.indexOf("pmt_"), text.indexOf("pmt_") + 47);
  }

  private boolean proves(String token) {
    IdentityStore.Notice nobody = new IdentityStore.Notice(Optional.empty(), clock.instant(), 5);
    return Await.of(
            identity.prove(
                MailToken.parse(token).orElseThrow().hash(),
                clock.instant(),
                nobody,
                notes.own(Act.EMAIL_VERIFIED, UUID.randomUUID())))
        .isPresent();
  }

  private double count(String outcome) {
    return meters.counter("parley.mail.mails", "outcome", outcome).count();
  }

  private static Future<Void> refused(Reason reason) {
    return Future.failedFuture(Failure.of(reason, "no"));
  }

  @Test
  void aMailIsSentOnceHoweverManyLook() {
    queue(Letter.VERIFY, person());
    List<Future<Void>> rounds = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      rounds.add(postman().round());
    }
    rounds.forEach(Await::of);
    round();

    assertThat(server.sent).hasSize(1);
    assertThat(count("sent")).isEqualTo(1);
  }

  @Test
  void whatAServerDoesNotTakeNowIsTriedLaterAndEveryTokenOfAMailIsGoodOnceForAll() {
    queue(Letter.VERIFY, person());
    server.answers.add(refused(Reason.UNAVAILABLE));
    round();
    round();
    assertThat(server.sent).as("not at once").hasSize(1);
    clock.move(Duration.ofSeconds(10));
    round();

    assertThat(server.sent).hasSize(2);
    assertThat(server.sent.get(1).id()).isEqualTo(server.sent.get(0).id());
    assertThat(token(1)).isNotEqualTo(token(0));
    assertThat(proves(token(0))).as("the first may have arrived").isTrue();
    assertThat(proves(token(1))).isFalse();
  }

  @Test
  void aNodeThatIsLostWhileSendingLeavesItsMailToOthers() {
    queue(Letter.VERIFY, person());
    server.answers.add(Promise.<Void>promise().future());
    Future<Void> never = postman.round();
    await().until(() -> server.sent.size() == 1);
    Await.of(postman().round());
    assertThat(server.sent).hasSize(1);
    clock.move(Duration.ofMinutes(5));
    Await.of(postman().round());

    assertThat(server.sent).hasSize(2);
    assertThat(never.isComplete()).isFalse();
  }

  @Test
  void whatWillNeverBeTakenIsGivenUp() {
    queue(Letter.VERIFY, person());
    server.answers.add(refused(Reason.INVALID));
    round();
    clock.move(Duration.ofHours(1));
    round();

    assertThat(server.sent).hasSize(1);
    assertThat(count("refused")).isEqualTo(1);
  }

  @Test
  void aMailThatIsTooLateIsNotSent() {
    forget(person());
    queue(Letter.VERIFY, person());
    clock.move(Duration.ofMinutes(61));
    round();

    assertThat(server.sent).hasSize(1);
    assertThat(server.sent.get(0).subject()).startsWith("Confirm");
    assertThat(count("late")).isEqualTo(1);
  }

  @Test
  void anOlderMailThatIsTriedAgainDoesNotReplaceANewerOne() {
    Person ana = person();
    forget(ana);
    server.answers.add(refused(Reason.UNAVAILABLE));
    round();
    clock.move(Duration.ofSeconds(1));
    forget(ana);
    round();
    clock.move(Duration.ofMinutes(1));
    round();

    assertThat(server.sent).hasSize(2);
    assertThat(alive(token(0))).isFalse();
    assertThat(alive(token(1))).isTrue();
  }

  private boolean alive(String token) {
    return Await.of(identity.token(MailToken.parse(token).orElseThrow().hash()))
        .orElseThrow()
        .alive();
  }

  @Test
  void whoAsksForManyNewPasswordsGetsFiveAnHour() {
    Person ana = person();
    for (int i = 0; i < 8; i++) {
      forget(ana);
      clock.move(Duration.ofSeconds(1));
      round();
    }
    assertThat(server.sent).hasSize(5);
    assertThat(count("unwanted")).isEqualTo(3);
    assertThat(alive(token(4))).as("the last one stays good").isTrue();

    clock.move(Duration.ofHours(1));
    forget(ana);
    round();
    assertThat(server.sent).hasSize(6);
  }

  @Test
  void askingLeavesTheSameBehindWhoeverHasTheAddress() {
    Person ana = person();
    Identifier nobody = Identifier.email("nobody" + NAMES.incrementAndGet() + "@example.org");
    forget(ana);
    forget(new Person(new UserId(UUID.randomUUID()), nobody));

    assertThat(rows("select count(*) as n from mails where account is null and attempts = 0"))
        .isEqualTo(2);
    round();
    assertThat(server.sent).extracting(Mail::to).containsExactly(ana.email().value());
    assertThat(rows("select count(*) as n from mails where sent_at is null")).isZero();
  }

  @Test
  void noMoreWaitThanMay() {
    Person ana = person();
    List<Boolean> queued =
        IntStream.range(0, 5)
            .mapToObj(
                i ->
                    Await.of(
                        queue.queueUnseen(
                            UUID.randomUUID(), Letter.RESET, ana.email(), clock.instant(), 3)))
            .toList();

    assertThat(queued).containsExactly(true, true, true, false, false);
  }

  @Test
  void oldMailsAndTokensAreForgotten() {
    queue(Letter.VERIFY, person());
    round();
    Await.of(mails.forget());
    assertThat(rows("select count(*) as n from mails")).isEqualTo(1);
    clock.move(Duration.ofDays(9));
    Await.of(mails.forget());

    assertThat(rows("select count(*) as n from mails")).isZero();
    assertThat(rows("select count(*) as n from mail_tokens")).isZero();
  }

  @Test
  void onlyTheHashOfATokenIsStored() {
    queue(Letter.VERIFY, person());
    round();

    assertThat(rows("select count(*) as n from mail_tokens where length(hash) = 32")).isEqualTo(1);
    assertThat(text("select mails::text as t from mails")).doesNotContain("pmt_");
    assertThat(text("select mail_tokens::text as t from mail_tokens"))
        .doesNotContain("pmt_", token(0).substring(4));
  }

  private long rows(String sql) {
    return Await.of(pool.query(sql).execute()).iterator().next().getLong("n");
  }

  private String text(String sql) {
    return Await.of(pool.query(sql).execute()).iterator().next().getString("t");
  }

  @Test
  void aLinkThatWasAskedForIsNotedOnceHoweverOftenItIsTried() {
    Person ana = person();
    forget(ana);
    server.answers.add(refused(Reason.UNAVAILABLE));
    round();
    assertThat(notes.of(ana.id().value())).as("not sent yet").isEmpty();
    clock.move(Duration.ofSeconds(10));
    round();

    assertThat(notes.of(ana.id().value()))
        .extracting(entry -> entry.act().word())
        .containsExactly("password.resetAsked");
  }

  @Test
  void aLinkThatIsHandedOutLeavesAConfirmationAlive() {
    Person ana = person();
    queue(Letter.VERIFY, ana);
    forget(ana);
    round();
    assertThat(server.sent).hasSize(2);
    int verify = server.sent.get(0).subject().startsWith("Confirm") ? 0 : 1;
    assertThat(
            Await.of(
                new PostgresOperatorStore(pool)
                    .issueReset(
                        ana.id(),
                        MailToken.fresh(RANDOM).hash(),
                        UUID.randomUUID(),
                        clock.instant().plusSeconds(60),
                        clock.instant(),
                        notes.own(Act.RESET_ASKED, ana.id().value()))))
        .isTrue();

    assertThat(alive(token(verify))).isTrue();
    assertThat(alive(token(1 - verify))).as("the link before").isFalse();
  }
}
