package io.parley.rooms;

import io.parley.log.Draft;
import io.parley.log.LogId;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What is remembered of entries that are decided but do not stand in their log yet. */
public interface OutboxStore {

  /** An entry on its way; its id is its cid. */
  record Pending(UUID id, LogId log, Draft draft) {}

  /** What a log is owed, oldest first. */
  Future<List<Pending>> of(LogId log, int limit);

  /** Logs that have been owed something since before that time. */
  Future<List<LogId>> olderThan(Instant time, int limit);

  /**
   * Forgets an entry that stands in its log, and starts the marker of somebody who entered there.
   *
   * @param seq where it stands
   * @param n countable messages up to there
   */
  Future<Void> settle(Pending pending, long seq, long n);
}
