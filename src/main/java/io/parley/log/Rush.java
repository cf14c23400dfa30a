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

  private static final long OVER_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private int last;
  private long lastAt;

  /**
   * @param waiting how many could be written now
   * @param now by the clock that never jumps
   */
  boolean expectsMore(int waiting, long now) {
    return last > 1 && waiting < last && now - lastAt < OVER_NANOS;
  }

  /** A batch of so many was written. */
  void wrote(int size, long now) {
    last = size;
    lastAt = now;
  }
}
