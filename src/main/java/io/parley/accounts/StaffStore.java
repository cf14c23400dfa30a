package io.parley.accounts;

import io.parley.accounts.AccountStore.Place;
import io.parley.accounts.SessionStore.Ended;
import io.parley.accounts.StaffApi.Disabled;
import io.parley.accounts.StaffApi.Listed;
import io.parley.audit.AuditEntry;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What those who run the server need remembered. Each method is one statement or one transaction;
 * all fail UNAVAILABLE when the store cannot be reached.
 */
public interface StaffStore {

  /** What somebody is who may sign in; empty for everybody else. */
  Future<Optional<Role>> role(UserId user);

  /** An account; empty when there is none, or it is being deleted. */
  Future<Optional<Listed>> look(UserId user, Instant now);

  /** Accounts after a place, in the order of their folded names, then ids. */
  Future<List<Listed>> search(Filter filter, Optional<Place> after, Instant now, int limit);

  /**
   * Changes an account as is decided once nothing that matters for it can change any more: of any
   * number of changes at once each sees those before it. Fails NOT_FOUND when there is no such
   * account, and with what the decision throws; then nothing changes.
   *
   * @param by whose right it is; empty for those who need none
   */
  Future<Changed> change(
      Optional<UserId> by, UserId subject, Instant now, Function<Situation, Change> decide);

  /**
   * Only accounts for which all holds that is given.
   *
   * @param part of a folded name or username, to be taken literally; empty for all
   * @param known as, instead of by name
   */
  record Filter(
      String part, Optional<Identifier> known, Optional<Role> role, Optional<Boolean> disabled) {}

  /**
   * What matters for a change.
   *
   * @param by what they are whose right it is; empty for who may not sign in
   * @param otherAdmins whether anybody else is an admin who may sign in
   */
  record Situation(
      Optional<Role> by, Role role, Optional<Disabled> disabled, boolean otherAdmins) {}

  /**
   * What becomes of an account.
   *
   * @param entries what is noted with it
   */
  record Change(Role role, Optional<Disabled> disabled, Ending ending, List<AuditEntry> entries) {}

  /**
   * Which sessions end.
   *
   * @param noted with how many it were, unless only one was meant; not when there was none
   */
  record Ending(boolean any, Optional<SessionId> only, Optional<AuditEntry> noted) {
    public static final Ending NONE = new Ending(false, Optional.empty(), Optional.empty());
    public static final Ending ALL = new Ending(true, Optional.empty(), Optional.empty());

    /** What is noted of so many. */
    public Optional<AuditEntry> note(int ended) {
      return noted
          .filter(entry -> ended > 0)
          .map(entry -> only.map(one -> entry.with("session", one)).orElse(entry))
          .map(entry -> only.isPresent() ? entry : entry.with("count", ended));
    }
  }

  /** An account after a change, and the sessions that have ended by it. */
  record Changed(Listed account, List<Ended> ended) {}
}
