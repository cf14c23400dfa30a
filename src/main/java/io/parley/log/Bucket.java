package io.parley.log;

import java.util.concurrent.TimeUnit;

/** A token bucket: so many at once, then so many a second. */
final class Bucket {
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int rate;
  private final int burst;
  private double tokens;
  private long filledAt;

  Bucket(int rate, int burst, long now) {
    this.rate = rate;
    this.burst = Math.max(1, burst);
    this.tokens = this.burst;
    this.filledAt = now;
  }

  /** Takes a token if there is one. */
  boolean take(long now) {
    fill(now);
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /** Gives back what turned out to be nothing new. */
  void giveBack() {
    tokens = Math.min(burst, tokens + 1);
  }

  /** How long until the next token. */
  long waitMs(long now) {
    fill(now);
    return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) * 1000 / rate);
  }

  private void fill(long now) {
    tokens = Math.min(burst, tokens + Math.max(0, now - filledAt) * rate / NANOS);
    filledAt = now;
  }
}
