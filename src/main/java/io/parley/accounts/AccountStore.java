package io.parley.accounts;

import io.parley.accounts.AccountsApi.Account;
import io.parley.accounts.AccountsApi.Profile;
import io.parley.accounts.SessionStore.NewSession;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What accounts need remembered. Each method is one statement or one transaction; all fail
 * UNAVAILABLE when the store cannot be reached.
 */
public interface AccountStore {

  /**
   * Remembers an account and its first session. Fails ALREADY_EXISTS naming the field when an
   * identifier belongs to another account; of any number at once exactly one wins.
   */
  Future<Void> register(NewAccount account, String passwordHash, NewSession session);

  /** Remembers many accounts that have no password, each with a session; all or none. */
  Future<Void> registerAll(List<NewAccount> accounts, List<NewSession> sessions);

  /** The account known by an identifier, and how its password is proved; empty if there is none. */
  Future<Optional<Credentials>> credentials(Identifier identifier);

  /** Replaces a password hash by a better one of the same password, unless it changed meanwhile. */
  Future<Void> replaceHash(UserId user, String known, String better);

  /** An account as its owner sees it; empty if there is none. */
  Future<Optional<Account>> account(UserId user);

  /** The profiles of those of these accounts that exist, in no particular order. */
  Future<List<Profile>> profiles(List<UserId> users);

  /**
   * Profiles in the order of their folded names, then ids; without accounts that are being deleted
   * and those on either side of a block.
   *
   * @param viewer who wants to know
   * @param part of a folded name or username, to be taken literally; empty for all
   * @param after where the page before ended
   */
  Future<List<Profile>> directory(UserId viewer, String part, Optional<Place> after, int limit);

  /**
   * An account to be.
   *
   * @param identifiers at most one of each kind
   */
  record NewAccount(UserId id, String name, List<Identifier> identifiers, Instant createdAt) {
    public NewAccount {
      identifiers = List.copyOf(identifiers);
    }

    Optional<Identifier> email() {
      return identifiers.stream()
          .filter(identifier -> identifier.kind() == Identifier.Kind.EMAIL)
          .findFirst();
    }

    /** The same, as its owner sees it. */
    Account account() {
      return new Account(
          id,
          name,
          shown(Identifier.Kind.USERNAME),
          shown(Identifier.Kind.EMAIL),
          shown(Identifier.Kind.PHONE_NUMBER),
          Optional.empty(),
          createdAt);
    }

    private Optional<String> shown(Identifier.Kind kind) {
      return identifiers.stream()
          .filter(identifier -> identifier.kind() == kind)
          .map(Identifier::shown)
          .findFirst();
    }
  }

  /**
   * @param passwordHash empty for an account that has no password
   */
  record Credentials(Account account, Optional<String> passwordHash) {}

  /** A place in the directory. */
  record Place(String foldedName, UserId user) {}
}
