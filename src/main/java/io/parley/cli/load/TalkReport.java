package io.parley.cli.load;

import static io.parley.cli.load.UseTable.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What came of people who talked.
 *
 * @param nodes how many they were connected to
 * @param acknowledged of all that was sent, the warm-up included
 * @param cost of what was measured, the warm-up left out
 */
record TalkReport(
    int members,
    int rooms,
    int nodes,
    int rate,
    LoadPlan.Via via,
    long seconds,
    long warmUpSeconds,
    int bodyBytes,
    long due,
    long acknowledged,
    long refused,
    String firstRefusal,
    long delivered,
    Latencies toAcknowledged,
    Latencies toDelivered,
    LoadCost cost)
    implements LoadReport {

  static TalkReport of(LoadPlan plan, LoadTimes times, LoadCost cost) {
    return new TalkReport(
        plan.members(),
        plan.rooms(),
        plan.bridges().size(),
        plan.rate(),
        plan.via(),
        plan.duration().toSeconds(),
        plan.warmUp().toSeconds(),
        plan.bodyBytes(),
        plan.messages(),
        times.acks(),
        times.refusals(),
        times.firstRefusal(),
        times.deliveries(),
        Latencies.of(times.acknowledgedMicros()),
        Latencies.of(times.deliveredMicros()),
        cost);
  }

  @Override
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "%d members in %d rooms, %d messages/s by %s for %d s after %d s of warm-up, %d bytes each",
            members,
            rooms,
            rate,
            via.name().toLowerCase(Locale.ROOT),
            seconds,
            warmUpSeconds,
            bodyBytes));
    lines.add(
        format(
            "acknowledged %d of %d, refused %d, delivered %d",
            acknowledged, due, refused, delivered));
    if (refused > 0) {
      lines.add("first refusal: " + firstRefusal);
    }
    lines.add(Latencies.HEADING);
    lines.add(toAcknowledged.row("acknowledged"));
    lines.add(toDelivered.row("delivered"));
    cost(lines);
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }

  private void cost(List<String> lines) {
    NodeUse all = cost.stock().sum();
    if (cost.stock().nodes().isEmpty()) {
      lines.add("server CPU unknown: name its process with --pid, its admin port with --admin");
      return;
    }
    lines.addAll(UseTable.of(cost.stock()));
    lines.add(
        format(
            "server CPU %.2f s, its stores %.2f s, resident %d MiB",
            all.cpuSeconds(), cost.stock().allStoreSeconds(), all.residentBytes() >> 20));
    long deliveries = Math.max(1, cost.deliveries());
    long acks = Math.max(1, cost.acks());
    lines.add(
        format(
            "server CPU seconds for a million deliveries %.2f, for a thousand durable posts %.3f (stores %.3f)",
            all.cpuSeconds() * 1e6 / deliveries,
            all.cpuSeconds() * 1e3 / acks,
            cost.stock().allStoreSeconds() * 1e3 / acks));
    lines.add(
        format(
            "bus messages between nodes: %.3f for a delivery, %.2f for a durable post; %s",
            all.busMessages() / deliveries, all.busMessages() / acks, UseTable.types(all)));
  }
}
