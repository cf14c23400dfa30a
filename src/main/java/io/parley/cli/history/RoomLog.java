package io.parley.cli.history;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A room's log as the store has it, read once everything is over. */
public final class RoomLog {
  private final String room;
  private final List<Entry> entries;
  private final Map<Long, Entry> places;
  private final Membership membership;

  /**
   * @param entries in the order in which they were read
   */
  public RoomLog(String room, List<Entry> entries) {
    this.room = room;
    this.entries = List.copyOf(entries);
    this.places =
        this.entries.stream()
            .collect(Collectors.toMap(Entry::seq, Function.identity(), (one, other) -> one));
    this.membership = Membership.of(this.entries);
  }

  public String room() {
    return room;
  }

  public List<Entry> entries() {
    return entries;
  }

  Optional<Entry> at(long seq) {
    return Optional.ofNullable(places.get(seq));
  }

  /** The newest place; zero without any. */
  public long head() {
    return entries.stream().map(Entry::seq).max(Comparator.naturalOrder()).orElse(0L);
  }

  /** Who was in the room at which place of the log. */
  Membership membership() {
    return membership;
  }
}
