package io.parley.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.AccountStore.NewAccount;
import io.parley.accounts.SessionStore.Ended;
import io.parley.accounts.SessionStore.Living;
import io.parley.accounts.SessionStore.NewSession;
import io.parley.accounts.SessionStore.NewToken;
import io.parley.accounts.SessionStore.Refreshed;
import io.parley.accounts.SessionStore.Refreshing;
import io.parley.accounts.SessionStore.Use;
import io.parley.fixtures.Await;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every store of sessions must do; each implementation runs all of it. */
public abstract class SessionStoreContract {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration GRACE = Duration.ofSeconds(10);
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

  private static NewSession session(UserId user, RefreshToken token) {
    return session(user, token, NOW);
  }

  private static NewSession session(UserId user, RefreshToken token, Instant begun) {
    return new NewSession(
        new SessionId(UUID.randomUUID()),
        user,
        "phone",
        "192.0.2.1",
        begun,
        begun.plus(LIFETIME),
        new NewToken(token.hash(), begun.plus(DAY)));
  }

  private NewSession given(NewAccount account, RefreshToken token) {
    NewSession session = session(account.id(), token);
    of(accounts().register(account, "hash", session));
    return session;
  }

  /** The next token of a family, and what is told the store of it. */
  private record Step(RefreshToken next, Buffer salt, Use use) {
    static Step of(RefreshToken token, Instant at) {
      return of(token, at, "");
    }

    static Step of(RefreshToken token, Instant at, String address) {
      Buffer salt = RefreshToken.salt(RANDOM);
      RefreshToken next = token.next(salt);
      NewToken stored = new NewToken(next.hash(), at.plus(DAY));
      return new Step(next, salt, new Use(token.hash(), stored, salt, address, at));
    }
  }

  private Refreshing used(Step step) {
    return of(store().refresh(step.use(), step.use().at().minus(GRACE)));
  }

  private Refreshing used(RefreshToken token, Instant at) {
    return used(Step.of(token, at));
  }

  private static Refreshed taken(Refreshing outcome) {
    assertThat(outcome).isInstanceOf(Refreshing.Taken.class);
    return ((Refreshing.Taken) outcome).session();
  }

  private boolean lives(NewSession session, Instant at) {
    return of(store().living(session.user(), session.id(), at)).isPresent();
  }

  @Test
  void eachUseOfARefreshTokenMakesTheNext() {
    NewAccount ana = ana();
    RefreshToken token = token();
    NewSession session = given(ana, token);

    for (int i = 1; i <= 3; i++) {
      Instant later = NOW.plus(Duration.ofHours(23).multipliedBy(i));
      Step step = Step.of(token, later);
      assertThat(taken(used(step)))
          .isEqualTo(
              new Refreshed(
                  ana.account(), session.id(), session.expiresAt(), later, later.plus(DAY)));
      token = step.next();
    }
  }

  @Test
  void refreshingNeverOutlivesTheSession() {
    RefreshToken token = token();
    NewSession session = given(ana(), token);
    Instant end = session.expiresAt();
    Instant last = end;
    for (Instant at = NOW; at.isBefore(end); at = at.plus(Duration.ofHours(20))) {
      Step step = Step.of(token, at);
      last = taken(used(step)).tokenExpiresAt();
      assertThat(last).isEqualTo(at.plus(DAY).isBefore(end) ? at.plus(DAY) : end);
      token = step.next();
    }

    assertThat(last).isEqualTo(end);
    assertThat(used(token, end)).isEqualTo(new Refreshing.Refused());
  }

  @Test
  void anExpiredOrUnknownRefreshTokenBuysNothing() {
    RefreshToken token = token();
    NewSession session = given(ana(), token);

    assertThat(used(token, NOW.plus(DAY))).isEqualTo(new Refreshing.Refused());
    assertThat(used(token(), NOW)).isEqualTo(new Refreshing.Refused());
    assertThat(lives(session, NOW)).as("what nobody has used is no sign of theft").isTrue();
  }

  @Test
  void ofManyUsesOfOneRefreshTokenExactlyOneWinsAndTheOthersLearnWhatItWon() {
    RefreshToken token = token();
    given(ana(), token);

    List<Step> steps = Stream.generate(() -> Step.of(token, NOW)).limit(20).toList();
    List<Future<Refreshing>> uses =
        steps.stream().map(step -> store().refresh(step.use(), NOW.minus(GRACE))).toList();

    List<RefreshToken> learned = new ArrayList<>();
    for (int i = 0; i < uses.size(); i++) {
      Refreshing outcome = of(uses.get(i));
      if (outcome instanceof Refreshing.Repeated repeated) {
        RefreshToken same = token.next(repeated.salt());
        assertThat(same.hash()).isEqualTo(repeated.next());
        learned.add(same);
      } else {
        taken(outcome);
        learned.add(steps.get(i).next());
      }
    }
    assertThat(
            uses.stream().map(SessionStoreContract::of).filter(Refreshing.Taken.class::isInstance))
        .hasSize(1);
    assertThat(learned).hasSize(20).containsOnly(learned.get(0));
    taken(used(learned.get(0), NOW));
  }

