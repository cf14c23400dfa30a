package io.parley.events;

import io.micrometer.core.instrument.MeterRegistry;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.Entry;
import io.parley.log.Follower;
import io.parley.log.LogId;
import io.parley.log.Shown;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings somebody what they want to hear. When it cannot be brought, nothing is for a while, which
 * grows from a second to a minute; so whoever is away costs nobody anything. From any thread.
 */
public final class Courier implements Follower {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
  private static final Duration FIRST_REST = Duration.ofSeconds(1);
  private static final Duration LONGEST_REST = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 10;
  private static final double SPREAD = 0.2;

  private final EventConsumer consumer;
  private final LongSupplier nanos;
  private final RandomGenerator chance;
  private final MeterRegistry meters;
  private final AtomicBoolean passing = new AtomicBoolean();
  private Optional<String> refused = Optional.empty();
  private int failures;
  private long failed;
  private long rested;

  /**
   * @param nanos monotonic time
   */
  public Courier(
      EventConsumer consumer, LongSupplier nanos, RandomGenerator chance, MeterRegistry meters) {
    this.consumer = consumer;
    this.nanos = nanos;
    this.chance = chance;
    this.meters = meters;
    this.rested = nanos.getAsLong();
  }

  @Override
  public String name() {
    return consumer.name();
  }

  /** Who is told begins with what happens from then on. */
  @Override
  public boolean fromTheStart() {
    return false;
  }

  @Override
  public boolean follows(LogId log) {
    return log.scope() == LogId.Scope.ROOM;
  }

  @Override
  public synchronized boolean ready() {
    return nanos.getAsLong() - rested >= 0;
  }

  boolean wants(EventKind kind) {
    return consumer.kinds().contains(kind);
  }

  /** Some entries of rooms. */
  @Override
  public Future<Void> take(List<Shown> entries, List<Shown> changed) {
    return bring(
        entries.stream().map(Shown::entry).map(this::event).flatMap(Optional::stream).toList());
  }

  /** One that cannot be read never will be: nothing behind it shall wait for that. */
  private Optional<Event> event(Entry entry) {
    try {
      return EntryEvents.of(entry);
    } catch (RuntimeException unreadable) {
      LOG.error("nobody is told of {} in {}", entry.seq(), entry.log(), unreadable);
      dropped(1);
      return Optional.empty();
    }
  }

  /** Brings events, or fails; whoever asks tries again. */
  Future<Void> bring(List<Event> events) {
    List<Event> wanted = wanted(events);
    if (wanted.isEmpty()) {
      return Future.succeededFuture();
    }
    if (!ready()) {
      return Future.failedFuture(
          Failure.of(Reason.UNAVAILABLE, "it could not be told, and is left alone for a while"));
    }
    return told(wanted);
  }

  /** Tells of what passes, unless it is being told of something that passed before. */
  Future<Void> pass(List<Event> events) {
    List<Event> wanted = wanted(events);
    if (wanted.isEmpty()) {
      return Future.succeededFuture();
    }
    if (!ready() || !passing.compareAndSet(false, true)) {
      dropped(wanted.size());
      return Future.succeededFuture();
    }
    return told(wanted)
        .onFailure(cause -> dropped(wanted.size()))
        .onComplete(done -> passing.set(false))
        .otherwiseEmpty();
  }

  /** Events that nobody is told of any more. */
  void dropped(int events) {
    meters.counter("parley.events.dropped", "consumer", name()).increment(events);
  }

  private List<Event> wanted(List<Event> events) {
    return events.stream().filter(event -> wants(event.kind())).toList();
  }

  private Future<Void> told(List<Event> events) {
    long began = nanos.getAsLong();
    return Future.succeededFuture(events)
        .compose(consumer::take)
        .onSuccess(taken -> well(events))
        .onFailure(cause -> rest(events, began));
  }

  /** While a durable event is refused, it changes nothing that others are taken. */
  private void well(List<Event> events) {
    synchronized (this) {
      if (refused.isEmpty() || events.stream().anyMatch(this::isRefused)) {
        forget();
      }
    }
    events.forEach(
        event ->
            meters
                .counter("parley.events.told", "consumer", name(), "type", event.kind().word())
                .increment());
  }

  private boolean isRefused(Event event) {
    return refused.filter(event.id()::equals).isPresent();
  }

  private void forget() {
    failures = 0;
    refused = Optional.empty();
  }

  /** What was on its way when the last rest began has failed with what began it. */
  private synchronized void rest(List<Event> events, long began) {
    meters.counter("parley.events.failures", "consumer", name()).increment();
    if (failures > 0 && began - failed <= 0) {
      return;
    }
    failed = nanos.getAsLong();
    if (failed - rested > LONGEST_REST.toNanos()) {
      forget();
    }
    if (refused.isEmpty()) {
      refused = events.stream().filter(event -> event.kind().durable()).map(Event::id).findFirst();
    }
    long doubled = FIRST_REST.toNanos() << Math.min(failures, MOST_DOUBLINGS);
    double spread = 1 - SPREAD + 2 * SPREAD * chance.nextDouble();
    failures++;
    rested = failed + (long) (Math.min(doubled, LONGEST_REST.toNanos()) * spread);
  }
}
