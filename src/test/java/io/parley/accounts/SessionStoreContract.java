package io.parley.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.AccountStore.NewAccount;
import io.parley.accounts.SessionStore.Ended;
import io.parley.accounts.SessionStore.NewSession;
import io.parley.accounts.SessionStore.NewToken;
import io.parley.accounts.SessionStore.Refreshed;
import io.parley.fixtures.Await;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every store of sessions must do; each implementation runs all of it. */
public abstract class SessionStoreContract {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration LIFETIME = Duration.ofDays(30);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final AtomicInteger NAMES = new AtomicInteger();

  /** The store under test, ready to use; its content may be shared between tests. */
  protected abstract SessionStore store();

  /** Where the accounts are whose sessions these are. */
  protected abstract AccountStore accounts();

  private static <T> T of(Future<T> future) {
    return Await.of(future);
  }

  private static NewAccount ana() {
    Identifier name = Identifier.username("seated" + NAMES.incrementAndGet());
    return new NewAccount(new UserId(UUID.randomUUID()), "Ana", List.of(name), NOW);
  }

  private static RefreshToken token() {
    return RefreshToken.fresh(RANDOM);
  }

  private static NewToken upTo(RefreshToken token, Instant expiry) {
    return new NewToken(token.hash(), expiry);
  }

  private static NewSession session(UserId user, RefreshToken token) {
    NewToken stored = upTo(token, NOW.plus(DAY));
    return new NewSession(
        new SessionId(UUID.randomUUID()), user, "phone", NOW, NOW.plus(LIFETIME), stored);
  }

  private NewSession given(NewAccount account, RefreshToken token) {
    NewSession session = session(account.id(), token);
    of(accounts().register(account, "hash", session));
    return session;
  }

  @Test
  void eachUseOfARefreshTokenMakesTheNext() {
    NewAccount ana = ana();
    RefreshToken token = token();
    NewSession session = given(ana, token);

    for (int i = 1; i <= 3; i++) {
      RefreshToken next = token();
      Instant later = NOW.plus(Duration.ofHours(23).multipliedBy(i));
      Refreshed refreshed =
          of(store().refresh(token.hash(), upTo(next, later.plus(DAY)), later)).orElseThrow();
      assertThat(refreshed)
          .isEqualTo(
              new Refreshed(ana.account(), session.id(), session.expiresAt(), later.plus(DAY)));
      assertThat(of(store().refresh(token.hash(), upTo(token(), later.plus(DAY)), later)))
          .as("the second use of generation %d", i)
          .isEmpty();
      token = next;
    }
  }

  @Test
  void refreshingNeverOutlivesTheSession() {
    RefreshToken token = token();
    NewSession session = given(ana(), token);
    RefreshToken next = token();

    assertThat(of(store().refresh(token.hash(), upTo(next, NOW.plus(LIFETIME).plus(DAY)), NOW)))
        .get()
        .extracting(Refreshed::tokenExpiresAt)
        .isEqualTo(session.expiresAt());
    assertThat(of(store().refresh(next.hash(), upTo(token(), NOW), session.expiresAt()))).isEmpty();
  }

  @Test
  void anExpiredOrUnknownRefreshTokenBuysNothing() {
    RefreshToken token = token();
    given(ana(), token);
    NewToken next = upTo(token(), NOW.plus(DAY));

    assertThat(of(store().refresh(token.hash(), next, NOW.plus(DAY)))).isEmpty();
    assertThat(of(store().refresh(token().hash(), next, NOW))).isEmpty();
  }

  @Test
  void ofManyUsesOfOneRefreshTokenExactlyOneWins() {
    RefreshToken token = token();
    given(ana(), token);

    List<Future<Optional<Refreshed>>> uses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      uses.add(store().refresh(token.hash(), upTo(token(), NOW.plus(DAY)), NOW));
    }

    assertThat(uses.stream().map(SessionStoreContract::of).filter(Optional::isPresent)).hasSize(1);
  }

  @Test
  void anEndedSessionLivesNoMoreAndIsNotRefreshed() {
    NewAccount ana = ana();
    RefreshToken token = token();
    NewSession session = given(ana, token);
    assertThat(of(store().living(ana.id(), session.id(), NOW))).contains("Ana");

    assertThat(of(store().end(session.id(), NOW))).contains(new Ended(ana.id(), session.id()));

    assertThat(of(store().end(session.id(), NOW))).isEmpty();
    assertThat(of(store().living(ana.id(), session.id(), NOW))).isEmpty();
    assertThat(of(store().refresh(token.hash(), upTo(token(), NOW.plus(DAY)), NOW))).isEmpty();
  }

  @Test
  void aRefreshTokenEndsItsSessionEvenOnceUsed() {
    NewAccount ana = ana();
    RefreshToken token = token();
    NewSession session = given(ana, token);
    of(store().refresh(token.hash(), upTo(token(), NOW.plus(DAY)), NOW));

    assertThat(of(store().endByToken(token.hash(), NOW)))
        .contains(new Ended(ana.id(), session.id()));
    assertThat(of(store().endByToken(token.hash(), NOW))).isEmpty();
    assertThat(of(store().endByToken(token().hash(), NOW))).isEmpty();
  }

  @Test
  void aSessionIsItsOwnersAloneAndOnlyUntilItsEnd() {
    NewAccount ana = ana();
    NewAccount ben = ana();
    NewSession session = given(ana, token());
    given(ben, token());

    assertThat(of(store().living(ben.id(), session.id(), NOW))).isEmpty();
    assertThat(of(store().living(ana.id(), session.id(), session.expiresAt()))).isEmpty();
    assertThat(of(store().living(ana.id(), new SessionId(UUID.randomUUID()), NOW))).isEmpty();
  }

  @Test
  void oneAccountMayHoldSeveralSessions() {
    NewAccount ana = ana();
    NewSession first = given(ana, token());
    NewSession second = session(ana.id(), token());
    of(store().open(second));
    of(store().end(first.id(), NOW));

    assertThat(of(store().living(ana.id(), second.id(), NOW))).contains("Ana");
  }

  @Test
  void whatExpiredIsForgottenAndNothingElse() {
    NewAccount ana = ana();
    RefreshToken old = token();
    RefreshToken young = token();
    NewSession session = given(ana, old);
    of(store().refresh(old.hash(), upTo(young, NOW.plus(DAY.multipliedBy(3))), NOW));

    while (of(store().forget(NOW.plus(DAY.multipliedBy(2)), 1)) > 0) {
      assertThat(of(store().living(ana.id(), session.id(), NOW))).isPresent();
    }
    assertThat(of(store().endByToken(old.hash(), NOW))).isEmpty();
    assertThat(of(store().endByToken(young.hash(), NOW))).isPresent();
  }
}
