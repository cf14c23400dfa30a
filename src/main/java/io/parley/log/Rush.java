package io.parley.log;

import java.util.concurrent.TimeUnit;

/**
 * Whether it is worth a moment to wait for more before a batch is written. Those who were answered
 * together ask again together, but not in the same instant: written at once, the first would go
 * alone, and all who listen would be sent twice what they could be sent in one piece.
 */
final class Rush {
  /** How long to wait at most: about what one write takes. */
  static final long MOMENT_MS = 1;

  /** In a large room those who were answered hear the last of it a good while later. */
  private static final long OVER_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private int last;
  private int before;
  private long lastAt;

  /**
   * Whether fewer wait than went together last time, or the time before: one who comes too late and
   * goes alone does not end it.
   *
   * @param waiting how many could be written now
   * @param now by the clock that never jumps
   */
  boolean expectsMore(int waiting, long now) {
    int expected = Math.max(last, before);
    return expected > 1 && waiting < expected && now - lastAt < OVER_NANOS;
  }

  /** A batch of so many was written. */
  void wrote(int size, long now) {
    before = last;
    last = size;
    lastAt = now;
  }
}
