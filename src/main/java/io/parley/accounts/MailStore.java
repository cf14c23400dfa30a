package io.parley.accounts;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Mails until they are sent, and a while longer so that they can be counted. Each method is one
 * statement or one transaction; all fail UNAVAILABLE when the store cannot be reached.
 */
public interface MailStore {

  /**
   * Queues a mail for an account; one of the same letter to the same address that nobody has tried
   * to send yet is forgotten. False, and nothing is queued, when the account or the address was
   * sent so many of the letter since.
   */
  Future<Boolean> queue(NewMail mail, Instant since, int most);

  /**
   * Queues a mail for whoever has an address, which is looked up when it is sent, so that this is
   * the same work for every address. False when so many wait already.
   */
  Future<Boolean> queueUnseen(UUID id, Letter letter, Identifier to, Instant now, int most);

  /**
   * Takes mails that are due, those of everybody, for one who tries to send them until an instant;
   * nobody else gets them before.
   */
  Future<List<Due>> claim(Instant now, Instant until, int limit);

  /**
   * Remembers the token that a mail is about to carry. Those of earlier mails of the same letter
   * are dead from now on, and if they were not sent yet they never will be. False, and nothing
   * changes, when a later mail has gone out already, or so many since.
   */
  Future<Boolean> issue(Due mail, Buffer token, Instant expiresAt, Instant now, Sent limit);

  /** A mail is sent. */
  Future<Void> sent(UUID mail, Instant now);

  /** A mail is to be tried again, not before an instant. */
  Future<Void> postpone(UUID mail, Instant due);

  /** A mail will never be sent. */
  Future<Void> drop(UUID mail);

  /**
   * Forgets mails that were asked for before an instant and tokens that expired before, at most so
   * many of each.
   *
   * @return how many went
   */
  Future<Integer> forget(Instant before, int limit);

  /** A mail to be, for an account, to an address that need not be the account's yet. */
  record NewMail(UUID id, UserId account, Letter letter, Identifier to, Instant at) {}

  /** How many mails of one letter may have gone to an account since. */
  record Sent(Instant since, int most) {}

  /**
   * A mail that is due.
   *
   * @param account empty when nobody has the address
   * @param to the address as its account has it, if it was looked up
   * @param attempts this one included
   */
  record Due(
      UUID id,
      Letter letter,
      Optional<UserId> account,
      Identifier to,
      String mailbox,
      Instant askedAt,
      int attempts) {

    /** Without the address. */
    @Override
    public String toString() {
      return "Due[" + id + ", " + letter + "]";
    }
  }
}
