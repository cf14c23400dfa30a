package io.parley.cli.load;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * What came of messages on one event loop. Counts may be read from anywhere, and whoever has read
 * them sees the times of what was counted.
 */
final class LaneTimes {
  private final LoadTimes times;
  private final Histogram acknowledged;
  private final Histogram delivered;
  private final LongAdder acks = new LongAdder();
  private final LongAdder deliveries = new LongAdder();

  /**
   * @param histograms makes them
   */
  LaneTimes(LoadTimes times, Supplier<Histogram> histograms) {
    this.times = times;
    this.acknowledged = histograms.get();
    this.delivered = histograms.get();
  }

  void acknowledged(int number, long now) {
    record(acknowledged, number, now);
    acks.increment();
    times.settled(true);
  }

  void delivered(int number, long now) {
    record(delivered, number, now);
    deliveries.increment();
  }

  void refused(String code, Supplier<String> answer) {
    times.refused(code, answer);
  }

  /** The connection broke before so many posts were answered. */
  void lost(int posts) {
    times.lost(posts);
  }

  /** A socket was closed by the other side. */
  void closed(int code, String reason) {
    times.closed(code, reason);
  }

  Histogram acknowledged() {
    return acknowledged;
  }

  Histogram delivered() {
    return delivered;
  }

  long acks() {
    return acks.sum();
  }

  long deliveries() {
    return deliveries.sum();
  }

  private void record(Histogram histogram, int number, long now) {
    if (times.measured(number)) {
      long micros = TimeUnit.NANOSECONDS.toMicros(now - times.due(number));
      histogram.recordValue(Math.min(LoadTimes.HIGHEST, Math.max(0, micros)));
    }
  }
}
