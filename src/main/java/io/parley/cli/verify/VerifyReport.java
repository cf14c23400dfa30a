package io.parley.cli.verify;

import io.parley.cli.history.Event;
import io.parley.cli.history.RoomLog;
import io.parley.cli.history.Times;
import io.parley.cli.history.Violation;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a run came to, for people. */
final class VerifyReport {
  private static final int MOST_VIOLATIONS = 50;
  private static final String ROW = "%-36s%9s%8s%8s%9s%9s%9s%10s%10s%12s";
  private static final double MICROS_PER_MILLI = 1e3;

  private final StringBuilder text = new StringBuilder();

  private VerifyReport() {}

  static String of(Verification.Outcome outcome) {
    VerifyReport report = new VerifyReport();
    Times times = new Times(outcome.histories());
    report.table(outcome, times.longestPauses());
    report.looks(outcome);
    report.recoveries(times);
    report.violations(outcome.violations());
    return report.text.toString();
  }

  private void table(Verification.Outcome outcome, Map<String, Long> pauses) {
    Map<String, Tally> tallies = Tally.of(outcome.histories());
    Map<String, Long> broken =
        outcome.violations().stream()
            .collect(Collectors.groupingBy(Violation::room, Collectors.counting()));
    line(
        ROW,
        "room",
        "entries",
        "sent",
        "acked",
        "refused",
        "retried",
        "resumed",
        "received",
        "pause ms",
        "violations");
    for (RoomLog log : outcome.logs()) {
      Tally tally = tallies.getOrDefault(log.room(), new Tally());
      long pause = pauses.getOrDefault(log.room(), 0L);
      row(log.room(), log.entries().size(), tally, pause, broken.getOrDefault(log.room(), 0L));
    }
    row(
        "all",
        outcome.logs().stream().mapToInt(log -> log.entries().size()).sum(),
        Tally.sum(tallies.values()),
        pauses.isEmpty() ? 0 : Collections.max(pauses.values()),
        outcome.violations().size());
  }

  private void row(String room, int entries, Tally tally, long pauseMicros, long violations) {
    line(
        ROW,
        room,
        entries,
        tally.sent(),
        tally.acknowledged(),
        tally.refused(),
        tally.retried(),
        tally.resumed(),
        tally.received(),
        millis(pauseMicros),
        violations);
  }

  private void looks(Verification.Outcome outcome) {
    long pages =
        outcome.histories().stream()
            .flatMap(history -> history.events().stream())
            .filter(Event.Shown.class::isInstance)
            .count();
    long kicks =
        outcome.logs().stream()
            .flatMap(log -> log.entries().stream())
            .filter(entry -> entry.kind().equals("kick"))
            .count();
    line(
        "%d clients, %d pages of history, %d removals",
        outcome.histories().stream().filter(history -> !history.user().isEmpty()).count(),
        pages,
        kicks);
  }

  private void recoveries(Times times) {
    for (Times.Recovery recovery : times.recoveries()) {
      recovery
          .micros()
          .ifPresentOrElse(
              micros ->
                  line(
                      "after '%s' posts flowed again in %s ms (slowest: %s)",
                      recovery.fault(), millis(micros), recovery.slowest()),
              () -> line("after '%s' not all rooms acknowledged a post", recovery.fault()));
    }
  }

  private void violations(List<Violation> violations) {
    violations.stream().limit(MOST_VIOLATIONS).forEach(violation -> line("%s", violation));
    if (violations.size() > MOST_VIOLATIONS) {
      line("and %d more", violations.size() - MOST_VIOLATIONS);
    }
    line(violations.isEmpty() ? "no promise was broken" : "promises were broken");
  }

  private static String millis(long micros) {
    return String.format(Locale.ROOT, "%,.0f", micros / MICROS_PER_MILLI);
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
  }
}
