package io.parley.commands;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.limits.Rate;
import io.parley.limits.Rates;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;

/** How fast each person may bring something into logs, and all together. */
final class Pace {
  private static final String EVERYBODY = "everybody";

  private final Rates rates;

  Pace(Rates rates) {
    this.rates = rates;
  }

  /** RATE_LIMITED, which costs nothing, unless they may. */
  Optional<Failure> take(UUID author) {
    long waitMs = rates.take(Rate.USER_MESSAGES, author);
    if (waitMs > 0) {
      return tooFast("too much at once; send this again later", waitMs);
    }
    waitMs = rates.take(Rate.ALL_MESSAGES, EVERYBODY);
    if (waitMs > 0) {
      rates.giveBack(Rate.USER_MESSAGES, author);
      return tooFast("too many messages on this server; send this one later", waitMs);
    }
    return Optional.empty();
  }

  /** The command, no faster than people write: what comes of it everybody in a room is shown. */
  Command with(Command command) {
    return (caller, args) ->
        take(caller.user().value())
            .map(Future::<JsonNode>failedFuture)
            .orElseGet(() -> command.run(caller, args));
  }

  /** RATE_LIMITED unless somebody may search. */
  Optional<Failure> search(UUID reader) {
    long waitMs = rates.take(Rate.SEARCHES, reader);
    return waitMs > 0 ? tooFast("too many searches; try again later", waitMs) : Optional.empty();
  }

  /** For what turned out to be there already. */
  void giveBack(UUID author) {
    rates.giveBack(Rate.USER_MESSAGES, author);
    rates.giveBack(Rate.ALL_MESSAGES, EVERYBODY);
  }

  private static Optional<Failure> tooFast(String why, long waitMs) {
    return Optional.of(Failure.of(Reason.RATE_LIMITED, why).with("retryAfterMs", waitMs));
  }
}
