package io.parley.cli.load;

import static io.parley.cli.load.UseTable.format;

import java.util.ArrayList;
import java.util.List;

/**
 * What it took to lease rooms, and what it costs to keep the leases.
 *
 * @param nodes how many the sockets were spread over
 * @param madeSeconds until all rooms were there
 * @param leasedSeconds from the first registration to the last room that was ready
 * @param idle before anybody listened
 * @param leasing while rooms were being leased
 * @param leased while all were listened to, and nobody said anything
 */
record LeaseReport(
    int rooms,
    int sockets,
    int nodes,
    double madeSeconds,
    double leasedSeconds,
    Stock idle,
    Stock leasing,
    Stock leased)
    implements LoadReport {

  @Override
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "%d rooms made in %.1f s, leased by %d sockets on %d nodes in %.2f s, %.0f a second",
            rooms, madeSeconds, sockets, nodes, leasedSeconds, rooms / leasedSeconds));
    if (!idle.nodes().isEmpty()) {
      lines.add(
          format(
              "%-9s%-22s%9s%9s%15s%10s%15s",
              "", "node", "CPU %", "MiB", "bus messages/s", "bus kB/s", "registrations"));
      rows(lines, "idle", idle);
      rows(lines, "leasing", leasing);
      rows(lines, "leased", leased);
      lines.add(
          format("while leased, in %.0f s: %s", leased.seconds(), UseTable.types(leased.sum())));
    }
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }

  private static void rows(List<String> lines, String phase, Stock stock) {
    for (NodeUse use : stock.nodes()) {
      lines.add(
          format(
              "%-9s%-22s%9.2f%9d%15.1f%10.2f%15.0f",
              phase,
              use.node(),
              100 * use.cpuSeconds() / stock.seconds(),
              use.residentBytes() >> 20,
              use.busMessages() / stock.seconds(),
              use.busBytes() / 1e3 / stock.seconds(),
              use.registrations()));
    }
  }
}
