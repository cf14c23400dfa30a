package io.parley.cli.history;

import io.parley.cli.history.Violation.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Pages of history: a true part of the log, and no older than what was known. */
final class ShownCheck {
  private ShownCheck() {}

  static void judge(History history, Map<String, RoomLog> logs, Ledger ledger, Verdict verdict) {
    for (Event.Shown shown : history.all(Event.Shown.class)) {
      RoomLog log = Checker.log(logs, shown.room());
      fresh(history, shown, ledger.known(shown.room()), verdict);
      whole(history, shown.entries(), log, verdict);
      ViewCheck.compare(history, shown.entries(), log, verdict);
      shown.entries().stream()
          .filter(entry -> !log.membership().atOrAfter(history.user(), entry.seq()))
          .forEach(entry -> ViewCheck.afterKick(history, entry, log, verdict));
    }
  }

  private static void fresh(History history, Event.Shown shown, Knowledge known, Verdict verdict) {
    long before = known.before(shown.asked());
    if (shown.asOf() < before) {
      verdict.broken(
          Kind.STALE,
          shown.room(),
          before,
          "",
          "was known when %s asked for history, which knew only %d",
          history.client(),
          shown.asOf());
    }
  }

  /** Between the first and the last entry of a page no message is missing, and all are in order. */
  private static void whole(History history, List<Entry> page, RoomLog log, Verdict verdict) {
    for (int i = 1; i < page.size(); i++) {
      if (page.get(i).seq() <= page.get(i - 1).seq()) {
        verdict.broken(
            Kind.SWAPPED, log, page.get(i), "is out of order in history for %s", history.client());
      }
    }
    if (page.isEmpty()) {
      return;
    }
    Set<Long> places = page.stream().map(Entry::seq).collect(Collectors.toSet());
    long first = page.get(0).seq();
    long last = page.get(page.size() - 1).seq();
    log.entries().stream()
        .filter(entry -> entry.seq() > first && entry.seq() < last)
        .filter(entry -> entry.isMessage() && !places.contains(entry.seq()))
        .forEach(
            entry ->
                verdict.broken(
                    Kind.MISSED, log, entry, "is missing in history for %s", history.client()));
  }
}
