package io.parley.accounts;

import io.parley.accounts.AccountsApi.Done;
import io.parley.accounts.IdentityStore.Known;
import io.parley.accounts.IdentityStore.Token;
import io.parley.accounts.SessionStore.Ended;
import io.parley.audit.Act;
import io.parley.audit.AuditEntry;
import io.parley.audit.Journal;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** What can be done with the secret in a mail: prove an address, or choose a new password. */
public final class Recovery {
  private final IdentityStore store;
  private final Mails mails;
  private final Passwords passwords;
  private final Endings endings;
  private final Journal journal;
  private final Clock clock;

  public Recovery(
      IdentityStore store,
      Mails mails,
      Passwords passwords,
      Endings endings,
      Journal journal,
      Clock clock) {
    this.store = store;
    this.mails = mails;
    this.passwords = passwords;
    this.endings = endings;
    this.journal = journal;
    this.clock = clock;
  }

  /** Answers {@link IdentityApi#VERIFY_EMAIL}. */
  public Future<Done> verifyEmail(IdentityApi.VerifyEmail request) {
    Instant now = now();
    return token(request.token(), Letter.VERIFY, now)
        .compose(
            good ->
                store.prove(
                    good.hash(),
                    now,
                    mails.notice(),
                    journal.own(Act.EMAIL_VERIFIED, good.user().value())))
        .map(proved -> proved.orElseThrow(Recovery::gone))
        .onSuccess(proved -> mails.wake())
        .map(proved -> new Done());
  }

  /** Answers {@link IdentityApi#RESEND}. */
  public Future<Done> resend(IdentityApi.Resend request) {
    return store
        .known(request.user())
        .map(known -> known.flatMap(Recovery::unproved))
        .map(
            email ->
                email.orElseThrow(
                    () -> Failure.of(Reason.CONFLICT, "there is no e-mail address to verify")))
        .compose(email -> mails.verify(request.user(), email))
        .map(queued -> new Done());
  }

  /** Answers {@link IdentityApi#ASK_RESET}. */
  public Future<Done> askReset(IdentityApi.AskReset request) {
    return mails.reset(Identifier.email(request.email())).map(queued -> new Done());
  }

  /** Answers {@link IdentityApi#RESET}. Nothing is hashed for a token that is not good. */
  public Future<Done> reset(IdentityApi.Reset request) {
    Instant now = now();
    Passwords.requireHashable(request.password());
    return token(request.token(), Letter.RESET, now)
        .compose(good -> requireGood(good, request.password()))
        .compose(
            good ->
                passwords
                    .hash(request.password())
                    .compose(hash -> reset(good, hash, now, request.address())))
        .map(ended -> ended.orElseThrow(Recovery::gone))
        .onSuccess(ended -> ended.forEach(endings::announce))
        .onSuccess(ended -> mails.wake())
        .map(ended -> new Done());
  }

  private Future<Optional<List<Ended>>> reset(
      Good good, String hash, Instant now, Optional<String> address) {
    AuditEntry entry = journal.own(Act.PASSWORD_RESET, good.user().value()).from(address);
    return store.reset(good.hash(), hash, now, mails.notice(), entry);
  }

  private Future<Good> requireGood(Good good, Password password) {
    return store
        .known(good.user())
        .map(known -> known.map(Known::identifiers).orElseThrow(Recovery::gone))
        .map(
            identifiers -> {
              Passwords.requireGood(password, identifiers);
              return good;
            });
  }

  /** A token that can be used, unless somebody else does first. */
  private record Good(UserId user, Buffer hash) {}

  private Future<Good> token(String text, Letter letter, Instant now) {
    Optional<Buffer> hash = MailToken.parse(text).map(MailToken::hash);
    if (hash.isEmpty()) {
      return Future.failedFuture(unknown());
    }
    return store
        .token(hash.get())
        .map(known -> known.filter(token -> token.letter() == letter))
        .map(known -> known.orElseThrow(Recovery::unknown))
        .map(token -> new Good(requireAlive(token, now).user(), hash.get()));
  }

  private static Token requireAlive(Token token, Instant now) {
    if (!token.alive() || !token.expiresAt().isAfter(now)) {
      throw gone();
    }
    return token;
  }

  private static Optional<Identifier> unproved(Known known) {
    return known.email().filter(email -> !known.emailVerified());
  }

  private static Failure unknown() {
    return Failure.invalid("token", "is not one that this server has sent for this");
  }

  private static Failure gone() {
    return Failure.of(Reason.GONE, "this link was used, replaced or has expired; ask for another");
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
