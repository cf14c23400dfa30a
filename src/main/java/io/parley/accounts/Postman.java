package io.parley.accounts;

import io.micrometer.core.instrument.MeterRegistry;
import io.parley.accounts.MailStore.Due;
import io.parley.accounts.MailStore.Sent;
import io.parley.audit.Act;
import io.parley.audit.Actor;
import io.parley.audit.Journal;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.mail.Post;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes queued mails to the server that delivers them; any number of nodes may at once.
 *
 * <p>Each mail is claimed for longer than a try can last, and goes out once unless a node is lost,
 * or an answer, between the server's taking it over and our knowing. Its token is made as it goes
 * out, so that no token waits in a store.
 */
public final class Postman {
  private static final Logger LOG = LoggerFactory.getLogger(Postman.class);
  private static final int AT_ONCE = 20;
  private static final Duration CLAIM = Duration.ofMinutes(5);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);
  private static final int GROWTH = 3;

  private final MailStore store;
  private final Post post;
  private final Letters letters;
  private final Journal journal;
  private final Clock clock;
  private final SecureRandom random;
  private final MeterRegistry meters;
  private final AtomicBoolean running = new AtomicBoolean();
  private final AtomicBoolean again = new AtomicBoolean();

  public Postman(
      MailStore store,
      Post post,
      Letters letters,
      Journal journal,
      Clock clock,
      SecureRandom random,
      MeterRegistry meters) {
    this.store = store;
    this.post = post;
    this.letters = letters;
    this.journal = journal;
    this.clock = clock;
    this.random = random;
    this.meters = meters;
  }

  /** Sends all that is due; at once nothing, when a round is under way, which then goes on. */
  Future<Void> round() {
    again.set(true);
    return running.compareAndSet(false, true)
        ? batches().onComplete(done -> running.set(false))
        : Future.succeededFuture();
  }

  private Future<Void> batches() {
    again.set(false);
    Instant now = clock.instant();
    return store
        .claim(now, now.plus(CLAIM), AT_ONCE)
        .compose(
            due ->
                Future.join(due.stream().map(this::deliver).toList())
                    .transform(settled -> Future.succeededFuture(due.size())))
        .compose(sent -> sent == AT_ONCE || again.get() ? batches() : Future.succeededFuture());
  }

  private Future<Void> deliver(Due due) {
    Instant now = clock.instant();
    if (due.account().isEmpty()) {
      return drop(due, "unknown");
    }
    if (now.isAfter(due.askedAt().plus(due.letter().patience()))) {
      LOG.warn("mail {} ({}) could not be sent in time", due.id(), due.letter());
      return drop(due, "late");
    }
    if (!due.letter().carriesToken()) {
      return send(due, Optional.empty());
    }
    MailToken token = MailToken.fresh(random);
    Sent limit = new Sent(now.minus(Mails.PERIOD), Mails.PER_PERIOD);
    return store
        .issue(due, token.hash(), now.plus(due.letter().life()), now, limit)
        .compose(fine -> fine ? send(due, Optional.of(token)) : drop(due, "unwanted"));
  }

  /** Whoever asks proves nothing by it. */
  private void note(Due due) {
    if (due.letter() == Letter.RESET) {
      UserId account = due.account().orElseThrow();
      journal.note(journal.entry(Act.RESET_ASKED, Actor.STRANGER, account.value()));
    }
  }

  private Future<Void> send(Due due, Optional<MailToken> token) {
    return post.send(letters.write(due, token)).transform(sent -> settle(due, sent));
  }

  private Future<Void> settle(Due due, AsyncResult<Void> sent) {
    if (sent.succeeded()) {
      count("sent");
      return store.sent(due.id(), clock.instant()).onSuccess(kept -> note(due));
    }
    Failure failure = Failure.from(sent.cause());
    if (failure.reason() == Reason.INVALID) {
      LOG.warn("mail {} ({}) is given up: {}", due.id(), due.letter(), failure.text());
      return drop(due, "refused");
    }
    LOG.warn("mail {} ({}) is tried again: {}", due.id(), due.letter(), failure.text());
    count("postponed");
    return store.postpone(due.id(), clock.instant().plus(pause(due.attempts())));
  }

  private Future<Void> drop(Due due, String outcome) {
    count(outcome);
    return store.drop(due.id());
  }

  private static Duration pause(int attempts) {
    Duration pause = FIRST_PAUSE;
    for (int i = 1; i < attempts && pause.compareTo(LONGEST_PAUSE) < 0; i++) {
      pause = pause.multipliedBy(GROWTH);
    }
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private void count(String outcome) {
    meters.counter("parley.mail.mails", "outcome", outcome).increment();
  }
}
