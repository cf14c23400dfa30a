package io.parley.cli.load;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What went wrong, in lines of text; nothing when nothing did. */
final class Troubles {
  private Troubles() {}

  /** What was refused, for each code, and what was not even sent. */
  static void add(List<String> lines, Map<String, Long> refusals, long heldBack) {
    if (!refusals.isEmpty()) {
      lines.add("refused: " + codes(refusals));
    }
    if (heldBack > 0) {
      lines.add("held back, since too many were unanswered: " + heldBack);
    }
  }

  /** Counts with their names. */
  static String codes(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(each -> each.getKey() + " " + each.getValue())
        .collect(Collectors.joining(", "));
  }

  static void add(List<String> lines, String firstRefusal, long lost, Map<String, Long> closed) {
    if (!firstRefusal.isEmpty()) {
      lines.add("first refusal: " + firstRefusal);
    }
    if (lost > 0) {
      lines.add("lost with their connection: " + lost);
    }
    closed.forEach(
        (reason, count) -> lines.add("sockets closed by the server: " + count + " with " + reason));
  }
}
