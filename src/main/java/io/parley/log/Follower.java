package io.parley.log;

import io.vertx.core.Future;
import java.util.List;

/**
 * Whoever makes something of all logs, such as an index to search in. It is brought every entry at
 * least once, and as many times more as it takes: what it does must come to the same however often
 * it does it. The place of an entry in its log tells it from all others.
 */
public interface Follower {

  /** By which its positions are remembered; never changes. */
  String name();

  /** Whether what was there before it came concerns it as well. */
  boolean fromTheStart();

  /** Whether it takes an interest in a log. */
  boolean follows(LogId log);

  /** Whether it would take anything now; while it would not, nothing is read for it. */
  default boolean ready() {
    return true;
  }

  /**
   * Whether nothing concerns it but what stands in threads, and edits and deletions, which may be
   * of that. What else was said is not read for it.
   */
  default boolean threadsOnly() {
    return false;
  }

  /**
   * Takes some entries. Those of one log come in the order of their places, except that one which
   * was overlooked comes later. What fails is brought again.
   *
   * @param entries as they were written, with what has become of them since
   * @param changed the messages that edits and deletions among them have changed, as they are now
   */
  Future<Void> take(List<Shown> entries, List<Shown> changed);
}
