package io.parley.log;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an owner remembers of the messages of a log that are being changed. */
final class Targets {
  private static final int MOST = 100;

  /** A longer text is read again when it is changed again. */
  private static final int LONG = 1_024;

  /** About as much as somebody takes up who has reacted. */
  private static final int SOMEBODY = 32;

  private final Map<Long, Optional<Target>> known = new Remembered<>(MOST);

  /** What was changed since the question under way was put, which its answer may lack. */
  private final Set<Long> overtaken = new HashSet<>();

  /** Whether it is known what stands at a place, be it nothing. */
  boolean knows(long seq) {
    return known.containsKey(seq);
  }

  Optional<Target> find(long seq) {
    return Optional.ofNullable(known.get(seq)).flatMap(found -> found);
  }

  /** A question is put to the store, one at a time. */
  void asking() {
    overtaken.clear();
  }

  /** Takes note of what was found at the places asked for, but for what has changed meanwhile. */
  void learn(List<Long> asked, List<Shown> found) {
    asked.stream()
        .filter(seq -> !overtaken.contains(seq))
        .forEach(seq -> known.put(seq, Optional.empty()));
    found.stream()
        .filter(each -> !overtaken.contains(each.entry().seq()))
        .forEach(each -> known.put(each.entry().seq(), Optional.of(Target.of(each))));
    overtaken.clear();
  }

  /** A change has become durable. */
  void revised(long seq, MessageState state) {
    overtaken.add(seq);
    Optional<Target> before = find(seq);
    if (state.edited().filter(body -> body.length() > LONG).isPresent()) {
      known.remove(seq);
    } else {
      before.ifPresent(target -> known.put(seq, Optional.of(target.with(state))));
    }
  }

  /** Nobody waits: what takes much room is not kept for those who may come. */
  void rest() {
    known.values().removeIf(target -> target.filter(Targets::heavy).isPresent());
  }

  private static boolean heavy(Target target) {
    MessageState state = target.state();
    int text = state.edited().map(String::length).orElse(0);
    int people = state.reactions().stream().mapToInt(each -> each.users().size()).sum();
    return text + people * SOMEBODY > LONG;
  }

  void forget(long seq) {
    known.remove(seq);
  }

  void forget() {
    known.clear();
    overtaken.clear();
  }
}
