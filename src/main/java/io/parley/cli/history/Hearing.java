package io.parley.cli.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What came over one registration. The server lets a reader in at a head, at which it must be a
 * member; what was missed up to there is its to read, and after it everything up to its going.
 */
final class Hearing {
  private final List<Entry> entries = new ArrayList<>();
  private Optional<Long> head = Optional.empty();

  void ready(long at) {
    head = Optional.of(at);
  }

  void add(Entry entry) {
    entries.add(entry);
  }

  void judge(History history, RoomLog log, Verdict verdict) {
    Membership membership = log.membership();
    long end = head.flatMap(at -> membership.leftAfter(history.user(), at)).orElse(Long.MAX_VALUE);
    boolean admitted = head.map(at -> membership.at(history.user(), at)).orElse(true);
    for (Entry entry : entries) {
      boolean readable =
          admitted
              && entry.seq() <= end
              && (head.isPresent() || membership.atOrAfter(history.user(), entry.seq()));
      if (!readable) {
        ViewCheck.afterKick(history, entry, log, verdict);
      }
    }
  }
}
