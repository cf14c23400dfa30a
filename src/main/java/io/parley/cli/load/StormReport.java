package io.parley.cli.load;

import static io.parley.cli.load.UseTable.format;

import io.parley.cli.load.socket.Framing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How people came back who had all lost their connection.
 *
 * @param missed messages in each room that they did not hear
 * @param readySeconds from the first who came back to the last who had heard everything
 * @param toReady when each had, from the moment the first came back
 * @param retries how often one was turned away, and tried again
 * @param expected how many messages had to be caught up with
 * @param received how many were
 * @param incomplete sockets that got fewer than were missed, or more
 * @param calm what was used before
 * @param storm what was used until all were back
 */
record StormReport(
    int sockets,
    int rooms,
    int nodes,
    Framing framing,
    int missed,
    double readySeconds,
    Latencies toReady,
    int retries,
    long expected,
    long received,
    int incomplete,
    Stock calm,
    Stock storm,
    Map<String, Long> closed)
    implements LoadReport {

  @Override
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "%d sockets in %d rooms on %d nodes lost at once, all back in %.2f s, %.0f a second,"
                + " %d retries",
            sockets, rooms, nodes, readySeconds, sockets / Math.max(1e-3, readySeconds), retries));
    lines.add(
        format(
            "caught up with %d of %d messages, %d sockets with too few or too many",
            received, expected, incomplete));
    lines.add(Latencies.HEADING);
    lines.add(toReady.row("ready"));
    Troubles.add(lines, "", 0, closed);
    if (!storm.nodes().isEmpty()) {
      lines.add(
          format(
              "server CPU %.0f us for each that came back; %.2f %% before",
              storm.sum().cpuSeconds() * 1e6 / sockets,
              100 * calm.sum().cpuSeconds() / calm.seconds()));
    }
    lines.addAll(UseTable.of(storm));
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }
}
