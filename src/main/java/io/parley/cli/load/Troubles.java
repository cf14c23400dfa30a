package io.parley.cli.load;

import java.util.List;
import java.util.Map;

/** What went wrong, in lines of text; nothing when nothing did. */
final class Troubles {
  private Troubles() {}

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
