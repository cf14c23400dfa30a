package io.parley.accounts;

import io.micrometer.core.instrument.MeterRegistry;
import io.parley.accounts.AccountStore.Credentials;
import io.parley.accounts.AccountStore.NewAccount;
import io.parley.accounts.AccountsApi.Account;
import io.parley.accounts.AccountsApi.SignedIn;
import io.parley.accounts.SessionStore.NewSession;
import io.parley.audit.Act;
import io.parley.audit.Actor;
import io.parley.audit.Journal;
import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signing up and signing in. */
public final class Accounts {
  private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);

  private final AccountStore store;
  private final Passwords passwords;
  private final Sessions sessions;
  private final Lockout lockout;
  private final Mails mails;
  private final Journal journal;
  private final Bus bus;
  private final Clock clock;
  private final Supplier<UUID> ids;
  private final MeterRegistry meters;
  private final Pauses pauses = new Pauses();

  /**
   * @param ids makes UUIDv7s
   */
  public Accounts(
      AccountStore store,
      Passwords passwords,
      Sessions sessions,
      Lockout lockout,
      Mails mails,
      Journal journal,
      Bus bus,
      Clock clock,
      Supplier<UUID> ids,
      MeterRegistry meters) {
    this.store = store;
    this.passwords = passwords;
    this.sessions = sessions;
    this.lockout = lockout;
    this.mails = mails;
    this.journal = journal;
    this.bus = bus;
    this.clock = clock;
    this.ids = ids;
    this.meters = meters;
  }

  /** Answers {@link AccountsApi#REGISTER}. */
  public Future<SignedIn> register(AccountsApi.Register request) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    NewAccount account = Newcomers.account(request, new UserId(ids.get()), now);
    Passwords.requireGood(request.password(), account.identifiers());
    Sessions.Opening opening = sessions.opening(account.id(), request.device(), request.address());
    return passwords
        .hash(request.password())
        .compose(hash -> store.register(account, hash, opening.session()))
        .onSuccess(registered -> announce(account))
        .onSuccess(registered -> note(Act.REGISTERED, opening, request.address()))
        .onSuccess(registered -> lockout.trust(account.account(), request.address()))
        .compose(registered -> mails.greet(account.id(), account.email()))
        .map(registered -> sessions.begun(account.account(), opening));
  }

  /** Answers {@link AccountsApi#LOGIN}. */
  public Future<SignedIn> login(AccountsApi.Login request) {
    Passwords.requireHashable(request.password());
    return admit(request)
        .compose(
            signedIn -> signedIn.isPresent() ? Future.succeededFuture(signedIn) : admit(request))
        .map(signedIn -> signedIn.orElseThrow(Accounts::wrong))
        .onFailure(cause -> paused(request, Failure.from(cause)));
  }

  /** Each pause is noted once, and with whose account it is about if it is anybody's. */
  private void paused(AccountsApi.Login request, Failure failure) {
    String account = Lockout.word(request.identifier());
    String address = Lockout.place(request.address());
    if (pauses.begins(account, address, failure, clock.instant())) {
      Identifier.typed(request.identifier())
          .map(store::credentials)
          .orElse(Future.succeededFuture(Optional.empty()))
          .otherwise(Optional.empty())
          .map(known -> known.map(each -> each.account().id().value()))
          .map(subject -> journal.entry(Act.SIGN_IN_PAUSED, Actor.STRANGER, subject))
          .onSuccess(entry -> journal.note(entry.from(request.address())));
    }
  }

  private void note(Act act, Sessions.Opening opening, Optional<String> address) {
    NewSession session = opening.session();
    journal.note(
        journal.own(act, session.user().value()).with("session", session.id()).from(address));
  }

  /**
   * Empty when the password was right and is another one by now; or hashed anew, since another
   * sign-in came first.
   */
  private Future<Optional<SignedIn>> admit(AccountsApi.Login request) {
    return lockout
        .guard(request.identifier(), request.address(), () -> prove(request))
        .onSuccess(proved -> lockout.trust(proved.account(), request.address()))
        .compose(proved -> open(proved, request));
  }

  /**
   * A password that was right.
   *
   * @param hashes what the account has in its place, then or a moment later
   */
  private record Proved(Account account, Set<String> hashes) {}

  private Future<Proved> prove(AccountsApi.Login request) {
    return Identifier.typed(request.identifier())
        .map(store::credentials)
        .orElse(Future.succeededFuture(Optional.empty()))
        .compose(known -> prove(known, request.password()));
  }

  /** Compares with something in every case, so that time does not tell who has an account. */
  private Future<Proved> prove(Optional<Credentials> known, Password password) {
    Optional<String> hash = known.flatMap(Credentials::passwordHash);
    return passwords
        .verify(password, hash)
        .compose(verdict -> strengthen(known, hash, verdict))
        .map(verdict -> proved(known, verdict).orElseThrow(() -> refused(known)));
  }

  private static Optional<Proved> proved(Optional<Credentials> known, Passwords.Verdict verdict) {
    return known
        .filter(credentials -> verdict.matches())
        .map(
            credentials ->
                new Proved(
                    credentials.account(),
                    Stream.of(credentials.passwordHash(), verdict.better())
                        .flatMap(Optional::stream)
                        .collect(Collectors.toUnmodifiableSet())));
  }

  /** A better hash is welcome, but nobody is turned away for want of it. */
  private Future<Passwords.Verdict> strengthen(
      Optional<Credentials> known, Optional<String> hash, Passwords.Verdict verdict) {
    if (known.isEmpty() || hash.isEmpty() || verdict.better().isEmpty()) {
      return Future.succeededFuture(verdict);
    }
    UserId user = known.get().account().id();
    return store
        .replaceHash(user, hash.get(), verdict.better().get())
        .recover(cause -> postponed(user, cause))
        .map(done -> verdict);
  }

  private Future<Optional<SignedIn>> open(Proved proved, AccountsApi.Login request) {
    Account account = proved.account();
    Sessions.Opening opening = sessions.opening(account.id(), request.device(), request.address());
    return sessions
        .open(opening, proved.hashes())
        .map(begun -> Optional.of(begun).filter(yes -> yes))
        .onSuccess(begun -> begun.ifPresent(yes -> note(Act.SIGNED_IN, opening, request.address())))
        .map(begun -> begun.map(yes -> sessions.begun(account, opening)));
  }

  private void announce(NewAccount account) {
    bus.announce(AccountsApi.REGISTERED, new AccountsApi.Registered(account.id(), account.name()));
  }

  private Failure refused(Optional<Credentials> known) {
    AuthFailures.count(meters, known.isPresent() ? "password" : "unknown");
    return wrong();
  }

  private static Failure wrong() {
    return Failure.of(Reason.UNAUTHENTICATED, "these credentials are not right");
  }

  private static Future<Void> postponed(UserId user, Throwable cause) {
    LOG.warn("the password hash of {} stays as it is until the next login", user, cause);
    return Future.succeededFuture();
  }
}
