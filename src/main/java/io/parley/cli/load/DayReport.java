package io.parley.cli.load;

import static io.parley.cli.load.UseTable.format;

import io.parley.cli.load.socket.Framing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What became of an ordinary day.
 *
 * @param deeds for each kind
 * @param skipped deeds that nobody was free to do when they were due
 * @param cost of what was measured, the warm-up left out
 */
record DayReport(
    int members,
    int rooms,
    int nodes,
    Framing framing,
    int rate,
    long seconds,
    long warmUpSeconds,
    long seed,
    Map<Deed, DayTimes.Outcome> deeds,
    int skipped,
    long delivered,
    Latencies toDelivered,
    Map<String, Long> closed,
    LoadCost cost,
    Figures figures)
    implements LoadReport {

  @Override
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "%d members in %d rooms, %d deeds/s for %d s after %d s of warm-up, seed %d",
            members, rooms, rate, seconds, warmUpSeconds, seed));
    deeds.forEach(
        (deed, outcome) ->
            lines.add(
                format(
                    "%-10s begun %d, done %d, refused %d%s",
                    name(deed),
                    outcome.begun(),
                    outcome.done(),
                    outcome.refused(),
                    outcome.refused() > 0 ? ", first: " + outcome.firstRefusal() : "")));
    lines.add(format("nobody was free for %d; delivered %d", skipped, delivered));
    lines.add(Latencies.HEADING);
    deeds.forEach((deed, outcome) -> lines.add(outcome.toDone().row(name(deed))));
    lines.add(toDelivered.row("delivered"));
    Troubles.add(lines, "", 0, closed);
    lines.addAll(Figures.lines(cost, figures));
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }

  private static String name(Deed deed) {
    return deed.name().toLowerCase(Locale.ROOT);
  }
}
