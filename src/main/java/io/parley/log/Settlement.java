package io.parley.log;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.LogApi.Appended;
import io.parley.log.LogStore.Cid;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How appends end: what those who wait are told, and what is remembered of it. */
final class Settlement {
  private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);
  private static final int REMEMBERED = 20_000;

  private final Pendings pendings;
  private final EntryJson json;
  private final LogMetrics metrics;
  private final Consumer<Pending> uncharge;
  private final Consumer<List<Entry>> deliver;
  private final Map<Cid, Settled> settled = new Remembered<>(REMEMBERED);

  private record Settled(UUID digest, Appended appended) {}

  /**
   * @param uncharge gives back the token of what turned out to be nothing new
   * @param deliver told of each entry of ours that has become durable
   */
  Settlement(
      Pendings pendings,
      EntryJson json,
      LogMetrics metrics,
      Consumer<Pending> uncharge,
      Consumer<List<Entry>> deliver) {
    this.pendings = pendings;
    this.json = json;
    this.metrics = metrics;
    this.uncharge = uncharge;
    this.deliver = deliver;
  }

  /** What became of this cid a short while ago, if it is remembered. */
  Optional<Future<Appended>> recall(Cid key, UUID digest) {
    Settled known = settled.get(key);
    if (known == null) {
      return Optional.empty();
    }
    if (!known.digest.equals(digest)) {
      metrics.appended(Reason.CID_CONFLICT.name());
      return Optional.of(Future.failedFuture(cidConflict()));
    }
    metrics.appended("duplicate");
    return Optional.of(Future.succeededFuture(known.appended));
  }

  /** Our own entries became durable, in this order. */
  void written(List<Batch.Line> lines) {
    announce(lines.stream().map(Batch.Line::entry).toList());
    lines.forEach(line -> succeed(line.pending(), line.entry(), false));
  }

  /**
   * The store holds an entry with the cid of this append: perhaps this very one, from a write whose
   * answer was lost.
   */
  void found(Pending pending, Entry entry) {
    if (entry.id().equals(pending.id())) {
      announce(List.of(entry));
      succeed(pending, entry, false);
      return;
    }
    if (entry.digest().equals(pending.digest())) {
      uncharge.accept(pending);
      succeed(pending, entry, true);
    } else {
      fail(pending, cidConflict());
    }
  }

  /** The store is the truth and listeners can compare: a failure to tell them changes nothing. */
  private void announce(List<Entry> entries) {
    try {
      deliver.accept(entries);
    } catch (RuntimeException e) {
      LOG.error("{} entries could not be delivered", entries.size(), e);
    }
  }

  private void succeed(Pending pending, Entry entry, boolean duplicate) {
    Appended repeated = json.appended(entry, true);
    settled.put(pending.key(), new Settled(entry.digest(), repeated));
    pendings.remove(pending);
    metrics.appended(duplicate ? "duplicate" : "ok");
    pending.succeed(duplicate ? repeated : json.appended(entry, false));
  }

  /** It cannot be written now; whether an earlier write may yet succeed makes the difference. */
  void giveUp(Pending pending, Failure failure) {
    if (!pending.uncertain() && failure.reason().retryable()) {
      uncharge.accept(pending);
    }
    fail(pending, pending.uncertain() ? Pending.timeout() : failure);
  }

  void fail(Pending pending, Failure failure) {
    pendings.remove(pending);
    metrics.appended(failure.reason().name());
    pending.fail(failure);
  }

  /** Nobody waits for it any more; all of them were told that its outcome is unknown. */
  void drop(Pending pending) {
    pendings.remove(pending);
    metrics.appended(Reason.TIMEOUT.name());
  }

  static Failure cidConflict() {
    return Failure.of(Reason.CID_CONFLICT, "this cid was used for another message");
  }
}
