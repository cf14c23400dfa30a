package io.parley.log;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/**
 * How far followers have come, and which node works for them just now. All logs fall into parts; a
 * part is one node's for a while, so that no two do the same for long. All fail UNAVAILABLE when
 * the store cannot be reached.
 */
public interface FollowerStore {

  /** Into how many parts the shards fall; never changes, since stores remember them. */
  int PARTS = 16;

  /** Makes the positions of a follower, where there are none, to begin at a time. */
  Future<Void> begin(String follower, long from);

  /**
   * Takes those parts that are nobody's for so long, and keeps those that the holder has already.
   *
   * @return all that it has now
   */
  Future<List<Claim>> claim(String follower, String holder, Duration time);

  /**
   * Everything older than a time is done in a part; it never goes back. Nothing changes when the
   * part is somebody else's by now.
   */
  Future<Void> advance(String follower, int part, String holder, long swept);

  /** Leaves all parts to others. */
  Future<Void> release(String follower, String holder);

  /**
   * A part that somebody has.
   *
   * @param swept everything older is done, in epoch milliseconds
   */
  record Claim(int part, long swept) {}
}
