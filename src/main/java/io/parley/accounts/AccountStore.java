package io.parley.accounts;

import io.parley.accounts.AccountsApi.Account;
import io.parley.accounts.AccountsApi.Profile;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
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

  /** An account as its owner sees it; empty if there is none. */
  Future<Optional<Account>> account(UserId user);

  /** The profiles of those of these accounts that exist, in no particular order. */
  Future<List<Profile>> profiles(List<UserId> users);

  /**
   * Profiles in the order of their folded names, then ids.
   *
   * @param part of a folded name or username, to be taken literally; empty for all
   * @param after where the page before ended
   */
  Future<List<Profile>> directory(String part, Optional<Place> after, int limit);

  /**
   * Forgets refresh tokens that expired before an instant, and sessions that did, at most so many
   * of each.
   *
   * @return how many went
   */
  Future<Integer> forget(Instant before, int limit);

  /**
   * An account to be.
   *
   * @param identifiers at most one of each kind
   */
  record NewAccount(UserId id, String name, List<Identifier> identifiers, Instant createdAt) {
    public NewAccount {
      identifiers = List.copyOf(identifiers);
    }

    /** The same, as its owner sees it. */
    Account account() {
      return new Account(
          id,
          name,
          shown(Identifier.Kind.USERNAME),
          shown(Identifier.Kind.EMAIL),
          shown(Identifier.Kind.PHONE_NUMBER),
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
   * @param passwordHash empty for an account that has no password
   */
  record Credentials(Account account, Optional<String> passwordHash) {}

  /**
   * @param tokenExpiresAt of the next refresh token, never after the end of the session
   */
  record Refreshed(
      Account account, SessionId session, Instant sessionExpiresAt, Instant tokenExpiresAt) {}

  /** A session that has just ended. */
  record Ended(UserId user, SessionId session) {}

  /** A place in the directory. */
  record Place(String foldedName, UserId user) {}
}
