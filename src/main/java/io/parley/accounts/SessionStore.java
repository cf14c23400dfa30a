package io.parley.accounts;

import io.parley.accounts.AccountsApi.Account;
import io.parley.accounts.SessionsApi.EndedPlace;
import io.parley.accounts.SessionsApi.OwnSession;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What sessions need remembered. Each method is one statement or one transaction; all fail
 * UNAVAILABLE when the store cannot be reached.
 */
public interface SessionStore {

  /**
   * Remembers one more session, unless what proved whose it is proves nothing any more, or its
   * account may not sign in; and ends those of its account that were not used for longest when it
   * holds more than so many; of any number at once none is too many.
   *
   * @param proved the hashes of the password that was right, any of which its account must have
   *     still
   */
  Future<Opened> open(NewSession session, Set<String> proved, int most);

  /**
   * Uses up a refresh token and remembers the next one of its session; of any number at once
   * exactly one wins. What becomes of the others, and of those who come later, is told by {@link
   * Refreshing}.
   *
   * @param graceFrom tokens that were used after this, and whose successors were not used yet, may
   *     be used again
   */
  Future<Refreshing> refresh(Use use, Instant graceFrom);

  /** Ends a session; empty when it is unknown or has ended already. */
  Future<Optional<Ended>> end(SessionId session, Instant now);

  /** Ends a session of an account; empty as above, or when it is somebody else's. */
  Future<Optional<Ended>> end(UserId user, SessionId session, Instant now);

  /** Ends all sessions of an account, but for one that may stay. */
  Future<List<Ended>> endAll(UserId user, Optional<SessionId> but, Instant now);

  /** Ends the session of a refresh token, used or not; empty as above. */
  Future<Optional<Ended>> endByToken(Buffer token, Instant now);

  /** The sessions of an account that can still be refreshed, the last used first. */
  Future<List<OwnSession>> own(UserId user, Instant now, int limit);

  /** Sessions in the order of their ends, those after a place; without those that just expired. */
  Future<List<Ended>> endedAfter(EndedPlace place, int limit);

  /**
   * Whose a session is; empty when it has ended or is not theirs, or its account may not sign in.
   */
  Future<Optional<Living>> living(UserId user, SessionId session, Instant now);

  /**
   * Forgets refresh tokens and sessions that have expired, sessions that ended before an instant,
   * and the salts of tokens that were used before another; at most so many of each.
   *
   * @return how many went
   */
  Future<Integer> forget(Instant now, Instant ended, Instant salted, int limit);

  /**
   * A session to be, with the first refresh token of its family.
   *
   * @param address where it begins; empty when nobody knows
   * @param expiresAt the end of the session, however often it is refreshed
   */
  record NewSession(
      SessionId id,
      UserId user,
      String device,
      String address,
      Instant createdAt,
      Instant expiresAt,
      NewToken token) {}

  /** A refresh token to be, as the store may know it. */
  record NewToken(Buffer hash, Instant expiresAt) {}

  /** What comes of opening a session. */
  sealed interface Opened {

    /**
     * @param crowdedOut sessions that have ended to make room for it
     */
    record Begun(List<Ended> crowdedOut) implements Opened {}

    /** The password was right, and the account may not sign in. */
    record Disabled() implements Opened {}

    /** The password has been changed, or the account is going. */
    record Outdated() implements Opened {}
  }

  /** Whose a session is that lives: how they are shown, and what they are on this server. */
  record Living(String name, Role role) {}

  /**
   * The use of a refresh token.
   *
   * @param salt what made the next token of it
   * @param address where it is used; empty when nobody knows, and the one before stays
   */
  record Use(Buffer hash, NewToken next, Buffer salt, String address, Instant at) {}

  /** What comes of using a refresh token. */
  sealed interface Refreshing {

    /** It was good, and is used up; the next one counts. */
    record Taken(Refreshed session) implements Refreshing {}

    /**
     * It was used a moment ago, and nobody has used its successor yet.
     *
     * @param next the hash of the successor
     * @param salt what made it
     */
    record Repeated(Refreshed session, Buffer next, Buffer salt) implements Refreshing {}

    /** It was used before: somebody else has it, too, and its session has ended by this. */
    record Replayed(Ended session) implements Refreshing {}

    /** It is unknown or expired, or its session has ended. */
    record Refused() implements Refreshing {}
  }

  /**
   * @param at when the next refresh token was made
   * @param tokenExpiresAt of the next refresh token, never after the end of the session
   */
  record Refreshed(
      Account account,
      SessionId session,
      Instant sessionExpiresAt,
      Instant at,
      Instant tokenExpiresAt) {}

  /** A session that has ended. */
  record Ended(UserId user, SessionId session, Instant at) {}
}
