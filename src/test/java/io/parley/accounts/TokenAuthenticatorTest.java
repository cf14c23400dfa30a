package io.parley.accounts;

import static io.parley.fixtures.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.accounts.AccountsApi.Checked;
import io.parley.accounts.AccountsApi.SessionEnded;
import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenAuthenticatorTest {
  private static final UserId ANA = new UserId(UUID.randomUUID());
  private static final SessionId SESSION = new SessionId(UUID.randomUUID());

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.over(vertx, List.of(AccountsApi.CONTRACT));
  private final AccessTokens tokens =
      new AccessTokens(vertx, AuthConfigs.cheap(), Clock.systemUTC());
  private final AtomicLong nanos = new AtomicLong();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final TokenAuthenticator authenticator =
      new TokenAuthenticator(vertx, bus, tokens, nanos::get, meters);
  private final Instant expiry =
      tokens.expiry(Instant.now(), Instant.now().plus(Duration.ofDays(1)));
  private final String token = tokens.issue(ANA, SESSION, Instant.now(), expiry);

  /** What accounts were asked, each still waiting for its answer. */
  private final List<Promise<Checked>> asked = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    Await.of(vertx.close());
  }

  private void accountsListen() {
    Await.of(
        bus.answer(
            AccountsApi.CHECK,
            check -> {
              Promise<Checked> answer = Promise.promise();
              asked.add(answer);
              return answer.future();
            }));
  }

  private Promise<Checked> question(int number) {
    await().until(() -> asked.size() >= number);
    return asked.get(number - 1);
  }

  private Identity admitted() {
    int before = asked.size();
    Future<Identity> identity = authenticator.authenticate(token);
    question(before + 1).complete(new Checked("Ana", Optional.of(Role.MODERATOR)));
    return Await.of(identity);
  }

  private double failures(String reason) {
    return meters.counter("parley.auth.failures", "reason", reason).count();
  }

  @Test
  void aLivingSessionIsAskedForOnceInFiveSeconds() {
    accountsListen();
    assertThat(admitted()).isEqualTo(new Identity(ANA, "Ana", SESSION, expiry, Role.MODERATOR));

    nanos.addAndGet(Duration.ofMillis(4_999).toNanos());
    assertThat(Await.of(authenticator.authenticate(token)).name()).isEqualTo("Ana");
    assertThat(asked).hasSize(1);

    nanos.addAndGet(Duration.ofMillis(1).toNanos());
    admitted();
    assertThat(asked).hasSize(2);
  }

  @Test
  void thoseWhoAskAtOnceShareOneQuestion() {
    accountsListen();
    List<Future<Identity>> answers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      answers.add(authenticator.authenticate(token));
    }
    question(1).complete(new Checked("Ana", Optional.of(Role.MODERATOR)));

    answers.forEach(answer -> assertThat(Await.of(answer).user()).isEqualTo(ANA));
    assertThat(asked).hasSize(1);
  }

  @Test
  void eachIsAnsweredOnTheContextThatAsked() {
    accountsListen();
    List<Future<Boolean>> answers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Context context = vertx.getOrCreateContext();
      Promise<Boolean> same = Promise.promise();
      context.runOnContext(
          start ->
              authenticator
                  .authenticate(token)
                  .map(identity -> Vertx.currentContext() == context)
                  .onComplete(same));
      answers.add(same.future());
    }
    question(1).complete(new Checked("Ana", Optional.of(Role.MODERATOR)));

    answers.forEach(answer -> assertThat(Await.of(answer)).isTrue());
  }

  @Test
  void anEndIsBelievedAtOnce() {
    accountsListen();
    admitted();

    bus.announce(AccountsApi.SESSION_ENDED, new SessionEnded(ANA, SESSION));

    await().until(() -> authenticator.authenticate(token).failed());
    assertThat(failure(authenticator.authenticate(token)).reason())
        .isEqualTo(Reason.SESSION_REVOKED);
    assertThat(asked).hasSize(1);
    assertThat(failures("revoked")).isGreaterThanOrEqualTo(2);
  }

  @Test
  void anEndHeardWhileAskingCountsMoreThanTheAnswer() {
    accountsListen();
    Future<Identity> early = authenticator.authenticate(token);
    Promise<Checked> question = question(1);
    bus.announce(AccountsApi.SESSION_ENDED, new SessionEnded(ANA, SESSION));
    await().until(() -> authenticator.authenticate(token).failed());
    question.complete(new Checked("Ana", Optional.of(Role.MODERATOR)));

    assertThat(failure(early).reason()).isEqualTo(Reason.SESSION_REVOKED);
    assertThat(failure(authenticator.authenticate(token)).reason())
        .isEqualTo(Reason.SESSION_REVOKED);
  }

  @Test
  void anEndedSessionIsNotAskedForAgainAndAgain() {
    accountsListen();
    Future<Identity> first = authenticator.authenticate(token);
    question(1).fail(Failure.of(Reason.SESSION_REVOKED, "over"));

    assertThat(failure(first).reason()).isEqualTo(Reason.SESSION_REVOKED);
    assertThat(failure(authenticator.authenticate(token)).reason())
        .isEqualTo(Reason.SESSION_REVOKED);
    assertThat(asked).hasSize(1);
  }

  @Test
  void nobodyIsAdmittedWhileAccountsAreOutOfReachAndTheNextTryAsksAgain() {
    assertThat(failure(authenticator.authenticate(token)).reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(failures("unchecked")).isEqualTo(1);

    accountsListen();
    assertThat(admitted().user()).isEqualTo(ANA);
  }

  @Test
  void whatIsNoTokenNeverReachesAccounts() {
    accountsListen();
    assertThat(failure(authenticator.authenticate("x")).reason()).isEqualTo(Reason.UNAUTHENTICATED);
    String expired = tokens.issue(ANA, SESSION, Instant.now(), Instant.now().minusSeconds(60));
    assertThat(failure(authenticator.authenticate(expired)).reason())
        .isEqualTo(Reason.TOKEN_EXPIRED);

    assertThat(asked).isEmpty();
    assertThat(failures("token")).isEqualTo(1);
    assertThat(failures("expired")).isEqualTo(1);
  }
}
