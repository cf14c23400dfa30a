package io.parley.accounts;

import io.micrometer.core.instrument.MeterRegistry;
import io.parley.accounts.AccountStore.Credentials;
import io.parley.accounts.AccountStore.NewAccount;
import io.parley.accounts.AccountsApi.SignedIn;
import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signing up and signing in. */
public final class Accounts {
  private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);
  private static final int NAME_MAX = 64;

  private final AccountStore store;
  private final Passwords passwords;
  private final Sessions sessions;
  private final Lockout lockout;
  private final Mails mails;
  private final Bus bus;
  private final Clock clock;
  private final Supplier<UUID> ids;
  private final MeterRegistry meters;

  /**
   * @param ids makes UUIDv7s
   */
  public Accounts(
      AccountStore store,
      Passwords passwords,
      Sessions sessions,
      Lockout lockout,
      Mails mails,
      Bus bus,
      Clock clock,
      Supplier<UUID> ids,
      MeterRegistry meters) {
    this.store = store;
    this.passwords = passwords;
    this.sessions = sessions;
    this.lockout = lockout;
    this.mails = mails;
    this.bus = bus;
    this.clock = clock;
    this.ids = ids;
    this.meters = meters;
  }

  /** Answers {@link AccountsApi#REGISTER}. */
  public Future<SignedIn> register(AccountsApi.Register request) {
    NewAccount account = account(request);
    Passwords.requireGood(request.password(), account.identifiers());
    Sessions.Opening opening = sessions.opening(account.id(), request.device(), request.address());
    return passwords
        .hash(request.password())
        .compose(hash -> store.register(account, hash, opening.session()))
        .onSuccess(registered -> announce(account))
        .onSuccess(registered -> lockout.trust(account.account(), request.address()))
        .compose(registered -> mails.greet(account.id(), account.email()))
        .map(registered -> sessions.begun(account.account(), opening));
  }

  /** Answers {@link AccountsApi#LOGIN}. */
  public Future<SignedIn> login(AccountsApi.Login request) {
    Passwords.requireHashable(request.password());
    return lockout
        .guard(request.identifier(), request.address(), () -> prove(request))
        .onSuccess(known -> lockout.trust(known.account(), request.address()))
        .compose(known -> open(known, request));
  }

  private Future<Credentials> prove(AccountsApi.Login request) {
    return Identifier.typed(request.identifier())
        .map(store::credentials)
        .orElse(Future.succeededFuture(Optional.empty()))
        .compose(known -> prove(known, request.password()));
  }

  /** Compares with something in every case, so that time does not tell who has an account. */
  private Future<Credentials> prove(Optional<Credentials> known, Password password) {
    Optional<String> hash = known.flatMap(Credentials::passwordHash);
    return passwords
        .verify(password, hash)
        .compose(verdict -> strengthen(known, hash, verdict))
        .map(verdict -> known.filter(credentials -> verdict.matches()))
        .map(proved -> proved.orElseThrow(() -> refused(known)));
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

  private Future<SignedIn> open(Credentials known, AccountsApi.Login request) {
    Sessions.Opening opening =
        sessions.opening(known.account().id(), request.device(), request.address());
    return sessions.open(opening).map(begun -> sessions.begun(known.account(), opening));
  }

  private NewAccount account(AccountsApi.Register request) {
    UserId id = new UserId(ids.get());
    List<Identifier> identifiers = new ArrayList<>();
    request.email().map(Identifier::email).ifPresent(identifiers::add);
    request.phoneNumber().map(Identifier::phoneNumber).ifPresent(identifiers::add);
    request.username().map(Identifier::username).ifPresent(identifiers::add);
    if (identifiers.isEmpty()) {
      throw Failure.invalid("username", "is missing: give a username, an email or a phoneNumber");
    }
    String name =
        request
            .name()
            .map(given -> Names.shown("name", given, NAME_MAX))
            .orElseGet(() -> nameOf(id, identifiers));
    return new NewAccount(id, name, identifiers, clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  /** A phone number is nobody else's business, so it never becomes a name. */
  private static String nameOf(UserId id, List<Identifier> identifiers) {
    return shown(identifiers, Identifier.Kind.USERNAME)
        .or(() -> shown(identifiers, Identifier.Kind.EMAIL).map(Accounts::localPart))
        .orElseGet(() -> "user-" + id.toString().substring(id.toString().length() - 6));
  }

  private static Optional<String> shown(List<Identifier> identifiers, Identifier.Kind kind) {
    return identifiers.stream()
        .filter(identifier -> identifier.kind() == kind)
        .map(Identifier::shown)
        .findFirst();
  }

  private static String localPart(String email) {
    return email.substring(0, email.lastIndexOf('@'));
  }

  private void announce(NewAccount account) {
    bus.announce(AccountsApi.REGISTERED, new AccountsApi.Registered(account.id(), account.name()));
  }

  private Failure refused(Optional<Credentials> known) {
    AuthFailures.count(meters, known.isPresent() ? "password" : "unknown");
    return Failure.of(Reason.UNAUTHENTICATED, "these credentials are not right");
  }

  private static Future<Void> postponed(UserId user, Throwable cause) {
    LOG.warn("the password hash of {} stays as it is until the next login", user, cause);
    return Future.succeededFuture();
  }
}
