package io.parley.cli.load;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Milliseconds from due to done. */
record Latencies(double p50, double p90, double p99, double p999, double max) {
  static final String HEADING =
      String.format(
          Locale.ROOT,
          "%-16s%10s%10s%10s%10s%10s",
          "ms from due to",
          "p50",
          "p90",
          "p99",
          "p99.9",
          "max");

  static Latencies of(Histogram micros) {
    return new Latencies(
        millis(micros, 50),
        millis(micros, 90),
        millis(micros, 99),
        millis(micros, 99.9),
        millis(micros, 100));
  }

  String row(String name) {
    return String.format(
        Locale.ROOT, "%-16s%10.2f%10.2f%10.2f%10.2f%10.2f", name, p50, p90, p99, p999, max);
  }

  private static double millis(Histogram micros, double percentile) {
    return micros.getValueAtPercentile(percentile) / 1e3;
  }
}
