package io.parley.contacts;

import io.parley.accounts.UserId;
import io.parley.bus.Contract;
import io.parley.bus.Endpoint;
import io.parley.bus.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What may be asked of contacts and blocks.
 *
 * <p>The user in every request is the caller, checked by the edge.
 */
public interface ContactsApi {

  /**
   * Adds somebody, or changes what the caller calls them; they are not told. Fails NOT_FOUND,
   * INVALID, TOO_LARGE when there are too many already.
   */
  Endpoint<Add, Contact> ADD = new Endpoint<>("contacts.add", Add.class, Contact.class);

  /** Takes somebody out; twice is no error. */
  Endpoint<Remove, Done> REMOVE = new Endpoint<>("contacts.remove", Remove.class, Done.class);

  /** The caller's contacts, by the names they are shown under, paged. Fails INVALID. */
  Endpoint<ListContacts, ContactPage> LIST =
      new Endpoint<>("contacts.list", ListContacts.class, ContactPage.class);

  /**
   * From now on neither of the two opens a direct room with the other, and within five seconds
   * nobody writes into the one there is. Blocking twice is no error. Fails as {@link #ADD}.
   */
  Endpoint<Block, Done> BLOCK = new Endpoint<>("contacts.block", Block.class, Done.class);

  /** Takes a block back; twice is no error. */
  Endpoint<Unblock, Done> UNBLOCK = new Endpoint<>("contacts.unblock", Unblock.class, Done.class);

  /** Whom the caller has blocked, by name, paged. Fails INVALID. */
  Endpoint<ListBlocked, BlockedPage> BLOCKED =
      new Endpoint<>("contacts.blocked", ListBlocked.class, BlockedPage.class);

  /** Whether one of two people has blocked the other; for rooms. */
  Endpoint<Between, Found> BETWEEN = new Endpoint<>("contacts.between", Between.class, Found.class);

  /**
   * Something has changed between two people. A hint: whoever remembers what it decides reads the
   * changes every two seconds anyway.
   */
  Topic<Changed> CHANGED = new Topic<>("contacts.changed", Changed.class);

  Contract CONTRACT = Contract.of(ContactsApi.class);

  /**
   * @param name what the caller calls them; without it they go by their own
   */
  record Add(UserId user, UserId person, Optional<String> name) {}

  record Remove(UserId user, UserId person) {}

  record ListContacts(UserId user, Optional<String> after, int limit) {}

  record ContactPage(List<Contact> contacts, Optional<String> next) {}

  /**
   * @param name what they call themselves
   * @param contactName what the owner calls them
   */
  record Contact(
      UserId id,
      String name,
      Optional<String> username,
      Optional<String> contactName,
      Instant addedAt) {}

  record Block(UserId user, UserId person) {}

  record Unblock(UserId user, UserId person) {}

  record ListBlocked(UserId user, Optional<String> after, int limit) {}

  record BlockedPage(List<Blocked> blocked, Optional<String> next) {}

  record Blocked(UserId id, String name, Optional<String> username, Instant blockedAt) {}

  record Between(UserId one, UserId other) {}

  record Found(boolean blocked) {}

  record Changed(UserId one, UserId other) {}

  record Done() {}
}
