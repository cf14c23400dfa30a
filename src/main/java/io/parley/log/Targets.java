package io.parley.log;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an owner remembers of the messages of a log that are being changed. */
final class Targets {
  private static final int MOST = 100;

  /** A longer text is read again when it is changed again. */
  private static final int LONG = 1_024;

  private final Map<Long, Optional<Target>> known = new OpenLog.Remembered<>(MOST);

  /** Whether it is known what stands at a place, be it nothing. */
  boolean knows(long seq) {
    return known.containsKey(seq);
  }

  Optional<Target> find(long seq) {
    return Optional.ofNullable(known.get(seq)).flatMap(found -> found);
  }

  /** Takes note of what was found at the places asked for. */
  void learn(List<Long> asked, List<Shown> found) {
    asked.forEach(seq -> known.put(seq, Optional.empty()));
    found.forEach(each -> known.put(each.entry().seq(), Optional.of(Target.of(each))));
  }

  /** A change has become durable. */
  void revised(long seq, MessageState state) {
    Optional<Target> before = find(seq);
    if (state.edited().filter(body -> body.length() > LONG).isPresent()) {
      known.remove(seq);
    } else {
      before.ifPresent(target -> known.put(seq, Optional.of(target.with(state))));
    }
  }

  void forget(long seq) {
    known.remove(seq);
  }

  void forget() {
    known.clear();
  }
}
