package io.parley.cli.load;

import java.util.Map;
import java.util.TreeMap;

/**
 * What came of talk in one stretch of a run.
 *
 * @param rate messages a second; 0: some were in flight
 * @param inFlight how many waited for their acknowledgement at any time; 0: they were due at the
 *     rate
 * @param seconds how long messages were sent, or due
 * @param heldBack messages that were due and were not sent, since too many waited already
 * @param refused how many posts, for each code
 * @param lost posts whose connection broke before they were answered
 * @param cost until all was answered and delivered
 * @param before what the nodes had when it began
 * @param peak what they had at most
 */
record Stretch(
    String name,
    int rate,
    int inFlight,
    double seconds,
    long sent,
    long heldBack,
    long acknowledged,
    Map<String, Long> refused,
    long lost,
    long delivered,
    Latencies toAcknowledged,
    Latencies toDelivered,
    LoadCost cost,
    Figures figures,
    Peak before,
    Peak peak) {
  static final String HEADING =
      UseTable.format(
          "%-14s%9s%9s%9s%9s%9s%18s%20s%7s%7s%10s",
          "",
          "sent/s",
          "acked/s",
          "refused",
          "held",
          "lost",
          "acked p50/p99 ms",
          "received p50/p99 ms",
          "MiB",
          "heap",
          "overload");

  static Stretch of(
      String name, LoadPlan plan, TalkRun run, Tally tally, LoadCost cost, Peak before, Peak peak) {
    return new Stretch(
        name,
        plan.closedLoop() ? 0 : plan.rate(),
        plan.inFlight(),
        plan.duration().toMillis() / 1e3,
        run.sent(),
        run.heldBack(),
        tally.acks(),
        new TreeMap<>(tally.refused()),
        tally.lost(),
        tally.deliveries(),
        Latencies.of(tally.acknowledgedMicros()),
        Latencies.of(tally.deliveredMicros()),
        cost,
        Figures.of(cost),
        before,
        peak);
  }

  String row() {
    return UseTable.format(
        "%-14s%9.0f%9.0f%9d%9d%9d%18s%20s%7d%7d%10.0f",
        name,
        sent / Math.max(1e-3, seconds),
        figures.postsPerSecond(),
        refused.values().stream().mapToLong(Long::longValue).sum(),
        heldBack,
        lost,
        UseTable.format("%.1f / %.1f", toAcknowledged.p50(), toAcknowledged.p99()),
        UseTable.format("%.1f / %.1f", toDelivered.p50(), toDelivered.p99()),
        peak.residentBytes() >> 20,
        peak.heapBytes() >> 20,
        peak.overload());
  }
}
