package io.parley.edge;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often each name is there just now; those that are not take no memory. From any thread. */
final class Counts {
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  /** Counts one more; tells how many that makes. */
  int add(String name) {
    return counts.merge(name, 1, Integer::sum);
  }

  void remove(String name) {
    counts.computeIfPresent(name, (same, count) -> count > 1 ? count - 1 : null);
  }
}
