package io.parley;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.bus.Bus;
import io.parley.config.Config;
import io.parley.events.Courier;
import io.parley.events.EventConsumer;
import io.parley.events.EventsVerticle;
import io.parley.events.Webhook;
import io.parley.log.FollowerVerticle;
import io.parley.log.InOrder;
import io.parley.log.LogStore;
import io.parley.stores.postgres.PostgresCursorStore;
import io.parley.stores.postgres.PostgresEventStore;
import io.parley.stores.postgres.PostgresFollowerStore;
import io.parley.stores.postgres.PostgresPool;
import io.parley.stores.postgres.PostgresTurnover;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** That part of the role persistence which tells others of what happens. */
final class Telling {
  private final Config config;
  private final Vertx vertx;
  private final Bus bus;
  private final Clock clock;
  private final MeterRegistry meters;
  private final String holder;

  /**
   * @param holder this node, in this life
   */
  Telling(Config config, Vertx vertx, Bus bus, Clock clock, MeterRegistry meters, String holder) {
    this.config = config;
    this.vertx = vertx;
    this.bus = bus;
    this.clock = clock;
    this.meters = meters;
    this.holder = holder;
  }

  /** Everybody who is told of events; this is where one more is added. */
  private List<EventConsumer> consumers() {
    List<EventConsumer> consumers = new ArrayList<>();
    if (config.events().webhook().present()) {
      consumers.add(new Webhook(vertx, config.events().webhook(), clock));
    }
    return consumers;
  }

  /**
   * Each has connections, positions and verticles of its own, so that none keeps another waiting.
   *
   * @param deploy starts so many of a verticle
   */
  Future<Void> deploy(
      LogStore logs, BiFunction<Supplier<Deployable>, Integer, Future<String>> deploy) {
    Future<Void> all = Future.succeededFuture();
    for (EventConsumer consumer : consumers()) {
      all = all.compose(before -> deploy(consumer, logs, deploy));
    }
    return all;
  }

  private Future<Void> deploy(
      EventConsumer consumer,
      LogStore logs,
      BiFunction<Supplier<Deployable>, Integer, Future<String>> deploy) {
    Pool pool = PostgresPool.open(vertx, config.postgres());
    Courier courier = new Courier(consumer, System::nanoTime, new SecureRandom(), meters);
    return deploy
        .apply(
            () ->
                new EventsVerticle(
                    bus,
                    courier,
                    new PostgresTurnover(pool),
                    new PostgresEventStore(pool),
                    holder,
                    clock,
                    System::nanoTime,
                    UuidCreator::getTimeOrderedEpoch),
            1)
        .compose(
            deployed ->
                deploy.apply(
                    () ->
                        new FollowerVerticle(
                            bus,
                            logs,
                            new PostgresFollowerStore(pool),
                            new InOrder(logs, new PostgresCursorStore(pool), courier, holder),
                            holder,
                            clock,
                            meters),
                    1))
        .mapEmpty();
  }
}
