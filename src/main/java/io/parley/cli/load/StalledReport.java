package io.parley.cli.load;

import static io.parley.cli.load.UseTable.format;

import io.parley.cli.load.socket.Framing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a room did in which some stopped reading.
 *
 * @param stretches everybody reads, some stalled, in turns; times are of those who read
 * @param returns of those who stalled, after each stretch in which they did
 * @param closed sockets of the others that the server has closed
 * @param stalledClosed sockets of those who stalled, likewise
 */
record StalledReport(
    int sockets,
    int stalled,
    int nodes,
    Framing framing,
    int rate,
    int bodyBytes,
    List<Stretch> stretches,
    List<Return> returns,
    String firstRefusal,
    Map<String, Long> closed,
    Map<String, Long> stalledClosed)
    implements LoadReport {

  /**
   * What came of those who stalled.
   *
   * @param slow how many the nodes have closed since they did not read, as they count it
   * @param whole how many have received every entry in the end
   * @param breaks entries that any of them ever received out of order, twice, or after one that was
   *     left out
   * @param seconds until the last had everything
   * @param after what the nodes had then
   */
  record Return(double slow, int whole, int breaks, double seconds, Peak after) {}

  @Override
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "%d members in a room on %d nodes, %d of them stall; %d messages/s, %d bytes each",
            sockets, nodes, stalled, rate, bodyBytes));
    lines.add(Stretch.HEADING);
    stretches.forEach(stretch -> lines.add(stretch.row()));
    for (Return each : returns) {
      lines.add(
          format(
              "closed as too slow %.0f; %d of %d had everything again after %.2f s, %d entries out"
                  + " of order; %d MiB resident then",
              each.slow(),
              each.whole(),
              stalled,
              each.seconds(),
              each.breaks(),
              each.after().residentBytes() >> 20));
    }
    Troubles.add(lines, firstRefusal, 0, closed);
    stalledClosed.forEach(
        (reason, count) ->
            lines.add("sockets of the stalled closed: " + count + " with " + reason));
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }
}
