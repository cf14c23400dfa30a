package io.parley.cli.load;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What came of messages up to a moment at which none is under way, or between two.
 *
 * @param refused posts, for each code
 * @param lost posts whose connection broke before they were answered
 * @param acknowledgedMicros from due to acknowledged
 * @param deliveredMicros from due to received, once for each receiver
 */
record Tally(
    long acks,
    long deliveries,
    Map<String, Long> refused,
    long lost,
    Histogram acknowledgedMicros,
    Histogram deliveredMicros) {
  Tally {
    refused = Map.copyOf(refused);
  }

  static Tally of(LoadTimes times) {
    return new Tally(
        times.acks(),
        times.deliveries(),
        times.refusalsByCode(),
        times.losses(),
        times.acknowledgedMicros(),
        times.deliveredMicros());
  }

  Tally since(Tally earlier) {
    Map<String, Long> more = new TreeMap<>();
    refused.forEach(
        (code, count) -> more.put(code, count - earlier.refused.getOrDefault(code, 0L)));
    more.values().removeIf(count -> count == 0);
    return new Tally(
        acks - earlier.acks,
        deliveries - earlier.deliveries,
        more,
        lost - earlier.lost,
        between(earlier.acknowledgedMicros, acknowledgedMicros),
        between(earlier.deliveredMicros, deliveredMicros));
  }

  long refusals() {
    return refused.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Posts that nothing more will come of. */
  long settled() {
    return acks + refusals() + lost;
  }

  private static Histogram between(Histogram before, Histogram after) {
    Histogram between = after.copy();
    between.subtract(before);
    return between;
  }
}
