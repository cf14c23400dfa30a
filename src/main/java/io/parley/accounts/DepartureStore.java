package io.parley.accounts;

import io.parley.accounts.DeparturesApi.Leaving;
import io.parley.audit.AuditEntry;
import io.parley.failure.Failure;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the end of an account needs remembered. Each method is one statement or one transaction; all
 * fail UNAVAILABLE when the store cannot be reached.
 */
public interface DepartureStore {

  /** How somebody's password is proved; empty if there is no such account, or no password. */
  Future<Optional<String>> hash(UserId user);

  /**
   * Ends all sessions of an account, forgets its password, e-mail address, phone number, name and
   * profile, and notes that its direct rooms must heed it. Nothing when that was done before. Fails
   * CONFLICT for the last admin who may sign in.
   *
   * @param entry what is noted with it
   * @return the sessions that ended
   */
  Future<List<SessionId>> begin(UserId user, Instant now, AuditEntry entry);

  /** Why somebody cannot go whom the server cannot do without. */
  static Failure lastAdmin() {
    return Staff.lastAdmin();
  }

  /** Accounts that have begun to go and of whom something is left, the longest gone first. */
  Future<List<Leaving>> unfinished(int limit);

  /**
   * Forgets contacts, blocks, sessions and whatever else hangs on an account, at most so many rows
   * of each kind.
   *
   * @return how many went
   */
  Future<Integer> clear(UserId user, int limit);

  /** Notes that nothing is left. */
  Future<Void> finish(UserId user, Instant now);

  /**
   * Gives usernames back of accounts that were gone at an instant, at most so many.
   *
   * @return how many
   */
  Future<Integer> release(Instant goneBefore, int limit);
}
