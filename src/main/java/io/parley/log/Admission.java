package io.parley.log;

import io.parley.accounts.UserId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/**
 * Who may do what with a log, answered by the capability whose log it is.
 *
 * <p>The owner asks on first use and after every conflict, always after it has read the head, so
 * that the answer is never older than the log. Later changes reach it as entries.
 */
public interface Admission {

  /**
   * The standing of each of these users, from the primary store. Fails UNAVAILABLE, and then nobody
   * is admitted.
   */
  Future<Map<UserId, Standing>> standings(LogId log, List<UserId> users);

  /** How many people a log is for; what is fleeting is not worth its cost in a crowd. */
  Future<Integer> members(LogId log);
}
