package io.parley.cli.load;

import static io.parley.cli.load.UseTable.format;

import io.parley.cli.load.socket.Framing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What it costs to have sockets that say nothing, and whether they would hear something.
 *
 * @param connectSeconds from the first connection to the last room that was ready
 * @param growth what all nodes used at every tenth of the sockets, from none to all
 * @param bytesPerSocket how much the nodes' memory grew for each, from the first tenth to the last;
 *     0 if it is unknown
 * @param connecting what was used while they connected
 * @param idle what was used while nobody said anything
 * @param expected how often the last messages, one to each room, had to be received
 * @param received how often they were
 * @param reachedSeconds from the first of them to the last reception
 */
record IdleReport(
    int sockets,
    int rooms,
    int nodes,
    Framing framing,
    double connectSeconds,
    List<Sample> growth,
    double bytesPerSocket,
    Stock connecting,
    Stock idle,
    long expected,
    long received,
    double reachedSeconds,
    Latencies toReceived,
    String firstRefusal,
    Map<String, Long> closed)
    implements LoadReport {

  /** What all nodes together used when so many sockets were connected. */
  record Sample(int sockets, double seconds, long residentBytes, double cpuSeconds) {}

  /** How much memory one more socket takes. */
  static double slope(List<Sample> growth) {
    List<Sample> some = growth.stream().filter(sample -> sample.sockets() > 0).toList();
    if (some.size() < 2) {
      return 0;
    }
    Sample first = some.get(0);
    Sample last = some.get(some.size() - 1);
    return (last.residentBytes() - first.residentBytes())
        / (double) (last.sockets() - first.sockets());
  }

  @Override
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "%d sockets in %d rooms on %d nodes, connected in %.1f s, %.0f a second",
            sockets, rooms, nodes, connectSeconds, sockets / Math.max(1e-3, connectSeconds)));
    if (!idle.nodes().isEmpty()) {
      use(lines);
    }
    lines.add(
        format(
            "one message to each room: received %d of %d, the last after %.2f s",
            received, expected, reachedSeconds));
    lines.add(Latencies.HEADING);
    lines.add(toReceived.row("received"));
    Troubles.add(lines, firstRefusal, 0, closed);
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }

  private void use(List<String> lines) {
    lines.add(format("%9s%9s%10s%9s", "sockets", "s", "MiB", "CPU s"));
    for (Sample sample : growth) {
      lines.add(
          format(
              "%9d%9.1f%10.1f%9.2f",
              sample.sockets(),
              sample.seconds(),
              sample.residentBytes() / (double) (1 << 20),
              sample.cpuSeconds()));
    }
    lines.add(format("resident memory grew by %.1f KiB a socket", bytesPerSocket / 1024));
    lines.add(
        format(
            "server CPU %.0f us to connect one; while idle %.2f %%, stores %.2f %%",
            connecting.sum().cpuSeconds() * 1e6 / sockets,
            100 * idle.sum().cpuSeconds() / idle.seconds(),
            100 * idle.allStoreSeconds() / idle.seconds()));
    lines.addAll(UseTable.of(idle));
  }
}
