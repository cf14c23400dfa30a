package io.parley.cli.load;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** What a run came to, for people. */
final class LoadReport {
  private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};

  private LoadReport() {}

  static String of(LoadPlan plan, LoadTimes times, LoadCost cost, long residentBytes) {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "%d members in %d rooms, %d messages/s by %s for %d s after %d s of warm-up, %d bytes each",
        plan.members(),
        plan.rooms(),
        plan.rate(),
        plan.via().name().toLowerCase(Locale.ROOT),
        plan.duration().toSeconds(),
        plan.warmUp().toSeconds(),
        plan.bodyBytes());
    line(
        text,
        "acknowledged %d of %d, refused %d, delivered %d",
        times.acks(),
        plan.messages(),
        times.refusals(),
        times.deliveries());
    if (times.refusals() > 0) {
      line(text, "first refusal: %s", times.firstRefusal());
    }
    line(text, "%-16s%10s%10s%10s%10s%10s", "ms from due to", "p50", "p90", "p99", "p99.9", "max");
    percentiles(text, "acknowledged", times.acknowledgedMicros());
    percentiles(text, "delivered", times.deliveredMicros());
    cost(text, cost, residentBytes);
    return text.toString();
  }

  private static void cost(StringBuilder text, LoadCost cost, long residentBytes) {
    if (cost.serverSeconds() <= 0) {
      line(text, "server CPU unknown: name its process with --pid");
      return;
    }
    line(
        text,
        "server CPU %.2f s, its stores %.2f s, resident %d MiB",
        cost.serverSeconds(),
        cost.storeSeconds(),
        residentBytes >> 20);
    line(
        text,
        "server CPU seconds for a million deliveries %.2f, for a thousand durable posts %.3f (stores %.3f)",
        cost.serverSeconds() * 1e6 / Math.max(1, cost.deliveries()),
        cost.serverSeconds() * 1e3 / Math.max(1, cost.acks()),
        cost.storeSeconds() * 1e3 / Math.max(1, cost.acks()));
  }

  private static void percentiles(StringBuilder text, String name, Histogram micros) {
    text.append(String.format(Locale.ROOT, "%-16s", name));
    for (double percentile : PERCENTILES) {
      double millis = micros.getValueAtPercentile(percentile) / 1e3;
      text.append(String.format(Locale.ROOT, "%10.2f", millis));
    }
    text.append(System.lineSeparator());
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
  }
}
