package io.parley.commands;

import io.parley.failure.Failure;
import io.parley.log.Draft;
import io.parley.log.LogApi;
import io.parley.log.LogClient;
import io.parley.log.LogId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Appends what people write, no faster than each of them and all together may. What is refused may
 * be sent again later with the same cid; what turns out to be there already has cost nothing.
 */
final class Posting {
  private final LogClient logs;
  private final Pace pace;
  private final Duration patience;

  /**
   * @param patience how long an append may take until its outcome counts as unknown
   */
  Posting(LogClient logs, Pace pace, Duration patience) {
    this.logs = logs;
    this.pace = pace;
    this.patience = patience;
  }

  /** Fails RATE_LIMITED, and as {@link LogClient#append}. */
  Future<LogApi.Appended> append(LogId log, Draft draft) {
    UUID author = draft.author().value();
    Optional<Failure> tooFast = pace.take(author);
    return tooFast.isPresent()
        ? Future.failedFuture(tooFast.get())
        : logs.append(log, draft, patience).onSuccess(appended -> uncharge(author, appended));
  }

  private void uncharge(UUID author, LogApi.Appended appended) {
    if (appended.duplicate()) {
      pace.giveBack(author);
    }
  }
}
