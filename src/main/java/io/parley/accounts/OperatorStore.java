package io.parley.accounts;

import io.parley.accounts.AccountStore.NewAccount;
import io.parley.accounts.IdentityStore.Notice;
import io.parley.accounts.SessionStore.Ended;
import io.parley.audit.AuditEntry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What those need remembered who work beside the stores. Each method is one statement or one
 * transaction, in which what was done is noted; all fail UNAVAILABLE when the store cannot be
 * reached.
 */
public interface OperatorStore {

  /** Whose account has this id, or is known by this; empty when it is being deleted. */
  Future<Optional<UserId>> find(Optional<UserId> id, Optional<Identifier> known);

  /** Remembers an account without a session. Fails ALREADY_EXISTS naming the field. */
  Future<Void> create(NewAccount account, String passwordHash, Role role, List<AuditEntry> entries);

  /**
   * Remembers a token with which to choose a new password, in place of those before; it proves no
   * address. False for an account that may not sign in, or is none.
   *
   * @param mail what stands for the mail that it would have come with
   */
  Future<Boolean> issueReset(
      UserId user, Buffer token, UUID mail, Instant expiresAt, Instant now, AuditEntry entry);

  /** Sets a password, kills all tokens and ends all sessions. Fails NOT_FOUND. */
  Future<List<Ended>> setPassword(
      UserId user, String passwordHash, Instant now, Notice notice, AuditEntry entry);
}
