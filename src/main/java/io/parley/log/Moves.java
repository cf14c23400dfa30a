package io.parley.log;

import io.parley.bus.Bus;
import io.parley.log.LogStore.Top;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says which rooms have new entries, once a second: for those who do not listen to each of them.
 */
final class Moves implements Listeners {
  private static final int AT_ONCE = 1_000;

  private final Bus bus;
  private final EntryJson json;
  private final Map<LogId, Entry> newest = new LinkedHashMap<>();

  Moves(Bus bus, EntryJson json) {
    this.bus = bus;
    this.json = json;
  }

  @Override
  public void committed(List<Entry> entries) {
    for (Entry entry : entries) {
      if (entry.log().scope() == LogId.Scope.ROOM) {
        newest.put(entry.log(), entry);
      }
    }
  }

  /** Whoever needs certainty asks for heads. */
  @Override
  public void doubt(LogId log) {}

  /** Tells what has moved since the last time. */
  void flush() {
    List<LogApi.Head> heads = newest.values().stream().map(this::head).toList();
    newest.clear();
    for (int from = 0; from < heads.size(); from += AT_ONCE) {
      int to = Math.min(heads.size(), from + AT_ONCE);
      LogApi.Moved moved = new LogApi.Moved(List.copyOf(heads.subList(from, to)));
      bus.tell(LogApi.MOVED, moved);
      bus.announce(LogApi.STIRRED, moved);
    }
  }

  private LogApi.Head head(Entry entry) {
    return json.head(new Top(entry.log(), entry.seq(), entry.n(), entry.at(), entry.id(), 0));
  }
}
