package io.parley.cli.load;

import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What became of deeds. Belongs to one event loop. */
final class DayTimes {
  private final Map<Deed, Row> rows = new EnumMap<>(Deed.class);

  /**
   * A kind of deed.
   *
   * @param begun of all, the warm-up included, as are those done and refused
   */
  record Outcome(int begun, int done, int refused, String firstRefusal, Latencies toDone) {}

  private static final class Row {
    private final Histogram micros = LoadTimes.histogram();
    private int begun;
    private int done;
    private int refused;
    private String firstRefusal = "";
  }

  DayTimes() {
    for (Deed deed : Deed.values()) {
      rows.put(deed, new Row());
    }
  }

  void began(Deed deed) {
    row(deed).begun++;
  }

  /**
   * @param micros since it was due; negative when it is not to be timed
   */
  void done(Deed deed, long micros) {
    Row row = row(deed);
    row.done++;
    if (micros >= 0) {
      row.micros.recordValue(Math.min(LoadTimes.HIGHEST, micros));
    }
  }

  void refused(Deed deed, String why) {
    Row row = row(deed);
    row.refused++;
    if (row.firstRefusal.isEmpty()) {
      row.firstRefusal = why;
    }
  }

  int done(Deed deed) {
    return row(deed).done;
  }

  /** How many nothing more will come of. */
  int ended() {
    return rows.values().stream().mapToInt(row -> row.done + row.refused).sum();
  }

  int begun() {
    return rows.values().stream().mapToInt(row -> row.begun).sum();
  }

  Map<Deed, Outcome> outcomes() {
    Map<Deed, Outcome> outcomes = new EnumMap<>(Deed.class);
    rows.forEach(
        (deed, row) ->
            outcomes.put(
                deed,
                new Outcome(
                    row.begun, row.done, row.refused, row.firstRefusal, Latencies.of(row.micros))));
    return outcomes;
  }

  private Row row(Deed deed) {
    return rows.computeIfAbsent(deed, first -> new Row());
  }
}
