package io.parley.commands;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.limits.Rate;
import io.parley.limits.Rates;
import io.parley.log.Draft;
import io.parley.log.LogApi;
import io.parley.log.LogClient;
import io.parley.log.LogId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.UUID;

/**
 * Appends what people write, no faster than each of them and all together may. What is refused may
 * be sent again later with the same cid; what turns out to be there already has cost nothing.
 */
final class Posting {
  private static final String EVERYBODY = "everybody";

  private final LogClient logs;
  private final Rates rates;
  private final Duration patience;

  /**
   * @param patience how long an append may take until its outcome counts as unknown
   */
  Posting(LogClient logs, Rates rates, Duration patience) {
    this.logs = logs;
    this.rates = rates;
    this.patience = patience;
  }

  /** Fails RATE_LIMITED, and as {@link LogClient#append}. */
  Future<LogApi.Appended> append(LogId log, Draft draft) {
    UUID author = draft.author().value();
    long waitMs = rates.take(Rate.USER_MESSAGES, author);
    if (waitMs > 0) {
      return tooFast("too many messages; send this one again later", waitMs);
    }
    waitMs = rates.take(Rate.ALL_MESSAGES, EVERYBODY);
    if (waitMs > 0) {
      rates.giveBack(Rate.USER_MESSAGES, author);
      return tooFast("too many messages on this server; send this one later", waitMs);
    }
    return logs.append(log, draft, patience).onSuccess(appended -> uncharge(author, appended));
  }

  private void uncharge(UUID author, LogApi.Appended appended) {
    if (appended.duplicate()) {
      rates.giveBack(Rate.USER_MESSAGES, author);
      rates.giveBack(Rate.ALL_MESSAGES, EVERYBODY);
    }
  }

  private static <T> Future<T> tooFast(String why, long waitMs) {
    return Future.failedFuture(Failure.of(Reason.RATE_LIMITED, why).with("retryAfterMs", waitMs));
  }
}
