package io.parley.accounts;

import io.parley.accounts.IdentityStore.Notice;
import io.parley.accounts.MailStore.NewMail;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is written to whom, and how often. Nobody waits for a mail to be sent: it is queued, and
 * goes out by and by. A server that sends no mails writes none.
 */
public final class Mails {
  /** Of one letter an account gets so many mails in so long, and so does an address. */
  static final int PER_PERIOD = 5;

  static final Duration PERIOD = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(Mails.class);
  private static final Duration KEPT = Duration.ofDays(7);
  private static final int WAITING_MAX = 10_000;
  private static final int FORGOTTEN_AT_ONCE = 2_000;
  private static final int RETRY_AFTER_MS = 10_000;

  private final MailStore store;
  private final Optional<Postman> postman;
  private final Clock clock;
  private final Supplier<UUID> ids;

  /**
   * @param postman empty where no mails are sent
   */
  public Mails(MailStore store, Optional<Postman> postman, Clock clock, Supplier<UUID> ids) {
    this.store = store;
    this.postman = postman;
    this.clock = clock;
    this.ids = ids;
  }

  /** Whether this server sends mails. */
  boolean areSent() {
    return postman.isPresent();
  }

  /** Asks whoever is new to prove their address; without it they are as welcome. */
  Future<Void> greet(UserId user, Optional<Identifier> email) {
    return email.isEmpty() || !areSent()
        ? Future.succeededFuture()
        : verify(user, email.get()).recover(cause -> later(user, cause));
  }

  private static Future<Void> later(UserId user, Throwable cause) {
    LOG.warn("{} is not asked to verify an address until they want to", user, cause);
    return Future.succeededFuture();
  }

  /** Writes to an address so that a user can prove it. Fails FORBIDDEN, RATE_LIMITED. */
  Future<Void> verify(UserId user, Identifier email) {
    requireSent();
    NewMail mail = new NewMail(ids.get(), user, Letter.VERIFY, email, now());
    return store
        .queue(mail, mail.at().minus(PERIOD), PER_PERIOD)
        .compose(queued -> queued ? Future.<Void>succeededFuture() : tooMany())
        .onSuccess(queued -> wake());
  }

  /** Writes to whoever has an address, if anybody. Fails FORBIDDEN, OVERLOADED. */
  Future<Void> reset(Identifier email) {
    requireSent();
    return store
        .queueUnseen(ids.get(), Letter.RESET, email, now(), WAITING_MAX)
        .compose(queued -> queued ? Future.<Void>succeededFuture() : overloaded())
        .onSuccess(queued -> wake());
  }

  /** What tells somebody of a change, where mails are sent. */
  Notice notice() {
    return new Notice(
        areSent() ? Optional.of(ids.get()) : Optional.empty(), now().minus(PERIOD), PER_PERIOD);
  }

  /** Sends what is due, soon. */
  void wake() {
    postman.ifPresent(
        each -> each.round().onFailure(cause -> LOG.warn("mails wait for the next round", cause)));
  }

  /** Forgets what can no longer matter, in steps that no statement's time limit cuts short. */
  Future<Void> forget() {
    return store
        .forget(now().minus(KEPT), FORGOTTEN_AT_ONCE)
        .compose(gone -> gone < FORGOTTEN_AT_ONCE ? Future.succeededFuture() : forget());
  }

  /** The same for everybody, whoever has an account. */
  private void requireSent() {
    if (!areSent()) {
      throw Failure.of(
          Reason.FORBIDDEN, "this server sends no mails; ask whoever runs it for a new password");
    }
  }

  private static Future<Void> tooMany() {
    return Future.failedFuture(
        Failure.of(Reason.RATE_LIMITED, "too many mails were asked for; see those that came")
            .with("retryAfterMs", PERIOD.toMillis()));
  }

  private static Future<Void> overloaded() {
    return Future.failedFuture(
        Failure.of(Reason.OVERLOADED, "too many mails wait to be sent")
            .with("retryAfterMs", RETRY_AFTER_MS));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
