package io.parley.bridge;

import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.parley.log.LogApi;
import io.parley.log.LogId;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds and fills what deliveries left out, always from the store.
 *
 * <p>Every repair is counted; a place without an entry is an alarm. Belongs to the event loop of
 * {@link Feeds}.
 */
final class Repairs {
  private static final Logger LOG = LoggerFactory.getLogger(Repairs.class);

  private static final int PAGE = 500;
  private static final int MAX_HEADS = 1000;
  private static final int TRIES = 10;
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Vertx vertx;
  private final Bus bus;
  private final BridgeMetrics metrics;
  private final Paces paces;
  private final LongSupplier nanos;
  private final BiConsumer<Feed, List<LogApi.Encoded>> out;
  private long comparedAt;
  private long troubledAt;
  private boolean troubled;
  private boolean urgent;

  /**
   * @param out takes what a repair has found, in order
   */
  Repairs(
      Vertx vertx,
      Bus bus,
      BridgeMetrics metrics,
      Paces paces,
      LongSupplier nanos,
      BiConsumer<Feed, List<LogApi.Encoded>> out) {
    this.vertx = vertx;
    this.bus = bus;
    this.metrics = metrics;
    this.paces = paces;
    this.nanos = nanos;
    this.out = out;
    this.comparedAt = nanos.getAsLong();
    this.troubledAt = comparedAt;
  }

  /** Something may have been missed: heads are compared at once, and often for a while. */
  void trouble() {
    troubledAt = nanos.getAsLong();
    troubled = true;
    urgent = true;
  }

  /** Compares all heads with the store's, when it is time. */
  void compare(Map<LogId, Feed> feeds, Runnable reached) {
    long now = nanos.getAsLong();
    troubled &= now - troubledAt < paces.calm().toNanos();
    Duration pause = troubled ? paces.alert() : paces.calm();
    if (!urgent && now - comparedAt < pause.toNanos()) {
      return;
    }
    urgent = false;
    comparedAt = now;
    List<LogId> logs =
        new ArrayList<>(feeds.values().stream().filter(Feed::started).map(Feed::log).toList());
    for (int from = 0; from < logs.size(); from += MAX_HEADS) {
      List<LogId> some = List.copyOf(logs.subList(from, Math.min(from + MAX_HEADS, logs.size())));
      bus.ask(LogApi.HEADS, new LogApi.Heads(some))
          .onSuccess(
              found -> {
                reached.run();
                found.heads().forEach(head -> suspect(feeds.get(head.log()), head.seq()));
              })
          .onFailure(cause -> LOG.info("heads: {}", Failure.from(cause).text()));
    }
  }

  /** A log that is said to have come further; what is under way gets a little time. */
  void suspect(@Nullable Feed feed, long head) {
    if (feed == null || feed.last() >= head) {
      return;
    }
    vertx.setTimer(
        paces.grace().toMillis(),
        timer -> {
          if (feed.last() < head) {
            repair(feed);
          }
        });
  }

  /** Reads what is missing; one repair of a log at a time. */
  void repair(Feed feed) {
    if (!feed.repairing()) {
      feed.repairing(true);
      metrics.repaired();
      read(feed, TRIES);
    }
  }

  private void read(Feed feed, int tries) {
    feed.reread();
    LogApi.Read question =
        new LogApi.Read(feed.log(), Optional.empty(), feed.last(), Long.MAX_VALUE, 0, PAGE);
    bus.ask(LogApi.READ, question)
        .onSuccess(page -> found(feed, page, tries))
        .onFailure(
            cause -> {
              LOG.warn("cannot repair {}: {}", feed.log(), Failure.from(cause).text());
              later(feed, tries);
            });
  }

  private void found(Feed feed, LogApi.Page page, int tries) {
    out.accept(feed, feed.absorb(page.entries(), seq -> lacking(feed, seq)));
    if (page.more()) {
      read(feed, TRIES);
    } else if (!feed.broken()) {
      feed.repairing(false);
    } else if (tries > 0) {
      later(feed, tries - 1);
    } else {
      out.accept(feed, feed.surrender(seq -> lacking(feed, seq)));
      feed.repairing(false);
    }
  }

  private void later(Feed feed, int tries) {
    if (feed.deaf()) {
      feed.repairing(false);
    } else {
      vertx.setTimer(PAUSE.toMillis(), timer -> read(feed, tries));
    }
  }

  private void lacking(Feed feed, long seq) {
    LOG.error("{} has no entry {} though there are later ones", feed.log(), seq);
    metrics.lacked();
  }
}
