package io.parley.log;

import io.parley.bus.Bus;
import io.parley.log.LogStore.Top;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says which rooms have new entries, once a second: for those who do not listen to each of them.
 */
final class Moves implements Listeners {
  private static final int AT_ONCE = 1_000;
  private static final int MOST_MENTIONED = 200;

  private final Bus bus;
  private final EntryJson json;
  private final Map<LogId, Entry> newest = new LinkedHashMap<>();
  private final List<LogApi.Mentioned> mentioned = new ArrayList<>();

  Moves(Bus bus, EntryJson json) {
    this.bus = bus;
    this.json = json;
  }

  @Override
  public void committed(List<Entry> entries) {
    for (Entry entry : entries) {
      if (entry.log().scope() == LogId.Scope.ROOM) {
        newest.put(entry.log(), entry);
        note(entry);
      }
    }
  }

  /**
   * What is left out for being too much is found by whoever asks for their rooms. Threads have
   * badges of their own.
   */
  private void note(Entry entry) {
    Mentions mentions = entry.countable() ? Mentions.of(entry) : Mentions.NONE;
    if (!mentions.isEmpty() && mentioned.size() < MOST_MENTIONED) {
      mentioned.add(
          new LogApi.Mentioned(
              new LogApi.Place(entry.log(), entry.seq()),
              entry.author(),
              mentions.users(),
              mentions.everybody()));
    }
  }

  /** Whoever needs certainty asks for heads. */
  @Override
  public void doubt(LogId log) {}

  /** Tells what has moved since the last time. */
  void flush() {
    List<LogApi.Head> heads = newest.values().stream().map(this::head).toList();
    newest.clear();
    Optional<List<LogApi.Mentioned>> all =
        mentioned.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(mentioned));
    mentioned.clear();
    for (int from = 0; from < heads.size(); from += AT_ONCE) {
      int to = Math.min(heads.size(), from + AT_ONCE);
      List<LogApi.Head> some = List.copyOf(heads.subList(from, to));
      bus.tell(LogApi.MOVED, new LogApi.Moved(some, from == 0 ? all : Optional.empty()));
      bus.announce(LogApi.STIRRED, new LogApi.Moved(some, Optional.empty()));
    }
  }

  private LogApi.Head head(Entry entry) {
    return json.head(new Top(entry.log(), entry.seq(), entry.n(), entry.at(), entry.id(), 0));
  }
}
