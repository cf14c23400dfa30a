package io.parley.cli.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Who was in a room, by the places in its log where people came and went. */
final class Membership {
  private static final Set<String> COMING = Set.of("create", "join");
  private static final Set<String> GOING = Set.of("leave", "kick", "ban");

  private final Map<String, NavigableMap<Long, Boolean>> changes = new HashMap<>();

  private Membership() {}

  static Membership of(List<Entry> entries) {
    Membership membership = new Membership();
    for (Entry entry : entries) {
      String who = entry.subject().isEmpty() ? entry.author() : entry.subject();
      if (COMING.contains(entry.kind())) {
        membership.changed(who, entry.seq(), true);
      } else if (GOING.contains(entry.kind())) {
        membership.changed(who, entry.seq(), false);
      }
    }
    return membership;
  }

  /** Whether somebody was in the room when its newest entry had this place. */
  boolean at(String user, long seq) {
    Map.Entry<Long, Boolean> last = of(user).floorEntry(seq);
    return last != null && last.getValue();
  }

  /** Whether there was a moment, this entry stored, at which somebody was in the room. */
  boolean atOrAfter(String user, long seq) {
    return at(user, seq) || of(user).tailMap(seq, true).containsValue(true);
  }

  /** The first place after this one where somebody went. */
  Optional<Long> leftAfter(String user, long seq) {
    return of(user).tailMap(seq, false).entrySet().stream()
        .filter(change -> !change.getValue())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Whether somebody had gone and come back when the newest entry had this place. */
  boolean cameBackBefore(String user, long seq) {
    return at(user, seq) && of(user).headMap(seq, true).containsValue(false);
  }

  private NavigableMap<Long, Boolean> of(String user) {
    return changes.getOrDefault(user, new TreeMap<>());
  }

  private void changed(String user, long seq, boolean in) {
    changes.computeIfAbsent(user, unknown -> new TreeMap<>()).put(seq, in);
  }
}
