package io.parley.bridge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.log.LogId;
import java.time.Duration;

/**
 * What this node leaves out while it has more to do than it can: step by step what people miss
 * least, and messages never.
 *
 * <p>It goes up a step when the pressure has been too high at two looks in a row, and down a step
 * when it has been well below for five, so that one pause of the machine changes nothing for long
 * and nothing flutters. Looked at by one thread, read by all.
 */
final class Overload {
  private static final int LOOKS_UP = 2;
  private static final int LOOKS_DOWN = 5;

  /** What must be left of the pressure of a step before it is taken back. */
  private static final double WELL_BELOW = 0.7;

  private static final double[] LAG = {1, 2, 4, 8};
  private static final double[] UNSENT = {0.25, 0.5, 0.65, 0.8};
  private static final double[] PENDING = {0.25, 0.5, 0.75, 0.9};

  private final Duration strain;
  private volatile Step step = Step.NONE;
  private int tooHigh;
  private int wellBelow;

  /** Each includes those before it. */
  enum Step {
    NONE(0),
    NO_TYPING(1),
    RARE_PRESENCE(2),
    COUNTED_RECEIPTS(3),
    BATCHES(4);

    private final int height;

    Step(int height) {
      this.height = height;
    }

    /** How many steps it is above nothing. */
    int height() {
      return height;
    }
  }

  /**
   * How hard the node has to work.
   *
   * @param lag how long work waits for an event loop
   * @param unsent what peers have not read, as a part of what the node keeps for them
   * @param pending what waits for the fullest owner of logs, as a part of what it takes
   */
  record Pressure(Duration lag, double unsent, double pending) {}

  /**
   * @param strain the lag of the first step; the others are at two, four and eight times as much
   */
  Overload(Duration strain) {
    this.strain = strain;
  }

  Step step() {
    return step;
  }

  boolean at(Step wanted) {
    return step.compareTo(wanted) >= 0;
  }

  /** Takes note of the pressure just now; each second. */
  void look(Pressure pressure) {
    tooHigh = demanded(pressure, 1) > step.height() ? tooHigh + 1 : 0;
    wellBelow = demanded(pressure, WELL_BELOW) < step.height() ? wellBelow + 1 : 0;
    if (tooHigh >= LOOKS_UP) {
      move(1);
    } else if (wellBelow >= LOOKS_DOWN) {
      move(-1);
    }
  }

  /** What clients are told when it changes. */
  static ObjectNode news(LogId user, Step step) {
    ObjectNode news =
        JsonNodeFactory.instance
            .objectNode()
            .put("kind", "server")
            .put(user.scope().word(), user.id().toString());
    news.putObject("body")
        .put("overload", step.height())
        .put("typing", step == Step.NONE)
        .put("batchMs", step == Step.BATCHES ? Batches.PAUSE.toMillis() : 0);
    return news;
  }

  private void move(int steps) {
    step = Step.values()[step.height() + steps];
    tooHigh = 0;
    wellBelow = 0;
  }

  /** The step that the worst of the pressures asks for, where each threshold is only a part. */
  private int demanded(Pressure pressure, double part) {
    double lag = (double) pressure.lag().toNanos() / strain.toNanos();
    return Math.max(
        passed(lag, LAG, part),
        Math.max(
            passed(pressure.unsent(), UNSENT, part), passed(pressure.pending(), PENDING, part)));
  }

  private static int passed(double value, double[] thresholds, double part) {
    int passed = 0;
    while (passed < thresholds.length && value >= thresholds[passed] * part) {
      passed++;
    }
    return passed;
  }
}
