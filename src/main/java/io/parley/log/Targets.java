package io.parley.log;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an owner remembers of the messages of a log that are being changed or answered, and which
 * are pinned.
 */
final class Targets {
  private static final int MOST = 100;

  /** A longer text is read again when it is changed again. */
  private static final int LONG = 1_024;

  /** About as much as somebody takes up who has reacted. */
  private static final int SOMEBODY = 32;

  private final Map<Long, Optional<Target>> known = new Remembered<>(MOST);
  private Optional<Set<Long>> pins = Optional.empty();

  /**
   * What was changed since the question under way was put, which its answer may lack, and whether
   * it is pinned now.
   */
  private final Map<Long, Boolean> overtaken = new HashMap<>();

  /**
   * What a store has told.
   *
   * @param pins the places of all pinned messages, if they were asked for
   */
  record Found(List<Long> asked, List<Shown> found, Optional<List<Long>> pins) {}

  /** The places of the messages that a draft names: to change them, or as what it answers. */
  static List<Long> of(Draft draft) {
    if (Mutation.of(draft).isEmpty()) {
      return draft.replyTo().map(List::of).orElse(List.of());
    }
    return Stream.concat(draft.target().stream(), draft.replyTo().stream()).distinct().toList();
  }

  private static boolean pins(Draft draft) {
    return Mutation.of(draft).filter(Mutation.PIN::equals).isPresent();
  }

  /** Whether something must be read before a draft can be decided on. */
  boolean lacking(Draft draft) {
    return !of(draft).stream().allMatch(this::knows) || (pins(draft) && pins.isEmpty());
  }

  /** Whether it is known what stands at a place, be it nothing. */
  boolean knows(long seq) {
    return known.containsKey(seq);
  }

  Optional<Target> find(long seq) {
    return Optional.ofNullable(known.get(seq)).flatMap(found -> found);
  }

  /** The places of all pinned messages, as far as they were read. */
  Set<Long> pinned() {
    return pins.orElse(Set.of());
  }

  /** Reads what these drafts lack: one question at a time. */
  Future<Found> read(LogStore store, LogId log, List<Draft> lacking) {
    overtaken.clear();
    List<Long> places =
        lacking.stream()
            .flatMap(draft -> of(draft).stream())
            .filter(seq -> !knows(seq))
            .distinct()
            .toList();
    boolean all = lacking.stream().anyMatch(Targets::pins);
    Future<List<Shown>> found =
        places.isEmpty() ? Future.succeededFuture(List.of()) : store.at(log, places);
    Future<Optional<List<Long>>> pinned =
        all ? store.pins(log).map(Optional::of) : Future.succeededFuture(Optional.empty());
    return Future.all(found, pinned)
        .map(both -> new Found(places, found.result(), pinned.result()));
  }

  /** Takes note of what was found at the places asked for, but for what has changed meanwhile. */
  void learn(Found told) {
    told.asked().stream()
        .filter(seq -> !overtaken.containsKey(seq))
        .forEach(seq -> known.put(seq, Optional.empty()));
    told.found().stream()
        .filter(each -> !overtaken.containsKey(each.entry().seq()))
        .forEach(each -> known.put(each.entry().seq(), Optional.of(Target.of(each))));
    told.pins()
        .ifPresent(
            places -> {
              pins = Optional.of(new HashSet<>(places));
              overtaken.forEach(this::mark);
            });
    overtaken.clear();
  }

  private void mark(long seq, boolean pinned) {
    pins.ifPresent(places -> mark(places, seq, pinned));
  }

  private static void mark(Set<Long> places, long seq, boolean pinned) {
    if (pinned) {
      places.add(seq);
    } else {
      places.remove(seq);
    }
  }

  /** A change has become durable. */
  void revised(long seq, MessageState state) {
    overtaken.put(seq, state.pinned().isPresent());
    mark(seq, state.pinned().isPresent());
    Optional<Target> before = find(seq);
    if (state.edited().filter(body -> body.length() > LONG).isPresent()) {
      known.remove(seq);
    } else {
      before.ifPresent(target -> known.put(seq, Optional.of(target.with(state))));
    }
  }

  /** How many messages are pinned after changes that are not durable yet. */
  int pinnedAfter(Map<Long, Target> revised) {
    Set<Long> places = new HashSet<>(pinned());
    revised.forEach((seq, target) -> mark(places, seq, target.state().pinned().isPresent()));
    return places.size();
  }

  /** Nobody waits: what takes much room is not kept for those who may come. */
  void rest() {
    known.values().removeIf(target -> target.filter(Targets::heavy).isPresent());
    pins = Optional.empty();
  }

  private static boolean heavy(Target target) {
    MessageState state = target.state();
    int text = state.edited().map(String::length).orElse(0);
    int people = state.reactions().stream().mapToInt(each -> each.users().size()).sum();
    return text + people * SOMEBODY > LONG;
  }

  /**
   * What speaks against a draft is read anew: the messages at these places, and for a pin what is
   * pinned.
   */
  void reread(Draft draft, List<Long> places) {
    places.forEach(known::remove);
    if (pins(draft)) {
      pins = Optional.empty();
    }
  }

  void forget() {
    known.clear();
    pins = Optional.empty();
    overtaken.clear();
  }
}
