package io.parley.bridge;

import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.LogApi;
import io.parley.log.LogId;
import io.parley.log.Ownership;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node hears of the logs, once for all its event loops.
 *
 * <p>An ear that listens to a log is given every entry after the position it was told, in order,
 * once, without a gap: what the owners' deliveries leave out is read from the store, and where the
 * store has nothing either, a void entry says so. Only a number that nobody delivered and no
 * comparison of heads has brought up yet is unknown here, for a minute at most.
 */
final class Feeds implements Leases.Holder {
  private static final Logger LOG = LoggerFactory.getLogger(Feeds.class);

  private static final Duration JOIN_PATIENCE = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Context context;
  private final Bus bus;
  private final String node;
  private final Leases leases;
  private final Repairs repairs;
  private final Paces paces;
  private final LongSupplier nanos;
  private final Map<LogId, Feed> feeds = new HashMap<>();
  private long reachedAt;
  private long keptAliveAt;

  Feeds(
      Vertx vertx,
      Bus bus,
      Ownership ownership,
      String node,
      long generation,
      BridgeMetrics metrics,
      Paces paces,
      LongSupplier nanos) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.bus = bus;
    this.node = node;
    this.paces = paces;
    this.nanos = nanos;
    this.leases = new Leases(bus, ownership, node, generation, this);
    this.repairs = new Repairs(vertx, bus, metrics, paces, nanos, this::pass);
    this.reachedAt = nanos.getAsLong();
    this.keptAliveAt = reachedAt;
  }

  /** Begins to listen; completes when all nodes know. */
  Future<Void> start() {
    Promise<Void> started = Promise.promise();
    context.runOnContext(
        nothing -> {
          vertx.setPeriodic(paces.tick().toMillis(), timer -> tick());
          leases.watch(this::tick);
          bus.hear(LogApi.DELIVERY.at(node), this::delivered).onComplete(started);
        });
    return started.future();
  }

  /**
   * Listens to a log. From any thread; answered on the feeds' event loop, before the ear hears
   * anything of it. Fails UNAVAILABLE when no owner can be reached for a while.
   *
   * @return the position after which the ear hears everything
   */
  Future<Long> listen(LogId log, Ear ear) {
    Promise<Long> promise = Promise.promise();
    context.runOnContext(nothing -> listen(feed(log), ear, promise));
    return promise.future();
  }

  /**
   * Stops listening; an ear that was not told yet where the log stands is told that it never will.
   * From any thread, in the order of the calls.
   */
  void leave(LogId log, Ear ear) {
    context.runOnContext(
        nothing -> {
          Feed feed = feeds.get(log);
          if (feed != null) {
            leave(feed, ear);
          }
        });
  }

  private void leave(Feed feed, Ear ear) {
    feed.ears().remove(ear);
    Promise<Long> told = feed.waiting().remove(ear);
    if (told != null) {
      told.fail(Failure.of(Reason.UNAVAILABLE, "nobody listens here any more"));
    }
    feed.idleSince(nanos.getAsLong());
  }

  private Feed feed(LogId log) {
    if (feeds.isEmpty()) {
      reachedAt = nanos.getAsLong();
    }
    return feeds.computeIfAbsent(log, Feed::new);
  }

  private void listen(Feed feed, Ear ear, Promise<Long> promise) {
    if (feed.started()) {
      feed.ears().add(ear);
      promise.complete(feed.last());
      return;
    }
    feed.waiting().put(ear, promise);
    vertx.setTimer(
        JOIN_PATIENCE.toMillis(),
        timer -> {
          if (feed.waiting().remove(ear, promise)) {
            feed.idleSince(nanos.getAsLong());
            promise.fail(Failure.of(Reason.UNAVAILABLE, "nobody keeps this log just now"));
          }
        });
    seek(feed);
  }

  private void seek(Feed feed) {
    Optional<String> owner = leases.owner(feed.log());
    if (owner.isEmpty() || owner.get().equals(feed.place())) {
      return;
    }
    String before = feed.place();
    feed.place(owner.get());
    if (before != null) {
      leases.release(before, feed.log());
      trouble();
    }
    leases.want(owner.get(), feed.log());
  }

  private void delivered(LogApi.Delivery delivery) {
    reached();
    leases.delivered(delivery);
    List<Ear.Run> runs = new ArrayList<>();
    Feed current = null;
    List<LogApi.Encoded> out = new ArrayList<>();
    for (LogApi.Encoded entry : delivery.entries()) {
      if (current == null || !current.log().equals(entry.log())) {
        flush(current, out, runs);
        out = new ArrayList<>();
        current = feeds.get(entry.log());
      }
      if (current != null) {
        out.addAll(current.offer(entry));
      }
    }
    flush(current, out, runs);
    List<LogApi.Fleeting> fleeting =
        delivery.fleeting().stream().filter(signal -> whole(feeds.get(signal.log()))).toList();
    pass(new Ear.Parcel(runs, fleeting));
  }

  private void flush(@Nullable Feed feed, List<LogApi.Encoded> out, List<Ear.Run> runs) {
    if (feed == null) {
      return;
    }
    if (!out.isEmpty()) {
      runs.add(new Ear.Run(feed.log(), out));
    }
    if (feed.started() && feed.broken()) {
      repairs.repair(feed);
    }
  }

  private static boolean whole(@Nullable Feed feed) {
    return feed != null && feed.started() && !feed.broken();
  }

  private void pass(Feed feed, List<LogApi.Encoded> entries) {
    if (!entries.isEmpty()) {
      pass(new Ear.Parcel(List.of(new Ear.Run(feed.log(), entries)), List.of()));
    }
  }

  /** Each ear is given only what it listens to. */
  private void pass(Ear.Parcel parcel) {
    Map<Ear, Ear.Parcel> shares = new HashMap<>();
    for (Ear.Run run : parcel.runs()) {
      for (Ear ear : listeners(run.log())) {
        shares.computeIfAbsent(ear, Feeds::empty).runs().add(run);
      }
    }
    for (LogApi.Fleeting signal : parcel.fleeting()) {
      for (Ear ear : listeners(signal.log())) {
        shares.computeIfAbsent(ear, Feeds::empty).fleeting().add(signal);
      }
    }
    shares.forEach(Ear::hear);
  }

  private Iterable<Ear> listeners(LogId log) {
    Feed feed = feeds.get(log);
    return feed == null ? List.of() : feed.ears();
  }

  private static Ear.Parcel empty(Ear ear) {
    return new Ear.Parcel(new ArrayList<>(), new ArrayList<>());
  }

  @Override
  public void leased(String place, LogApi.Head head) {
    Feed feed = feeds.get(head.log());
    if (feed == null || !place.equals(feed.place())) {
      return;
    }
    if (feed.started()) {
      repairs.suspect(feed, head.seq());
      return;
    }
    feed.start(head.seq());
    feed.waiting()
        .forEach(
            (ear, promise) -> {
              feed.ears().add(ear);
              promise.complete(feed.last());
            });
    feed.waiting().clear();
    if (feed.broken()) {
      repairs.repair(feed);
    }
  }

  @Override
  public void lost(String place, LogId log) {
    Feed feed = feeds.get(log);
    if (feed != null && place.equals(feed.place())) {
      feed.place(null);
    }
  }

  @Override
  public void reached() {
    reachedAt = nanos.getAsLong();
  }

  @Override
  public void trouble() {
    repairs.trouble();
  }

  @Override
  public void soon(Runnable task) {
    context.runOnContext(nothing -> task.run());
  }

  private void tick() {
    long now = nanos.getAsLong();
    List.copyOf(feeds.values()).forEach(feed -> tend(feed, now));
    repairs.compare(feeds, this::reached);
    if (now - keptAliveAt >= paces.keepAlive().toNanos()) {
      keptAliveAt = now;
      leases.keepAlive();
    }
    if (!feeds.isEmpty() && now - reachedAt > paces.forsaken().toNanos()) {
      LOG.warn("no log verticle was reached for {}; sockets are sent elsewhere", paces.forsaken());
      reachedAt = now;
      feeds.values().stream()
          .flatMap(feed -> feed.ears().stream())
          .distinct()
          .toList()
          .forEach(Ear::forsaken);
    }
  }

  private void tend(Feed feed, long now) {
    if (!feed.deaf()) {
      seek(feed);
    } else if (now - feed.idleSince() > paces.linger().toNanos()) {
      feeds.remove(feed.log());
      if (feed.place() != null) {
        leases.release(feed.place(), feed.log());
      }
    }
  }
}
