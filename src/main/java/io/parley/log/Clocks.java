package io.parley.log;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the clocks of other nodes say that never jump: each began to count at a moment of its own,
 * and all go at the same pace but for a thousandth. In milliseconds; from any thread.
 */
final class Clocks {
  private static final long PACE = 1_000;

  private final Map<String, Told> told = new ConcurrentHashMap<>();

  /**
   * What one of them is ahead of the own clock, at least.
   *
   * @param at when it was told, by the own clock
   */
  private record Told(long ahead, long at) {
    long now(long now) {
      return ahead - (now - at) / PACE;
    }
  }

  /**
   * A node has said what its clock says, some time ago: the answer that was under way for the
   * shortest time says the most.
   *
   * @param now what the own clock says
   */
  void told(String node, long clock, long now) {
    Told answer = new Told(clock - now, now);
    told.merge(node, answer, (known, news) -> known.now(now) > news.ahead ? known : news);
  }

  /**
   * What a node's clock says, or has said a moment ago. Fails UNAVAILABLE when it never told.
   *
   * @param now what the own clock says
   */
  long of(String node, long now) {
    Told known = told.get(node);
    if (known == null) {
      throw Failure.of(Reason.UNAVAILABLE, "this node has not answered yet");
    }
    return now + known.now(now);
  }

  /** Forgets all nodes but these. */
  void keep(Collection<String> nodes) {
    told.keySet().retainAll(nodes);
  }
}
