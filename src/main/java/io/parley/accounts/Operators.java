package io.parley.accounts;

import io.parley.accounts.AccountStore.NewAccount;
import io.parley.accounts.IdentityStore.Known;
import io.parley.accounts.IdentityStore.Notice;
import io.parley.accounts.SessionStore.Ended;
import io.parley.audit.Act;
import io.parley.audit.Actor;
import io.parley.audit.AuditEntry;
import io.parley.audit.Journal;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What only those do who may reach the stores: make accounts of any role, and give a password to
 * whoever has lost theirs. By the same rules as everybody else chooses a name and a password.
 */
public final class Operators {
  private static final Duration PERIOD = Duration.ofHours(1);
  private static final int PER_PERIOD = 5;

  private final OperatorStore store;
  private final IdentityStore identity;
  private final Passwords passwords;
  private final Letters letters;
  private final boolean mailsAreSent;
  private final Journal journal;
  private final Clock clock;
  private final Supplier<UUID> ids;
  private final SecureRandom random;

  /**
   * @param mailsAreSent whether nodes of this server send what is queued
   * @param ids makes UUIDv7s
   */
  public Operators(
      OperatorStore store,
      IdentityStore identity,
      Passwords passwords,
      Letters letters,
      boolean mailsAreSent,
      Journal journal,
      Clock clock,
      Supplier<UUID> ids,
      SecureRandom random) {
    this.store = store;
    this.identity = identity;
    this.passwords = passwords;
    this.letters = letters;
    this.mailsAreSent = mailsAreSent;
    this.journal = journal;
    this.clock = clock;
    this.ids = ids;
    this.random = random;
  }

  /** Whose account is known by an id or an identifier. Fails NOT_FOUND. */
  public Future<UserId> find(String known) {
    return store
        .find(id(known), Identifier.typed(known))
        .map(found -> found.orElseThrow(() -> missing(known)));
  }

  private static Optional<UserId> id(String text) {
    try {
      return Optional.of(UserId.fromString(text));
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  /** Makes an account. Fails INVALID naming the field, ALREADY_EXISTS. */
  public Future<UserId> create(Actor by, AccountsApi.Register request, Role role) {
    NewAccount account = Newcomers.account(request, new UserId(ids.get()), now());
    Passwords.requireGood(request.password(), account.identifiers());
    UUID id = account.id().value();
    List<AuditEntry> entries = new ArrayList<>();
    entries.add(journal.entry(Act.REGISTERED, by, id));
    if (role != Role.USER) {
      entries.add(
          journal
              .entry(Act.ROLE_CHANGED, by, id)
              .with("from", Role.USER.word())
              .with("to", role.word()));
    }
    return passwords
        .hash(request.password())
        .compose(hash -> store.create(account, hash, role, entries))
        .map(made -> account.id());
  }

  /**
   * A link with which to choose a new password, once and soon. Fails INVALID when nobody knows
   * where this server is, CONFLICT for an account that may not sign in.
   */
  public Future<String> resetLink(Actor by, UserId user) {
    letters.requireHome();
    Instant now = now();
    MailToken token = MailToken.fresh(random);
    AuditEntry entry = journal.entry(Act.RESET_ASKED, by, user.value());
    return store
        .issueReset(user, token.hash(), ids.get(), now.plus(Letter.RESET.life()), now, entry)
        .map(issued -> requireEnabled(issued, letters.resetLink(token)));
  }

  private static String requireEnabled(boolean issued, String link) {
    if (!issued) {
      throw Failure.of(Reason.CONFLICT, "this account may not sign in; enable it first");
    }
    return link;
  }

  /**
   * Sets a password and ends all sessions; answers how many. Fails INVALID for one that is too
   * easy, NOT_FOUND.
   */
  public Future<Integer> setPassword(Actor by, UserId user, Password password) {
    Passwords.requireHashable(password);
    AuditEntry entry = journal.entry(Act.PASSWORD_RESET, by, user.value());
    return identity
        .known(user)
        .map(known -> known.map(Known::identifiers).orElseThrow(() -> missing("id")))
        .map(
            identifiers -> {
              Passwords.requireGood(password, identifiers);
              return password;
            })
        .compose(passwords::hash)
        .compose(hash -> store.setPassword(user, hash, now(), notice(), entry))
        .map(List<Ended>::size);
  }

  private Notice notice() {
    Optional<UUID> mail = mailsAreSent ? Optional.of(ids.get()) : Optional.empty();
    return new Notice(mail, now().minus(PERIOD), PER_PERIOD);
  }

  private static Failure missing(String known) {
    return Failure.of(Reason.NOT_FOUND, "there is no account " + known);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
