package io.parley.cli.load;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * What was due when, and what came of it.
 *
 * <p>At a rate, times run from the moment a message was due, so that a server that stalls is
 * charged for the messages it kept from being sent (no coordinated omission). Without one they run
 * from the moment it was sent. Those of the warm-up are counted but not timed.
 */
final class LoadTimes {
  static final long HIGHEST = TimeUnit.MINUTES.toMicros(1);

  private static final int REMEMBERED = 1 << 18;

  private final LaneTimes[] lanes;
  private final LaneTimes rest = new LaneTimes(this, () -> new ConcurrentHistogram(HIGHEST, 3));
  private final AtomicLongArray sentAt;
  private final Map<String, LongAdder> refusals = new ConcurrentSkipListMap<>();
  private final LongAdder losses = new LongAdder();
  private final Map<String, LongAdder> closes = new ConcurrentSkipListMap<>();
  private volatile Consumer<Boolean> onSettled = accepted -> {};
  private volatile double intervalNanos;
  private volatile int measuredFrom = Integer.MAX_VALUE;
  private volatile long startedAt;
  private volatile String firstRefusal = "";

  private LoadTimes(int remembered, int lanes) {
    this.sentAt = new AtomicLongArray(remembered);
    this.lanes = new LaneTimes[lanes];
    Arrays.setAll(this.lanes, lane -> new LaneTimes(this, LoadTimes::histogram));
  }

  /** Of messages that are due at a rate, once it is known. */
  static LoadTimes atRate(int lanes) {
    return new LoadTimes(1, lanes);
  }

  /** Of messages that are due when they are sent, unless they are due at a rate. */
  static LoadTimes asSent(int lanes) {
    return new LoadTimes(REMEMBERED, lanes);
  }

  static Histogram histogram() {
    return new Histogram(HIGHEST, 3);
  }

  /** From this message on they are due at a rate, this one now. */
  void begin(int number, int rate, long nanoTime) {
    double interval = TimeUnit.SECONDS.toNanos(1) / (double) rate;
    startedAt = nanoTime - (long) (number * interval);
    intervalNanos = interval;
  }

  /** From now on they are due when they are sent. */
  void begin() {
    intervalNanos = 0;
  }

  /** From this message on they are timed. */
  void measureFrom(int number) {
    measuredFrom = number;
  }

  boolean measured(int number) {
    return number >= measuredFrom;
  }

  /** When a message is due, in the terms of {@link System#nanoTime()}. */
  long due(int number) {
    double interval = intervalNanos;
    return interval > 0
        ? startedAt + (long) (number * interval)
        : sentAt.get(number & (REMEMBERED - 1));
  }

  /** Where there is no rate: when a message was sent. */
  void sent(int number, long nanoTime) {
    sentAt.set(number & (REMEMBERED - 1), nanoTime);
  }

  /** Who is told of each post that nothing more will come of, and whether it was acknowledged. */
  void onSettled(Consumer<Boolean> told) {
    onSettled = told;
  }

  /** Those of an event loop. */
  LaneTimes lane(int number) {
    return lanes[number];
  }

  /** Those of posts by REST, wherever they end. */
  LaneTimes rest() {
    return rest;
  }

  void settled(boolean accepted) {
    onSettled.accept(accepted);
  }

  /**
   * @param answer in full, for the first of them
   */
  void refused(String code, Supplier<String> answer) {
    refusals.computeIfAbsent(code, first -> new LongAdder()).increment();
    if (firstRefusal.isEmpty()) {
      firstRefusal = answer.get();
    }
    settled(false);
  }

  void lost(int posts) {
    losses.add(posts);
    for (int i = 0; i < posts; i++) {
      settled(false);
    }
  }

  void closed(int code, String reason) {
    closes.computeIfAbsent((code + " " + reason).trim(), first -> new LongAdder()).increment();
  }

  long acks() {
    return all().mapToLong(LaneTimes::acks).sum();
  }

  long deliveries() {
    return all().mapToLong(LaneTimes::deliveries).sum();
  }

  long refusals() {
    return refusals.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** How many posts were refused, for each code. */
  Map<String, Long> refusalsByCode() {
    return counts(refusals);
  }

  /** Posts whose connection broke before they were answered. */
  long losses() {
    return losses.sum();
  }

  /** How many posts nothing more will come of. */
  long settled() {
    return acks() + refusals() + losses();
  }

  /** Counts whatever comes. */
  long events() {
    return settled() + deliveries();
  }

  String firstRefusal() {
    return firstRefusal;
  }

  /** How many sockets the other side has closed, for each reason. */
  Map<String, Long> closes() {
    return counts(closes);
  }

  /** Microseconds from due to acknowledged. */
  Histogram acknowledgedMicros() {
    return sum(LaneTimes::acknowledged);
  }

  /** Microseconds from due to received, once for each receiver. */
  Histogram deliveredMicros() {
    return sum(LaneTimes::delivered);
  }

  private static Map<String, Long> counts(Map<String, LongAdder> adders) {
    Map<String, Long> counts = new TreeMap<>();
    adders.forEach((name, count) -> counts.put(name, count.sum()));
    return counts;
  }

  private Histogram sum(Function<LaneTimes, Histogram> which) {
    Histogram sum = histogram();
    all().map(which).forEach(sum::add);
    return sum;
  }

  private Stream<LaneTimes> all() {
    return Stream.concat(Arrays.stream(lanes), Stream.of(rest));
  }
}
