package io.parley.contacts;

import io.parley.accounts.PersonName;
import io.parley.accounts.UserId;
import io.parley.contacts.ContactsApi.Blocked;
import io.parley.contacts.ContactsApi.Contact;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What contacts and blocks need remembered. Each method is one statement or one transaction; all
 * fail UNAVAILABLE when the store cannot be reached. Accounts that are being deleted are none.
 */
public interface ContactStore {

  /**
   * Adds somebody, or renames them; empty if there is no such person. Fails TOO_LARGE when it would
   * be one more than so many.
   */
  Future<Optional<Contact>> add(
      UserId owner, UserId person, Optional<PersonName> name, int most, Instant now);

  Future<Void> remove(UserId owner, UserId person);

  /** By folded name, then id. */
  Future<List<Contact>> contacts(UserId owner, Position after, int limit);

  /**
   * Blocks somebody, and notes for their direct room that something has changed; false if there is
   * no such person. Fails TOO_LARGE as above.
   */
  Future<Boolean> block(UserId blocker, UserId person, int most, Instant now);

  /** Takes a block back, and notes it in the same way; nothing where there is none. */
  Future<Void> unblock(UserId blocker, UserId person);

  /** By folded name, then id. */
  Future<List<Blocked>> blocked(UserId blocker, Position after, int limit);

  /** Whether one of these has blocked the other. */
  Future<Boolean> between(UserId one, UserId other);

  /**
   * Forgets changes between pairs that were noted longer ago, at most so many.
   *
   * @return how many went
   */
  Future<Integer> forget(Instant before, int limit);

  /** Where a page ended. */
  record Position(String foldedName, UserId user) {
    /** Before the first. */
    public static final Position START = new Position("", UserId.SYSTEM);
  }
}
