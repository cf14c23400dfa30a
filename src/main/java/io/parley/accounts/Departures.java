package io.parley.accounts;

import io.parley.accounts.DeparturesApi.Finished;
import io.parley.accounts.DeparturesApi.Leaving;
import io.parley.accounts.DeparturesApi.Left;
import io.parley.accounts.DeparturesApi.UnfinishedFound;
import io.parley.audit.Act;
import io.parley.audit.Journal;
import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The rules of leaving for good. */
final class Departures {
  private static final int AT_ONCE = 100;
  private static final int ROWS_AT_ONCE = 1_000;

  /** For so long nobody else takes the username of somebody who is gone. */
  private static final Duration KEPT = Duration.ofDays(30);

  private final DepartureStore store;
  private final Passwords passwords;
  private final Lockout lockout;
  private final Journal journal;
  private final Bus bus;
  private final Clock clock;
  private final Pauses pauses = new Pauses();

  Departures(
      DepartureStore store,
      Passwords passwords,
      Lockout lockout,
      Journal journal,
      Bus bus,
      Clock clock) {
    this.store = store;
    this.passwords = passwords;
    this.lockout = lockout;
    this.journal = journal;
    this.bus = bus;
    this.clock = clock;
  }

  /** Answers {@link DeparturesApi#LEAVE}. */
  Future<Left> leave(DeparturesApi.Leave request) {
    Passwords.requireHashable(request.password());
    Instant now = now();
    UserId user = request.user();
    return lockout
        .guard(user, () -> prove(request))
        .onFailure(cause -> pauses.note(journal, user, Optional.empty(), cause, now))
        .compose(proved -> begin(user, now))
        .recover(Departures::refused);
  }

  /** Whoever holds a stolen token guesses no faster than at the door. */
  private Future<Void> prove(DeparturesApi.Leave request) {
    return store
        .hash(request.user())
        .compose(hash -> passwords.verify(request.password(), hash))
        .compose(
            verdict ->
                verdict.matches()
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        Failure.of(Reason.UNAUTHENTICATED, "the password is not right")));
  }

  private Future<Left> begin(UserId user, Instant now) {
    return store
        .begin(user, now, journal.own(Act.DELETED, user.value()))
        .onSuccess(ended -> announce(user, ended))
        .onSuccess(ended -> bus.announce(DeparturesApi.LEAVING, new Leaving(user, now)))
        .map(new Left());
  }

  private void announce(UserId user, List<SessionId> ended) {
    ended.forEach(
        session ->
            bus.announce(AccountsApi.SESSION_ENDED, new AccountsApi.SessionEnded(user, session)));
  }

  /** Answers {@link DeparturesApi#UNFINISHED}. */
  Future<UnfinishedFound> unfinished(DeparturesApi.Unfinished request) {
    return store.unfinished(AT_ONCE).map(UnfinishedFound::new);
  }

  /** Answers {@link DeparturesApi#FINISH}. */
  Future<Finished> finish(DeparturesApi.Finish request) {
    return store
        .clear(request.user(), ROWS_AT_ONCE)
        .compose(
            gone ->
                gone > 0
                    ? finish(request)
                    : store.finish(request.user(), now()).map(new Finished()));
  }

  /** Gives usernames back, in steps that no statement's time limit cuts short. */
  Future<Void> release() {
    return store
        .release(now().minus(KEPT), ROWS_AT_ONCE)
        .compose(freed -> freed < ROWS_AT_ONCE ? Future.succeededFuture() : release());
  }

  /** They are signed in, so it is not for want of that. */
  private static Future<Left> refused(Throwable cause) {
    Failure failure = Failure.from(cause);
    return Future.failedFuture(
        failure.reason() == Reason.UNAUTHENTICATED
            ? Failure.of(Reason.FORBIDDEN, "the password is not right")
            : failure);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