  @Test
  void aRepeatedUseIsToldTheSameUntilTheMomentIsOver() {
    NewAccount ana = ana();
    RefreshToken token = token();
    NewSession session = given(ana, token);
    Step step = Step.of(token, NOW);
    Refreshed first = taken(used(step));

    Instant last = NOW.plus(GRACE).minusMillis(1);
    assertThat(used(token, last))
        .isEqualTo(new Refreshing.Repeated(first, step.next().hash(), step.salt()));
    assertThat(used(token, NOW.plus(GRACE)))
        .isEqualTo(new Refreshing.Replayed(new Ended(ana.id(), session.id(), NOW.plus(GRACE))));
    assertThat(lives(session, NOW)).isFalse();
    assertThat(used(step.next(), NOW.plus(GRACE))).isEqualTo(new Refreshing.Refused());
    assertThat(used(token, NOW.plus(GRACE))).isEqualTo(new Refreshing.Refused());
  }

  @Test
  void usingTheNextTokenEndsTheMomentOfTheOneBefore() {
    NewAccount ana = ana();
    RefreshToken token = token();
    NewSession session = given(ana, token);
    Step step = Step.of(token, NOW);
    used(step);
    used(step.next(), NOW);

    assertThat(used(token, NOW))
        .isEqualTo(new Refreshing.Replayed(new Ended(ana.id(), session.id(), NOW)));
    assertThat(lives(session, NOW)).isFalse();
  }

  @Test
  void aTokenOfAnyEarlierGenerationEndsTheSessionEvenOnceItHasExpired() {
    for (int generation = 0; generation < 4; generation++) {
      RefreshToken token = token();
      NewSession session = given(ana(), token);
      List<RefreshToken> family = new ArrayList<>();
      Instant at = NOW;
      for (int i = 0; i < 4; i++) {
        family.add(token);
        Step step = Step.of(token, at);
        taken(used(step));
        token = step.next();
        at = at.plus(Duration.ofHours(12));
      }

      assertThat(used(family.get(generation), at))
          .as("generation %d", generation)
          .isInstanceOf(Refreshing.Replayed.class);
      assertThat(lives(session, at)).isFalse();
    }
  }

  @Test
  void ofManyReplaysExactlyOneEndsTheSession() {
    RefreshToken token = token();
    given(ana(), token);
    used(token, NOW);
    Instant later = NOW.plus(GRACE);

    List<Future<Refreshing>> replays =
        Stream.generate(() -> Step.of(token, later).use())
            .limit(20)
            .map(use -> store().refresh(use, later.minus(GRACE)))
            .toList();

    assertThat(
            replays.stream()
                .map(SessionStoreContract::of)
                .filter(Refreshing.Replayed.class::isInstance))
        .hasSize(1);
  }

  @Test
  void whatMadeATokenIsForgottenAfterAWhileAndRepeatsNothingThen() {
    RefreshToken token = token();
    NewSession session = given(ana(), token);
    used(token, NOW);

    while (of(store().forget(NOW, NOW, NOW.plusMillis(1), 100)) > 0) {
      assertThat(lives(session, NOW)).isTrue();
    }
    assertThat(used(token, NOW)).isEqualTo(new Refreshing.Refused());
    assertThat(lives(session, NOW)).isTrue();
  }

  @Test
  void anEndedSessionLivesNoMoreAndIsNotRefreshed() {
    NewAccount ana = ana();
    RefreshToken token = token();
    NewSession session = given(ana, token);
    assertThat(of(store().living(ana.id(), session.id(), NOW)))
        .contains(new Living("Ana", Role.USER));

    assertThat(of(store().end(session.id(), NOW))).contains(new Ended(ana.id(), session.id(), NOW));

    assertThat(of(store().end(session.id(), NOW))).isEmpty();
    assertThat(lives(session, NOW)).isFalse();
    assertThat(used(token, NOW)).isEqualTo(new Refreshing.Refused());
  }

  @Test
  void nobodyEndsASessionOfSomebodyElse() {
    NewAccount ana = ana();
    NewAccount ben = ana();
    NewSession session = given(ana, token());
    given(ben, token());

    assertThat(of(store().end(ben.id(), session.id(), NOW))).isEmpty();
    assertThat(of(store().endAll(ben.id(), Optional.of(session.id()), NOW))).hasSize(1);
    assertThat(lives(session, NOW)).isTrue();
    assertThat(of(store().end(ana.id(), session.id(), NOW))).isPresent();
    assertThat(of(store().end(ana.id(), session.id(), NOW))).isEmpty();
  }

  @Test
  void allSessionsOfAnAccountEndButForTheOneThatMayStay() {
    NewAccount ana = ana();
    NewSession first = given(ana, token());
    NewSession second = session(ana.id(), token());
    NewSession third = session(ana.id(), token());
    of(store().open(second, Set.of("hash"), 10));
    of(store().open(third, Set.of("hash"), 10));

    assertThat(of(store().endAll(ana.id(), Optional.of(second.id()), NOW)))
        .containsExactlyInAnyOrder(
            new Ended(ana.id(), first.id(), NOW), new Ended(ana.id(), third.id(), NOW));
    assertThat(lives(second, NOW)).isTrue();
    assertThat(of(store().endAll(ana.id(), Optional.empty(), NOW)))
        .containsExactly(new Ended(ana.id(), second.id(), NOW));
    assertThat(of(store().endAll(ana.id(), Optional.empty(), NOW))).isEmpty();
  }

  @Test
  void aRefreshTokenEndsItsSessionEvenOnceUsed() {
    NewAccount ana = ana();
    RefreshToken token = token();
    NewSession session = given(ana, token);
    used(token, NOW);

    assertThat(of(store().endByToken(token.hash(), NOW)))
        .contains(new Ended(ana.id(), session.id(), NOW));
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
    assertThat(lives(session, session.expiresAt())).isFalse();
    assertThat(of(store().living(ana.id(), new SessionId(UUID.randomUUID()), NOW))).isEmpty();
  }
}
