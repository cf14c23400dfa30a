package io.parley.accounts;

import io.parley.accounts.SessionStore.Ended;
import io.parley.audit.AuditEntry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What proves that an account is somebody's, and changing it. Each method is one statement or one
 * transaction; all fail UNAVAILABLE when the store cannot be reached.
 *
 * <p>Whatever changes a password or an e-mail address kills every token that was mailed to the
 * account before. A notice, if one is asked for, is queued in the same transaction to the e-mail
 * address that the account had before, and what was done is noted in it.
 */
public interface IdentityStore {

  /** What an account is known by, and its password's hash; empty if there is no such account. */
  Future<Optional<Known>> known(UserId user);

  /** What is known of a token; empty when it never was, or was forgotten. */
  Future<Optional<Token>> token(Buffer hash);

  /**
   * Uses up a token that proves an address, which becomes the account's if it was not. Empty when
   * it is dead or expired. Fails ALREADY_EXISTS when the address has become somebody else's.
   */
  Future<Optional<Proved>> prove(Buffer hash, Instant now, Notice notice, AuditEntry entry);

  /**
   * Uses up a token, sets a password with it and ends all sessions of the account; the address that
   * the token was sent to is proved thereby. Answers the sessions; empty when it is dead or
   * expired.
   */
  Future<Optional<List<Ended>>> reset(
      Buffer hash, String passwordHash, Instant now, Notice notice, AuditEntry entry);

  /**
   * Sets another password and ends all sessions but one. Answers those; empty when the password is
   * not the known one any more.
   */
  Future<Optional<List<Ended>>> changePassword(
      UserId user,
      String known,
      String passwordHash,
      SessionId except,
      Instant now,
      Notice notice,
      AuditEntry entry);

  /**
   * Gives an account another identifier of its kind, or its first, unproved. Fails ALREADY_EXISTS
   * naming the field when it belongs to another account.
   */
  Future<Void> identify(
      UserId user, Identifier identifier, Instant now, Notice notice, AuditEntry entry);

  /** Takes an identifier away; false when it is the last one. */
  Future<Boolean> forgo(
      UserId user, Identifier.Kind kind, Instant now, Notice notice, AuditEntry entry);

  /**
   * @param passwordHash empty for an account that has no password
   * @param emailVerified whether the e-mail address was proved
   */
  record Known(List<Identifier> identifiers, Optional<String> passwordHash, boolean emailVerified) {
    public Known {
      identifiers = List.copyOf(identifiers);
    }

    Optional<Identifier> email() {
      return identifiers.stream()
          .filter(identifier -> identifier.kind() == Identifier.Kind.EMAIL)
          .findFirst();
    }
  }

  /**
   * @param alive whether it can still be used, unless it expires first
   */
  record Token(UserId user, Letter letter, boolean alive, Instant expiresAt) {}

  /** An address that was proved to be somebody's. */
  record Proved(UserId user, boolean changed) {}

  /**
   * A mail that tells of a change.
   *
   * @param id of the mail; empty: nobody is told
   * @param most so many of the same letter may have gone to the account since; then nobody is told
   */
  record Notice(Optional<UUID> id, Instant since, int most) {}
}
