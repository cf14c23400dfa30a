package io.parley.audit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.failure.Failure;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes entries that belong to no change, one for a whole node, from any thread: one statement for
 * all that came while the one before was under way, so that a flood of them is a few statements a
 * second. While the store is away or in trouble they wait, up to a bound; what is beyond it, or
 * what the store will not have, is counted in {@code parley.audit.dropped}. Entries of the last
 * moments are lost with a node that is killed.
 */
public final class AuditWriter implements Journal {
  private static final Logger LOG = LoggerFactory.getLogger(AuditWriter.class);
  private static final int WAITING_MAX = 10_000;
  private static final int AT_ONCE = 200;
  private static final long PAUSE_MS = 1_000;

  private final Vertx vertx;
  private final Context context;
  private final AuditStore store;
  private final Clock clock;
  private final Supplier<UUID> ids;
  private final MeterRegistry meters;
  private final Deque<AuditEntry> waiting = new ArrayDeque<>();
  private final List<Promise<Void>> finishing = new ArrayList<>();
  private boolean writing;

  /** After a refusal each is written alone, so that only the culprit is dropped. */
  private int alone;

  /**
   * Made outside of verticles: it goes on when they end.
   *
   * @param ids makes UUIDv7s
   */
  public AuditWriter(
      Vertx vertx, AuditStore store, Clock clock, Supplier<UUID> ids, MeterRegistry meters) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.store = store;
    this.clock = clock;
    this.ids = ids;
    this.meters = meters;
    Gauge.builder("parley.audit.waiting", this, AuditWriter::size).register(meters);
  }

  @Override
  public AuditEntry entry(Act act, Actor actor, Optional<UUID> subject) {
    return AuditEntry.of(ids.get(), clock.instant(), act, actor, subject);
  }

  @Override
  public void note(AuditEntry entry) {
    if (queued(entry)) {
      write();
    } else {
      LOG.debug("{} is not kept: too many wait", entry);
      dropped("overload");
    }
  }

  /** Completes when all is written that was noted until now, or the time is over. */
  public Future<Void> finish(Duration patience) {
    Promise<Void> done = Promise.promise();
    synchronized (this) {
      if (waiting.isEmpty()) {
        return Future.succeededFuture();
      }
      finishing.add(done);
    }
    long timer = vertx.setTimer(patience.toMillis(), late -> done.tryComplete());
    return done.future().onComplete(ended -> vertx.cancelTimer(timer));
  }

  private synchronized boolean queued(AuditEntry entry) {
    return waiting.size() < WAITING_MAX && waiting.add(entry);
  }

  private synchronized int size() {
    return waiting.size();
  }

  private void write() {
    List<AuditEntry> batch = next();
    if (!batch.isEmpty()) {
      store.add(batch).onSuccess(added -> settle(batch)).onFailure(cause -> refused(batch, cause));
    }
  }

  /** What is to be written now; nothing while something is being written. They wait until it is. */
  private synchronized List<AuditEntry> next() {
    if (writing || waiting.isEmpty()) {
      return List.of();
    }
    writing = true;
    return waiting.stream().limit(alone > 0 ? 1 : AT_ONCE).toList();
  }

  private void settle(List<AuditEntry> batch) {
    List<Promise<Void>> done;
    synchronized (this) {
      batch.forEach(written -> waiting.poll());
      alone = Math.max(0, alone - batch.size());
      writing = false;
      done = waiting.isEmpty() ? List.copyOf(finishing) : List.of();
      finishing.removeAll(done);
    }
    done.forEach(Promise::tryComplete);
    write();
  }

  private void refused(List<AuditEntry> batch, Throwable cause) {
    Failure failure = Failure.from(cause);
    if (failure.reason().retryable()) {
      LOG.warn("{} audit entries wait: {}", size(), failure.text());
      // Not where it was noted: a timer ends with the verticle that set it.
      context.runOnContext(now -> vertx.setTimer(PAUSE_MS, due -> again(0)));
    } else if (batch.size() > 1) {
      again(batch.size());
    } else {
      LOG.warn("{} is not kept: {}", batch.get(0), cause.toString());
      dropped("refused");
      settle(batch);
    }
  }

  private void again(int singly) {
    synchronized (this) {
      alone = Math.max(alone, singly);
      writing = false;
    }
    write();
  }

  private void dropped(String why) {
    meters.counter("parley.audit.dropped", "reason", why).increment();
  }
}
