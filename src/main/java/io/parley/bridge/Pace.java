package io.parley.bridge;

import java.util.concurrent.TimeUnit;

/**
 * How fast one peer may send: so many frames at once, then so many a second. What is refused is
 * counted by the same measure, and whoever goes on regardless of it has to go; likewise whoever
 * sends twice as much of what is not refused, such as pings. Belongs to one event loop.
 */
final class Pace {
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int rate;
  private final int burst;
  private double frames;
  private double refusals;
  private double signs;
  private long filledAt;

  /**
   * @param rate frames a second, 0 for no limit
   */
  Pace(int rate, int burst, long now) {
    this.rate = rate;
    this.burst = burst;
    this.frames = burst;
    this.refusals = burst;
    this.signs = 2.0 * burst;
    this.filledAt = now;
  }

  /** Whether one more frame is served. */
  boolean serves(long now) {
    if (rate == 0) {
      return true;
    }
    fill(now);
    if (frames >= 1) {
      frames--;
      return true;
    }
    refusals--;
    return false;
  }

  /** One more sign of life, asking something or not. Tells whether there are far too many. */
  boolean overrun(long now) {
    if (rate == 0) {
      return false;
    }
    fill(now);
    signs--;
    return signs < 0;
  }

  /** Whether there have been more refusals than anybody needs to understand them. */
  boolean abused() {
    return refusals < 0;
  }

  /** How long until the next frame is served; a while, even when that is at once. */
  long waitMs() {
    return rate == 0 ? 0 : Math.max(1, (long) Math.ceil((1 - frames) * 1000 / rate));
  }

  private void fill(long now) {
    double more = Math.max(0, now - filledAt) * rate / NANOS;
    frames = Math.min(burst, frames + more);
    refusals = Math.min(burst, refusals + more);
    signs = Math.min(2.0 * burst, signs + 2 * more);
    filledAt = now;
  }
}
