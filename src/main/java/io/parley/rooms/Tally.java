package io.parley.rooms;

import io.parley.rooms.ReaderStore.Receipt;
import io.parley.rooms.ReadersApi.Counts;
import io.parley.rooms.ReadersApi.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Counts how many are how far, so that any one message can be looked up in it. */
final class Tally {
  private final int most;
  private long from;

  private Tally(int most) {
    this.most = most;
  }

  /**
   * @param most how many steps there may be of a kind, beginning with the furthest
   */
  static Counts of(List<Receipt> receipts, int most) {
    Tally tally = new Tally(most);
    List<Step> delivered = tally.steps(receipts, Receipt::delivered);
    List<Step> read = tally.steps(receipts, Receipt::read);
    List<Step> joined = tally.steps(receipts, Receipt::since);
    return new Counts(tally.from, tally.known(delivered), tally.known(read), tally.known(joined));
  }

  private List<Step> steps(List<Receipt> receipts, ToLongFunction<Receipt> place) {
    NavigableMap<Long, Integer> at = new TreeMap<>();
    receipts.forEach(receipt -> at.merge(place.applyAsLong(receipt), 1, Integer::sum));
    List<Step> steps = new ArrayList<>();
    int members = 0;
    for (var each : at.descendingMap().entrySet()) {
      if (steps.size() == most) {
        from = Math.max(from, each.getKey() + 1);
        break;
      }
      members += each.getValue();
      steps.add(new Step(each.getKey(), members));
    }
    return steps;
  }

  /** What lies before the first place that is known as a whole says nothing. */
  private List<Step> known(List<Step> steps) {
    return steps.stream().filter(step -> step.seq() >= from).toList();
  }
}
