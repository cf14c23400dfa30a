package io.parley.log;

import io.parley.accounts.UserId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/**
 * How the rest of Parley talks to the owners of logs: finds them, and tries again, with the same
 * cid, while there is time.
 */
public interface LogClient {

  /**
   * Appends and waits for the commit, retrying NOT_OWNER, UNAVAILABLE and lost answers with growing
   * pauses. Fails as {@link LogApi#APPEND}; TIMEOUT means that the outcome is unknown.
   */
  Future<LogApi.Appended> append(LogId log, Draft draft, Duration patience);

  /**
   * Whether a user may read a log, and as of which head. Fails as {@link LogApi#ADMIT}.
   *
   * @param seen an entry that stands for certain; the head is not before it
   */
  Future<LogApi.Admitted> admit(LogId log, UserId user, long seen);

  /** Something fleeting. Fails as {@link LogApi#SIGNAL}. */
  Future<Void> signal(LogId log, UserId user, String kind);

  /** Fleeting messages for whoever listens to these logs; at most once, nobody knows. */
  void tell(List<LogApi.Fleeting> notes);

  /** Entries from the store. Fails as {@link LogApi#READ}. */
  Future<LogApi.Page> read(LogApi.Read read);
}
