package io.parley.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.AccountStore.NewAccount;
import io.parley.accounts.SessionStore.Ended;
import io.parley.accounts.SessionStore.NewSession;
import io.parley.accounts.SessionStore.NewToken;
import io.parley.accounts.SessionStore.Opened;
import io.parley.accounts.SessionStore.Use;
import io.parley.accounts.SessionsApi.EndedPlace;
import io.parley.accounts.SessionsApi.OwnSession;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How a store counts and lists sessions, and the order of their ends. */
public abstract class SessionListContract {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration MONTHS = Duration.ofDays(90);
  private static final String HASH = "hash";
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Each test has a year of its own, since all ends stand in one order. */
  private static final AtomicInteger YEARS = new AtomicInteger(2030);

  private final Instant now = Instant.parse(YEARS.incrementAndGet() + "-06-01T10:00:00Z");

  /** The store under test, ready to use; its content may be shared between tests. */
  protected abstract SessionStore store();

  /** Where the accounts are whose sessions these are. */
  protected abstract AccountStore accounts();

  private static <T> T of(Future<T> future) {
    return Await.of(future);
  }

  private UserId account() {
    UserId id = new UserId(UUID.randomUUID());
    Identifier name = Identifier.username("listed" + id.toString().substring(0, 8));
    NewAccount account = new NewAccount(id, "Ana", List.of(name), now);
    NewSession expired = session(id, RefreshToken.fresh(RANDOM), now.minus(MONTHS), "expired");
    of(accounts().register(account, HASH, expired));
    return id;
  }

  private Future<List<Ended>> open(NewSession session, int most) {
    return store()
        .open(session, Set.of(HASH), most)
        .map(opened -> ((Opened.Begun) opened).crowdedOut());
  }

  private NewSession session(UserId user, RefreshToken token, Instant begun, String device) {
    return new NewSession(
        new SessionId(UUID.randomUUID()),
        user,
        device,
        "192.0.2.1",
        begun,
        begun.plus(Duration.ofDays(30)),
        new NewToken(token.hash(), begun.plus(DAY)));
  }

  private NewSession opened(UserId user, Instant begun, String device, int most) {
    NewSession session = session(user, RefreshToken.fresh(RANDOM), begun, device);
    of(open(session, most));
    return session;
  }

  private List<String> devices(UserId user, Instant at) {
    return of(store().own(user, at, 100)).stream().map(OwnSession::device).toList();
  }

  private void use(RefreshToken token, String address, Instant at) {
    Buffer salt = RefreshToken.salt(RANDOM);
    NewToken next = new NewToken(token.next(salt).hash(), at.plus(DAY));
    of(store().refresh(new Use(token.hash(), next, salt, address, at), at));
  }

  @Test
  void theListSaysWhereAndWhenEachSessionWasLastUsed() {
    UserId ana = account();
    RefreshToken token = RefreshToken.fresh(RANDOM);
    NewSession session = session(ana, token, now, "phone");
    of(open(session, 10));
    OwnSession fresh = new OwnSession(session.id(), "phone", "192.0.2.1", now, now, now.plus(DAY));
    assertThat(of(store().own(ana, now, 10))).containsExactly(fresh);

    Instant later = now.plusSeconds(900);
    use(token, "2001:db8::1", later);

    assertThat(of(store().own(ana, later, 10)))
        .containsExactly(
            new OwnSession(session.id(), "phone", "2001:db8::1", now, later, later.plus(DAY)));
  }

  @Test
  void anUnknownAddressKeepsTheOneBefore() {
    UserId ana = account();
    RefreshToken token = RefreshToken.fresh(RANDOM);
    of(open(session(ana, token, now, "phone"), 10));
    use(token, "", now);

    assertThat(of(store().own(ana, now, 10)).get(0).address()).isEqualTo("192.0.2.1");
  }

