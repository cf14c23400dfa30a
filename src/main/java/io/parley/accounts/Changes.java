package io.parley.accounts;

import io.micrometer.core.instrument.MeterRegistry;
import io.parley.accounts.AccountsApi.Done;
import io.parley.accounts.IdentityApi.Changed;
import io.parley.accounts.IdentityStore.Known;
import io.parley.accounts.SessionStore.Ended;
import io.parley.audit.Act;
import io.parley.audit.AuditEntry;
import io.parley.audit.Journal;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What the owner of an account may change who knows its password: a stolen access token alone
 * changes nothing.
 */
public final class Changes {
  private final IdentityStore store;
  private final AccountStore accounts;
  private final Mails mails;
  private final Passwords passwords;
  private final Lockout lockout;
  private final Endings endings;
  private final Journal journal;
  private final Clock clock;
  private final MeterRegistry meters;
  private final Pauses pauses = new Pauses();

  public Changes(
      IdentityStore store,
      AccountStore accounts,
      Mails mails,
      Passwords passwords,
      Lockout lockout,
      Endings endings,
      Journal journal,
      Clock clock,
      MeterRegistry meters) {
    this.store = store;
    this.accounts = accounts;
    this.mails = mails;
    this.passwords = passwords;
    this.lockout = lockout;
    this.endings = endings;
    this.journal = journal;
    this.clock = clock;
    this.meters = meters;
  }

  /** Answers {@link IdentityApi#CHANGE_PASSWORD}. */
  public Future<Done> changePassword(IdentityApi.ChangePassword request) {
    Passwords.requireHashable(request.password());
    return proved(request.user(), request.current(), "current", request.address())
        .compose(known -> change(request, known))
        .map(
            ended ->
                ended.orElseThrow(
                    () -> Failure.of(Reason.CONFLICT, "the password is being changed elsewhere")))
        .onSuccess(ended -> ended.forEach(endings::announce))
        .onSuccess(ended -> mails.wake())
        .map(ended -> new Done());
  }

  private Future<Optional<List<Ended>>> change(IdentityApi.ChangePassword request, Known known) {
    Passwords.requireGood(request.password(), known.identifiers());
    return passwords
        .hash(request.password())
        .compose(
            hash ->
                store.changePassword(
                    request.user(),
                    known.passwordHash().orElseThrow(),
                    hash,
                    request.session(),
                    now(),
                    mails.notice(),
                    journal
                        .own(Act.PASSWORD_CHANGED, request.user().value())
                        .from(request.address())));
  }

  /** Answers {@link IdentityApi#CHANGE_IDENTIFIER}. */
  public Future<Changed> changeIdentifier(IdentityApi.ChangeIdentifier request) {
    Optional<Identifier> wanted =
        request.value().map(value -> Identifier.of(request.kind(), value));
    return proved(request.user(), request.password(), "password", request.address())
        .compose(
            known ->
                wanted.isPresent()
                    ? identify(request, wanted.get(), known)
                    : forgo(request).map(Optional.<String>empty()))
        .onSuccess(pending -> mails.wake())
        .compose(pending -> changed(request.user(), pending));
  }

  /** Answers with what has yet to be proved. */
  private Future<Optional<String>> identify(
      IdentityApi.ChangeIdentifier request, Identifier wanted, Known known) {
    UserId user = request.user();
    if (known.identifiers().contains(wanted)) {
      return Future.succeededFuture(Optional.empty());
    }
    if (wanted.kind() == Identifier.Kind.EMAIL && mails.areSent()) {
      return mails.verify(user, wanted).map(Optional.of(wanted.shown()));
    }
    return store
        .identify(user, wanted, now(), mails.notice(), entry(request))
        .map(Optional.empty());
  }

  private AuditEntry entry(IdentityApi.ChangeIdentifier request) {
    return journal
        .own(Act.IDENTIFIER_CHANGED, request.user().value())
        .with("kind", request.kind().field())
        .from(request.address());
  }

  private Future<Void> forgo(IdentityApi.ChangeIdentifier request) {
    return store
        .forgo(request.user(), request.kind(), now(), mails.notice(), entry(request))
        .compose(
            gone ->
                gone
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        Failure.of(
                            Reason.CONFLICT, "nothing would be left to know this account by")));
  }

  private Future<Changed> changed(UserId user, Optional<String> pending) {
    return accounts
        .account(user)
        .map(account -> account.orElseThrow(Changes::missing))
        .map(account -> new Changed(account, pending));
  }

  /**
   * Fails INVALID naming the field when the password is not the account's. Whoever holds a stolen
   * token guesses no faster than at the door.
   */
  private Future<Known> proved(
      UserId user, Password password, String field, Optional<String> address) {
    Passwords.requireHashable(password);
    return lockout
        .guard(user, () -> prove(user, password))
        .onFailure(cause -> pauses.note(journal, user, address, cause, clock.instant()))
        .recover(cause -> Future.failedFuture(refused(cause, field)));
  }

  private Future<Known> prove(UserId user, Password password) {
    return store
        .known(user)
        .map(known -> known.orElseThrow(Changes::missing))
        .compose(
            known ->
                passwords
                    .verify(password, known.passwordHash())
                    .map(verdict -> requireMatch(verdict, known)));
  }

  private Known requireMatch(Passwords.Verdict verdict, Known known) {
    if (!verdict.matches()) {
      AuthFailures.count(meters, "password");
      throw Failure.of(Reason.UNAUTHENTICATED, "the password is not right");
    }
    return known;
  }

  /** They are signed in, so it is not for want of that. */
  private static Failure refused(Throwable cause, String field) {
    Failure failure = Failure.from(cause);
    return failure.reason() == Reason.UNAUTHENTICATED
        ? Failure.invalid(field, "wrong", "is not your password")
        : failure;
  }

  private static Failure missing() {
    return Failure.of(Reason.NOT_FOUND, "there is no such account");
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
