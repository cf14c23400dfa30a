package io.parley.cli.history;

import java.util.Comparator;
import java.util.List;

/** The highest place of a room that anybody had been told of, at any time. */
final class Knowledge {
  static final Knowledge NONE = new Knowledge(List.of());

  private final long[] times;
  private final long[] highest;

  /** Somebody was told of a place: by an acknowledgement, by receiving it, or by history. */
  record Learnt(long at, long seq) {}

  Knowledge(List<Learnt> all) {
    List<Learnt> sorted = all.stream().sorted(Comparator.comparingLong(Learnt::at)).toList();
    this.times = sorted.stream().mapToLong(Learnt::at).toArray();
    this.highest = sorted.stream().mapToLong(Learnt::seq).toArray();
    for (int i = 1; i < highest.length; i++) {
      highest[i] = Math.max(highest[i], highest[i - 1]);
    }
  }

  /** The highest place that was known before this time; zero if none was. */
  long before(long time) {
    int low = 0;
    int high = times.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? 0 : highest[low - 1];
  }
}
