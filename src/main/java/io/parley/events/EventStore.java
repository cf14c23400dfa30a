package io.parley.events;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/**
 * How far those who are told of events have heard of what is in no log, and which node tells them.
 * All fail UNAVAILABLE when the store cannot be reached.
 */
public interface EventStore {

  /** Makes the position of a consumer, where there is none, to begin at a time. */
  Future<Void> begin(String consumer, long from);

  /**
   * Takes it for so long if it is nobody's, and keeps it if it is the holder's already.
   *
   * @return of everything older it has been told, in epoch milliseconds; empty when another node
   *     has it
   */
  Future<Optional<Long>> claim(String consumer, String holder, Duration time);

  /** It was told of everything older; never goes back, and is nothing to who does not hold it. */
  Future<Void> advance(String consumer, String holder, long told);

  /** Leaves it to others. */
  Future<Void> release(String consumer, String holder);
}
