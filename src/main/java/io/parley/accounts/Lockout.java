package io.parley.accounts;

import io.micrometer.core.instrument.MeterRegistry;
import io.parley.bus.Bus;
import io.parley.edge.Addresses;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.limits.LimitsApi;
import io.parley.limits.LimitsApi.Ticket;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slows down those who guess passwords. Each try is counted before it is made, and taken back when
 * it was no wrong password; whoever has guessed wrong too often waits before the next one is
 * compared. What an account is called counts, not whether there is one, so that strangers are told
 * the same of both.
 *
 * <p>While nobody can tell who has guessed how often, nobody is let in. Sessions that there are go
 * on, and new accounts can be made: neither proves a password.
 */
public final class Lockout {
  private static final Logger LOG = LoggerFactory.getLogger(Lockout.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long COME_BACK_MS = 2_000;
  private static final int LONGEST = 254;

  private final Bus bus;
  private final MeterRegistry meters;

  public Lockout(Bus bus, MeterRegistry meters) {
    this.bus = bus;
    this.meters = meters;
  }

  /**
   * Lets somebody prove who they are. Fails RATE_LIMITED with the time to wait, UNAVAILABLE, and as
   * the proof does; only UNAUTHENTICATED counts as a wrong guess.
   *
   * @param identifier as it was typed
   * @param address where from
   */
  <T> Future<T> guard(String identifier, Optional<String> address, Supplier<Future<T>> proof) {
    return guard(new LimitsApi.Attempt(word(identifier), place(address)), proof);
  }

  /**
   * The same of somebody who is signed in and proves it once more: whoever holds a stolen token
   * guesses no faster than at the door, and nobody else gets in their way.
   */
  <T> Future<T> guard(UserId user, Supplier<Future<T>> proof) {
    return guard(own(user), proof);
  }

  private <T> Future<T> guard(LimitsApi.Attempt attempt, Supplier<Future<T>> proof) {
    return bus.ask(LimitsApi.ATTEMPT, attempt, PATIENCE)
        .recover(cause -> Future.failedFuture(closed(cause)))
        .compose(ticket -> tried(attempt, ticket, proof));
  }

  private <T> Future<T> tried(LimitsApi.Attempt attempt, Ticket ticket, Supplier<Future<T>> proof) {
    Future<T> outcome = Future.succeededFuture().compose(begin -> proof.get());
    return outcome.transform(
        done -> settled(attempt, ticket, done.cause()).transform(s -> outcome));
  }

  /** Never fails: what cannot be taken back is soon forgotten. */
  private Future<Void> settled(
      LimitsApi.Attempt attempt, Ticket ticket, @Nullable Throwable cause) {
    if (cause != null && Failure.from(cause).reason() == Reason.UNAUTHENTICATED) {
      return Future.succeededFuture();
    }
    LimitsApi.Settle end = new LimitsApi.Settle(attempt, ticket, cause == null);
    return bus.ask(LimitsApi.SETTLE, end, PATIENCE)
        .onFailure(lost -> LOG.debug("a try counts that was no failure", lost))
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  /**
   * An account that was just made or proved is known there by all its names from now on. Never
   * fails.
   */
  Future<Void> trust(AccountsApi.Account account, Optional<String> address) {
    List<String> words =
        Stream.of(account.username(), account.email(), account.phoneNumber())
            .flatMap(Optional::stream)
            .map(Lockout::word)
            .toList();
    return bus.ask(LimitsApi.TRUST, new LimitsApi.Trust(words, place(address)), PATIENCE)
        .onFailure(lost -> LOG.debug("it is not remembered where an account was proved", lost))
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  private Failure closed(Throwable cause) {
    Failure failure = Failure.from(cause);
    if (failure.reason() == Reason.RATE_LIMITED) {
      AuthFailures.count(meters, "locked");
      return failure;
    }
    AuthFailures.count(meters, "unguarded");
    return Failure.of(Reason.UNAVAILABLE, "nobody can sign in just now; try again soon")
        .with("retryAfterMs", COME_BACK_MS);
  }

  /** By what an account is counted, however it was typed. */
  static String word(String typed) {
    return Identifier.typed(typed)
        .map(Lockout::word)
        .orElseGet(() -> "? " + typed.substring(0, Math.min(LONGEST, typed.length())));
  }

  private static String word(Identifier identifier) {
    return identifier.kind().field() + " " + identifier.value();
  }

  /** What nobody types becomes no such word, and no address such a place. */
  private static LimitsApi.Attempt own(UserId user) {
    String word = "account " + user;
    return new LimitsApi.Attempt(word, word);
  }

  /** By what an address is counted. */
  static String place(Optional<String> address) {
    return address.map(Addresses::counted).orElse("");
  }
}
