package io.parley.cli.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects violations while the checks go through histories. */
final class Verdict {
  private final List<Violation> violations = new ArrayList<>();

  /** About an entry of the log. */
  void broken(Violation.Kind kind, RoomLog log, Entry entry, String sentence, Object... values) {
    broken(kind, log.room(), entry.seq(), entry.cid(), sentence, values);
  }

  void broken(
      Violation.Kind kind, String room, long seq, String cid, String sentence, Object... values) {
    violations.add(
        new Violation(kind, room, seq, cid, String.format(Locale.ROOT, sentence, values)));
  }

  List<Violation> violations() {
    return List.copyOf(violations);
  }
}