  @Test
  void theListLeavesOutWhatHasEndedOrCanNoLongerBeRefreshedAndEverybodyElse() {
    UserId ana = account();
    opened(ana, now.minus(DAY), "forgotten", 10);
    NewSession ended = opened(ana, now.minusSeconds(30), "ended", 10);
    opened(ana, now.minusSeconds(20), "older", 10);
    opened(ana, now.minusSeconds(10), "newer", 10);
    opened(account(), now, "of somebody else", 10);
    of(store().end(ended.id(), now));

    assertThat(devices(ana, now)).containsExactly("newer", "older");
    assertThat(of(store().own(ana, now, 1))).hasSize(1);
  }

  @Test
  void oneSessionTooManyEndsTheOneThatWasNotUsedForLongest() {
    UserId ana = account();
    RefreshToken kept = RefreshToken.fresh(RANDOM);
    NewSession first = session(ana, kept, now, "first");
    of(open(first, 3));
    NewSession second = opened(ana, now.plusSeconds(1), "second", 3);
    opened(ana, now.plusSeconds(2), "third", 3);
    use(kept, "", now.plusSeconds(3));
    Instant later = now.plusSeconds(4);

    List<Ended> ended = of(open(session(ana, RefreshToken.fresh(RANDOM), later, "fourth"), 3));

    assertThat(ended).containsExactly(new Ended(ana, second.id(), later));
    assertThat(devices(ana, later)).containsExactly("fourth", "first", "third");
  }

  @Test
  void howeverManySignInAtOnceNoMoreSessionsLiveThanMay() {
    UserId ana = account();

    List<Future<List<Ended>>> openings =
        IntStream.range(0, 30)
            .mapToObj(i -> session(ana, RefreshToken.fresh(RANDOM), now, "device " + i))
            .map(session -> open(session, 4))
            .toList();

    assertThat(openings.stream().mapToInt(opening -> of(opening).size()).sum()).isEqualTo(26);
    assertThat(devices(ana, now)).hasSize(4);
  }

  @Test
  void endsAreReadInTheirOrderPageByPage() {
    UserId ana = account();
    List<SessionId> order = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      NewSession session = opened(ana, now, "device", 10);
      of(store().end(session.id(), now.plusMillis(i / 3)));
      order.add(session.id());
    }

    List<SessionId> read = new ArrayList<>();
    EndedPlace place = new EndedPlace(now, new SessionId(new UUID(0, 0)));
    List<Ended> page = of(store().endedAfter(place, 2));
    while (!page.isEmpty()) {
      page.forEach(ended -> read.add(ended.session()));
      Ended last = page.get(page.size() - 1);
      place = new EndedPlace(last.at(), last.session());
      page =
          of(store().endedAfter(place, 2)).stream().filter(end -> end.user().equals(ana)).toList();
    }

    assertThat(read).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(order);
    assertThat(read.subList(0, 3)).containsExactlyInAnyOrderElementsOf(order.subList(0, 3));
    assertThat(read.get(6)).isEqualTo(order.get(6));
  }

  @Test
  void whatExpiredOrEndedLongAgoIsForgottenAndNothingElse() {
    UserId ana = account();
    NewSession over = opened(ana, now, "ended long ago", 10);
    NewSession ended = opened(ana, now, "ended just now", 10);
    NewSession living = opened(ana, now, "living", 10);
    of(store().end(over.id(), now.minus(DAY).minusMillis(1)));
    of(store().end(ended.id(), now.minus(DAY)));
    Instant before = now.minus(DAY);

    while (of(store().forget(now, before, before, 1)) > 0) {
      assertThat(devices(ana, now)).containsExactly("living");
    }

    EndedPlace start = new EndedPlace(now.minus(DAY).minusSeconds(1), living.id());
    assertThat(of(store().endedAfter(start, 10)))
        .filteredOn(end -> end.user().equals(ana))
        .containsExactly(new Ended(ana, ended.id(), now.minus(DAY)));
    assertThat(of(store().living(ana, living.id(), now))).isPresent();
    assertThat(of(store().endByToken(over.token().hash(), now))).isEmpty();
    while (of(store().forget(now.plus(DAY).plusMillis(1), before, before, 100)) > 0) {
      assertThat(of(store().living(ana, living.id(), now))).isPresent();
    }
    assertThat(of(store().endByToken(living.token().hash(), now)))
        .as("its token has expired")
        .isEqualTo(Optional.empty());
  }
}
