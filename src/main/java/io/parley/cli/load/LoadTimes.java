package io.parley.cli.load;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * What was due when, and what came of it.
 *
 * <p>Times run from the moment a message was due, so that a server that stalls is charged for the
 * messages it kept from being sent (no coordinated omission). Those of the warm-up are counted but
 * not timed.
 */
final class LoadTimes {
  private static final long HIGHEST = TimeUnit.MINUTES.toMicros(1);

  private final double intervalNanos;
  private final int warmUp;
  private final Histogram acknowledged = new ConcurrentHistogram(HIGHEST, 3);
  private final Histogram delivered = new ConcurrentHistogram(HIGHEST, 3);
  private final LongAdder acks = new LongAdder();
  private final LongAdder deliveries = new LongAdder();
  private final LongAdder refusals = new LongAdder();
  private final AtomicLong lastEvent = new AtomicLong();
  private volatile long startedAt;
  private volatile String firstRefusal = "";

  LoadTimes(int rate, int warmUp) {
    this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / (double) rate;
    this.warmUp = warmUp;
  }

  /** Sets when the first message is due. */
  void begin(long nanoTime) {
    startedAt = nanoTime;
    lastEvent.set(nanoTime);
  }

  /** When a message is due, in the terms of {@link System#nanoTime()}. */
  long due(int number) {
    return startedAt + (long) (number * intervalNanos);
  }

  void acknowledged(int number) {
    acks.increment();
    record(acknowledged, number);
  }

  void delivered(int number) {
    deliveries.increment();
    record(delivered, number);
  }

  void refused(String frame) {
    refusals.increment();
    if (firstRefusal.isEmpty()) {
      firstRefusal = frame;
    }
  }

  void broken(Throwable cause) {
    refused(String.valueOf(cause.getMessage()));
  }

  long acks() {
    return acks.sum();
  }

  long deliveries() {
    return deliveries.sum();
  }

  long refusals() {
    return refusals.sum();
  }

  String firstRefusal() {
    return firstRefusal;
  }

  /** Microseconds from due to acknowledged. */
  Histogram acknowledgedMicros() {
    return acknowledged;
  }

  /** Microseconds from due to received, once for each receiver. */
  Histogram deliveredMicros() {
    return delivered;
  }

  /** When something last came, in the terms of {@link System#nanoTime()}. */
  long lastEvent() {
    return lastEvent.get();
  }

  private void record(Histogram histogram, int number) {
    long now = System.nanoTime();
    lastEvent.set(now);
    if (number >= warmUp) {
      long micros = TimeUnit.NANOSECONDS.toMicros(now - due(number));
      histogram.recordValue(Math.min(HIGHEST, Math.max(0, micros)));
    }
  }
}
