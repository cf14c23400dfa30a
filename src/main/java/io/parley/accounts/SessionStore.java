package io.parley.accounts;

import io.parley.accounts.AccountsApi.Account;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Optional;

/**
 * What sessions need remembered. Each method is one statement or one transaction; all fail
 * UNAVAILABLE when the store cannot be reached.
 */
public interface SessionStore {

  /** Remembers one more session. */
  Future<Void> open(NewSession session);

  /**
   * Uses up a refresh token and remembers the next one of its session. Empty when the token is
   * unknown, used or expired or its session has ended; of any number at once exactly one wins.
   */
  Future<Optional<Refreshed>> refresh(Buffer used, NewToken next, Instant now);

  /** Ends a session; empty when it is unknown or has ended already. */
  Future<Optional<Ended>> end(SessionId session, Instant now);

  /** Ends the session of a refresh token, used or not; empty as above. */
  Future<Optional<Ended>> endByToken(Buffer token, Instant now);

  /** The display name of a session's account; empty when the session has ended or is not theirs. */
  Future<Optional<String>> living(UserId user, SessionId session, Instant now);

  /**
   * Forgets refresh tokens that expired before an instant, and sessions that did, at most so many
   * of each.
   *
   * @return how many went
   */
  Future<Integer> forget(Instant before, int limit);

  /**
   * A session to be, with the first refresh token of its family.
   *
   * @param expiresAt the end of the session, however often it is refreshed
   */
  record NewSession(
      SessionId id,
      UserId user,
      String device,
      Instant createdAt,
      Instant expiresAt,
      NewToken token) {}

  /** A refresh token to be, as the store may know it. */
  record NewToken(Buffer hash, Instant expiresAt) {}

  /**
   * @param tokenExpiresAt of the next refresh token, never after the end of the session
   */
  record Refreshed(
      Account account, SessionId session, Instant sessionExpiresAt, Instant tokenExpiresAt) {}

  /** A session that has just ended. */
  record Ended(UserId user, SessionId session) {}
}
