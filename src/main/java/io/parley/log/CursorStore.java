package io.parley.log;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * How far a follower has come in each log, to the entry. It belongs to whoever has the part that
 * the logs are in; nobody else reads or writes it. All fail UNAVAILABLE when the store cannot be
 * reached.
 */
public interface CursorStore {

  /**
   * How far it has come in these logs; those are left out of which it was never brought anything.
   * Empty when the part is not the holder's for so long any more.
   */
  Future<Optional<Reached>> reached(Hold hold, Duration left, Collection<LogId> logs);

  /**
   * Everything up to these places was taken; never goes back. Completes with whether it was
   * remembered, which it is not when the part is another's by now.
   */
  Future<Boolean> reach(Hold hold, Map<LogId, Long> places);

  /** What somebody has for the time being. */
  record Hold(String follower, int part, String holder) {}

  /**
   * @param begun entries from then on are brought, in epoch milliseconds
   * @param places the last place that was taken, of each log
   */
  record Reached(long begun, Map<LogId, Long> places) {}
}
