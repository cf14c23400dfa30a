package io.parley.cli.load;

import io.parley.cli.load.socket.Framing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a server did that was asked for more than it can do.
 *
 * @param stretches as fast as it goes, three times as fast, and half as fast
 */
record OverloadReport(
    int sockets,
    int rooms,
    int nodes,
    Framing framing,
    int bodyBytes,
    List<Stretch> stretches,
    String firstRefusal,
    Map<String, Long> closed)
    implements LoadReport {

  @Override
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        UseTable.format(
            "%d members in %d rooms on %d nodes, %d bytes each", sockets, rooms, nodes, bodyBytes));
    lines.add(Stretch.HEADING);
    for (Stretch stretch : stretches) {
      lines.add(stretch.row());
      if (!stretch.refused().isEmpty()) {
        lines.add("  refused: " + Troubles.codes(stretch.refused()));
      }
    }
    Troubles.add(lines, firstRefusal, 0, closed);
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }
}
