package io.parley.contacts;

import io.parley.accounts.PersonName;
import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.config.ContactsConfig;
import io.parley.contacts.ContactsApi.Blocked;
import io.parley.contacts.ContactsApi.BlockedPage;
import io.parley.contacts.ContactsApi.Changed;
import io.parley.contacts.ContactsApi.Contact;
import io.parley.contacts.ContactsApi.ContactPage;
import io.parley.contacts.ContactsApi.Done;
import io.parley.contacts.ContactsApi.Found;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The rules of knowing people, and of wanting nothing of them. */
final class Contacts {
  private static final int PAGE_MAX = 500;
  private static final int FORGOTTEN_AT_ONCE = 2_000;

  /** Far longer than anybody who heeds changes looks back. */
  private static final Duration HEEDED = Duration.ofHours(1);

  private final ContactStore store;
  private final Bus bus;
  private final Clock clock;
  private final ContactsConfig config;

  Contacts(ContactStore store, Bus bus, Clock clock, ContactsConfig config) {
    this.store = store;
    this.bus = bus;
    this.clock = clock;
    this.config = config;
  }

  Future<Contact> add(ContactsApi.Add add) {
    refuseOneself(add.user(), add.person());
    Optional<PersonName> name = add.name().map(typed -> PersonName.parse("name", typed));
    return store
        .add(add.user(), add.person(), name, config.maxContacts(), now())
        .map(added -> added.orElseThrow(Contacts::notFound))
        .onSuccess(added -> changed(add.user(), add.person()));
  }

  Future<Done> remove(ContactsApi.Remove remove) {
    return store
        .remove(remove.user(), remove.person())
        .map(gone -> changed(remove.user(), remove.person()));
  }

  Future<ContactPage> list(ContactsApi.ListContacts list) {
    int limit = limit(list.limit());
    return store
        .contacts(list.user(), ContactCursor.position(list.after()), limit + 1)
        .map(found -> page(found, limit));
  }

  Future<Done> block(ContactsApi.Block block) {
    refuseOneself(block.user(), block.person());
    return store
        .block(block.user(), block.person(), config.maxBlocks(), now())
        .map(
            there -> {
              if (!there) {
                throw notFound();
              }
              return changed(block.user(), block.person());
            });
  }

  Future<Done> unblock(ContactsApi.Unblock unblock) {
    return store
        .unblock(unblock.user(), unblock.person())
        .map(gone -> changed(unblock.user(), unblock.person()));
  }

  Future<BlockedPage> blocked(ContactsApi.ListBlocked list) {
    int limit = limit(list.limit());
    return store
        .blocked(list.user(), ContactCursor.position(list.after()), limit + 1)
        .map(found -> blockedPage(found, limit));
  }

  Future<Found> between(ContactsApi.Between between) {
    return store.between(between.one(), between.other()).map(Found::new);
  }

  /** Forgets what everybody has heeded, in steps that no statement's time limit cuts short. */
  Future<Void> forget() {
    return store
        .forget(now().minus(HEEDED), FORGOTTEN_AT_ONCE)
        .compose(gone -> gone < FORGOTTEN_AT_ONCE ? Future.succeededFuture() : forget());
  }

  private Done changed(UserId one, UserId other) {
    bus.announce(ContactsApi.CHANGED, new Changed(one, other));
    return new Done();
  }

  private static ContactPage page(List<Contact> found, int limit) {
    if (found.size() <= limit) {
      return new ContactPage(found, Optional.empty());
    }
    Contact last = found.get(limit - 1);
    String shown = last.contactName().orElse(last.name());
    return new ContactPage(
        List.copyOf(found.subList(0, limit)), Optional.of(ContactCursor.of(shown, last.id())));
  }

  private static BlockedPage blockedPage(List<Blocked> found, int limit) {
    if (found.size() <= limit) {
      return new BlockedPage(found, Optional.empty());
    }
    Blocked last = found.get(limit - 1);
    return new BlockedPage(
        List.copyOf(found.subList(0, limit)),
        Optional.of(ContactCursor.of(last.name(), last.id())));
  }

  private static void refuseOneself(UserId user, UserId person) {
    if (user.equals(person)) {
      throw Failure.invalid("user", "must be somebody else");
    }
  }

  private static Failure notFound() {
    return Failure.of(Reason.NOT_FOUND, "there is no such user");
  }

  private static int limit(int asked) {
    return Math.max(1, Math.min(PAGE_MAX, asked));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
