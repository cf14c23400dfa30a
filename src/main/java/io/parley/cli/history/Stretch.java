package io.parley.cli.history;

import io.parley.cli.history.Violation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A reader's view from the head at which it first heard the room: through resumptions by cursor it
 * has to be one unbroken sequence.
 */
final class Stretch {
  private static final long OPEN = Event.NOW;

  private final History history;
  private final List<Entry> entries = new ArrayList<>();
  private long base;

  /**
   * @param base the last entry before it, or {@link Event#NOW}: the head at which it begins is not
   *     known yet
   */
  Stretch(History history, long base) {
    this.history = history;
    this.base = base;
  }

  /** The room was ready at this head: what the view begins after, if it did not begin before. */
  void begin(long head) {
    if (base == OPEN) {
      base = head;
    }
  }

  void add(Entry entry) {
    begin(entry.seq() - 1);
    entries.add(entry);
  }

  List<Entry> entries() {
    return entries;
  }

  /**
   * @param toTheEnd whether the reader was there to the end, and so has to have all of the log
   */
  void judge(RoomLog log, boolean toTheEnd, Verdict verdict) {
    SortedSet<Long> seen = new TreeSet<>();
    long highest = base;
    for (Entry entry : entries) {
      if (entry.seq() <= base || !seen.add(entry.seq())) {
        verdict.broken(Kind.REPEATED, log, entry, "came to %s once more", history.client());
      } else if (entry.seq() < highest) {
        String sentence = "came to %s after %d";
        verdict.broken(Kind.SWAPPED, log, entry, sentence, history.client(), highest);
      }
      highest = Math.max(highest, entry.seq());
    }
    if (base != OPEN) {
      missed(log, seen, toTheEnd ? Math.max(highest, log.head()) : highest, verdict);
    }
  }

  private void missed(RoomLog log, SortedSet<Long> seen, long end, Verdict verdict) {
    seen.add(end + 1);
    long expected = base + 1;
    for (long place : seen) {
      if (place > expected) {
        verdict.broken(
            Kind.MISSED,
            log.room(),
            expected,
            log.at(expected).map(Entry::cid).orElse(""),
            "%s never got %d to %d",
            history.client(),
            expected,
            place - 1);
      }
      expected = place + 1;
    }
  }
}
