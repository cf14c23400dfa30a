package io.parley.accounts;

import io.parley.bus.Contract;
import io.parley.bus.Endpoint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What may be asked of sessions that exist: which they are, and that they end. */
public interface SessionsApi {

  /** Where somebody is signed in, the last used first. For the account itself alone. */
  Endpoint<ListOwn, OwnSessions> OWN =
      new Endpoint<>("sessions.own", ListOwn.class, OwnSessions.class);

  /** Ends one session of an account; that there is none such, or none any more, is no error. */
  Endpoint<End, AccountsApi.Done> END =
      new Endpoint<>("sessions.end", End.class, AccountsApi.Done.class);

  /** Ends all sessions of an account, but for one that may stay. */
  Endpoint<EndAll, AllEnded> END_ALL =
      new Endpoint<>("sessions.endAll", EndAll.class, AllEnded.class);

  /**
   * The sessions that have ended since a place that an earlier answer named, or in the last minute.
   * Asked again and again, each from where the one before ended, this leaves out none, however late
   * its transaction came through; some are answered more than once.
   */
  Endpoint<EndedSince, EndedSessions> ENDED_SINCE =
      new Endpoint<>("sessions.ended", EndedSince.class, EndedSessions.class);

  Contract CONTRACT = Contract.of(SessionsApi.class);

  record ListOwn(UserId user) {}

  record OwnSessions(List<OwnSession> sessions) {}

  /**
   * One signed-in device. Where it is is kept out of every text form.
   *
   * @param address where it was last used from; empty when nobody knows
   * @param usedAt when it was last refreshed
   * @param expiresAt when it ends unless it is used before
   */
  record OwnSession(
      SessionId id,
      String device,
      String address,
      Instant createdAt,
      Instant usedAt,
      Instant expiresAt) {
    @Override
    public String toString() {
      return "OwnSession[" + id + "]";
    }
  }

  record End(UserId user, SessionId session) {}

  /**
   * @param but the one that stays
   */
  record EndAll(UserId user, Optional<SessionId> but) {}

  record AllEnded(int count) {}

  record EndedSince(Optional<EndedPlace> after) {}

  /** A place in the order in which sessions end. */
  record EndedPlace(Instant at, SessionId session) {}

  /**
   * @param more whether to ask again at once
   */
  record EndedSessions(List<AccountsApi.SessionEnded> ended, EndedPlace next, boolean more) {}
}
