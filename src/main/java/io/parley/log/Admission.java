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
   * What is true of a log and of some people.
   *
   * @param standings of each who was asked for
   */
  record Known(Map<UserId, Standing> standings, Rules rules) {

    /** Of a log without rules. */
    public static Known of(Map<UserId, Standing> standings) {
      return new Known(standings, Rules.NONE);
    }
  }

  /**
   * The standing of each of these users and the rules for all, from the primary store and as of one
   * moment. Fails UNAVAILABLE, and then nobody is admitted.
   */
  Future<Known> standings(LogId log, List<UserId> users);

  /** How many people a log is for; what is fleeting is not worth its cost in a crowd. */
  Future<Integer> members(LogId log);
}
