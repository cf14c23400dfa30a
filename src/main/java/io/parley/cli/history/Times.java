package io.parley.cli.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** How long people waited, from their histories. */
public final class Times {
  private final Collection<History> histories;

  public Times(Collection<History> histories) {
    this.histories = List.copyOf(histories);
  }

  /**
   * How long posts took to flow again in all rooms.
   *
   * @param slowest the room that took longest
   * @param micros from the fault to the acknowledgement, in the slowest room, of the first post
   *     that was sent after the fault; empty if a room with posts never acknowledged one
   */
  public record Recovery(String fault, String slowest, Optional<Long> micros) {}

  /** A recovery for each fault, in order. */
  public List<Recovery> recoveries() {
    Ledger ledger = Ledger.of(histories);
    return histories.stream()
        .flatMap(history -> history.all(Event.Fault.class).stream())
        .sorted(Comparator.comparingLong(Event.Fault::at))
        .map(fault -> recovery(fault, ledger))
        .toList();
  }

  /**
   * For each room the longest time in which somebody waited for an acknowledgement and nobody got
   * one, in microseconds.
   */
  public Map<String, Long> longestPauses() {
    Map<String, List<Event>> rooms = new TreeMap<>();
    for (History history : histories) {
      for (Event event : history.events()) {
        room(event).ifPresent(room -> list(rooms, room).add(event));
      }
    }
    Map<String, Long> pauses = new TreeMap<>();
    rooms.forEach((room, events) -> pauses.put(room, longestPause(events)));
    return pauses;
  }

  /**
   * In how many microseconds such a share of all acknowledged posts was acknowledged, from the
   * first attempt on; 0 if none was.
   *
   * @param share such as 0.99
   */
  public long acknowledgedWithin(double share) {
    long[] sorted =
        Ledger.of(histories).posts().stream()
            .filter(post -> !post.acks().isEmpty())
            .mapToLong(
                post ->
                    post.acks().stream().mapToLong(Event.Acked::at).min().orElseThrow()
                        - post.sentAt())
            .sorted()
            .toArray();
    return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  private static Recovery recovery(Event.Fault fault, Ledger ledger) {
    Map<String, Long> firstAcks = new HashMap<>();
    for (Post post : ledger.posts()) {
      if (post.sentAt() > fault.at()) {
        long acked = post.acks().stream().mapToLong(Event.Acked::at).min().orElse(Long.MAX_VALUE);
        firstAcks.merge(post.key().room(), acked, Math::min);
      }
    }
    return firstAcks.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(
            slowest ->
                new Recovery(
                    fault.name(),
                    slowest.getKey(),
                    slowest.getValue() == Long.MAX_VALUE
                        ? Optional.empty()
                        : Optional.of(slowest.getValue() - fault.at())))
        .orElse(new Recovery(fault.name(), "", Optional.empty()));
  }

  private static long longestPause(List<Event> unordered) {
    List<Event> events = new ArrayList<>(unordered);
    events.sort(Comparator.comparingLong(Event::at));
    Set<String> waiting = new HashSet<>();
    long since = 0;
    long longest = 0;
    for (Event event : events) {
      if (event instanceof Event.Send send && waiting.add(send.cid()) && waiting.size() == 1) {
        since = event.at();
      } else if (event instanceof Event.Acked acked && waiting.remove(acked.cid())) {
        longest = Math.max(longest, event.at() - since);
        since = event.at();
      } else if (event instanceof Event.Refused refused) {
        waiting.remove(refused.cid());
      }
    }
    if (!waiting.isEmpty()) {
      longest = Math.max(longest, events.get(events.size() - 1).at() - since);
    }
    return longest;
  }

  private static Optional<String> room(Event event) {
    if (event instanceof Event.Send send) {
      return Optional.of(send.room());
    }
    if (event instanceof Event.Acked acked) {
      return Optional.of(acked.room());
    }
    return event instanceof Event.Refused refused ? Optional.of(refused.room()) : Optional.empty();
  }

  private static List<Event> list(Map<String, List<Event>> rooms, String room) {
    return rooms.computeIfAbsent(room, unknown -> new ArrayList<>());
  }
}
