package io.parley.accounts;

import io.parley.accounts.SessionStore.Ended;
import io.parley.accounts.SessionsApi.EndedPlace;
import io.parley.audit.Act;
import io.parley.audit.Journal;
import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How sessions end before their time, and how every node comes to know.
 *
 * <p>Each end is told over the bus at once; that is a hint. Nodes that hold sockets also read the
 * ends from the store every few seconds, so that none is missed for long by one that did not hear.
 */
public final class Endings {
  private static final int ENDED_AT_ONCE = 1_000;

  /** What a node is told first, longer than it may serve anybody without being told. */
  private static final Duration RECENT = Duration.ofMinutes(1);

  /** Longer than a transaction may take, and the clocks of two nodes may differ. */
  private static final Duration LATE = Duration.ofSeconds(30);

  private static final SessionId FIRST = new SessionId(new UUID(0, 0));

  private final SessionStore store;
  private final Bus bus;
  private final Journal journal;
  private final Clock clock;

  public Endings(SessionStore store, Bus bus, Journal journal, Clock clock) {
    this.store = store;
    this.bus = bus;
    this.journal = journal;
    this.clock = clock;
  }

  /** Answers {@link AccountsApi#LOGOUT}. */
  public Future<AccountsApi.Done> logout(AccountsApi.Logout request) {
    Instant now = now();
    if (request.session().isPresent()) {
      return ended(store.end(request.session().get(), now), Act.SIGNED_OUT);
    }
    String token =
        request.refreshToken().orElseThrow(() -> Failure.invalid("refreshToken", "is missing"));
    return ended(
        RefreshToken.parse(token)
            .map(parsed -> store.endByToken(parsed.hash(), now))
            .orElse(Future.succeededFuture(Optional.empty())),
        Act.SIGNED_OUT);
  }

  /** Answers {@link SessionsApi#END}. */
  public Future<AccountsApi.Done> end(SessionsApi.End request) {
    return ended(store.end(request.user(), request.session(), now()), Act.SESSION_REVOKED);
  }

  /** Answers {@link SessionsApi#END_ALL}. */
  public Future<SessionsApi.AllEnded> endAll(SessionsApi.EndAll request) {
    return store
        .endAll(request.user(), request.but(), now())
        .onSuccess(ended -> ended.forEach(this::announce))
        .onSuccess(ended -> note(request.user(), ended.size()))
        .map(ended -> new SessionsApi.AllEnded(ended.size()));
  }

  /** Answers {@link SessionsApi#ENDED_SINCE}. */
  public Future<SessionsApi.EndedSessions> endedSince(SessionsApi.EndedSince request) {
    Instant now = now();
    EndedPlace place = request.after().orElse(new EndedPlace(now.minus(RECENT), FIRST));
    return store.endedAfter(place, ENDED_AT_ONCE).map(ended -> ended(ended, now));
  }

  /** After a whole page from its end, otherwise from where none can come late any more. */
  private static SessionsApi.EndedSessions ended(List<Ended> page, Instant now) {
    boolean more = page.size() == ENDED_AT_ONCE;
    EndedPlace next = new EndedPlace(now.minus(LATE), FIRST);
    if (more) {
      Ended last = page.get(page.size() - 1);
      next = new EndedPlace(last.at(), last.session());
    }
    return new SessionsApi.EndedSessions(page.stream().map(Endings::told).toList(), next, more);
  }

  /** Tells all nodes that a session has ended. */
  void announce(Ended ended) {
    bus.announce(AccountsApi.SESSION_ENDED, told(ended));
  }

  private void note(UserId user, int count) {
    if (count > 0) {
      journal.note(journal.own(Act.SESSION_REVOKED, user.value()).with("count", count));
    }
  }

  private void note(Act act, Ended ended) {
    journal.note(journal.own(act, ended.user().value()).with("session", ended.session()));
  }

  private Future<AccountsApi.Done> ended(Future<Optional<Ended>> ending, Act act) {
    return ending
        .onSuccess(ended -> ended.ifPresent(this::announce))
        .onSuccess(ended -> ended.ifPresent(one -> note(act, one)))
        .map(ended -> new AccountsApi.Done());
  }

  private static AccountsApi.SessionEnded told(Ended ended) {
    return new AccountsApi.SessionEnded(ended.user(), ended.session());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
