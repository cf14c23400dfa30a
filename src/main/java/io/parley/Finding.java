package io.parley;

import io.micrometer.core.instrument.MeterRegistry;
import io.parley.bus.Bus;
import io.parley.config.Config;
import io.parley.log.FollowerVerticle;
import io.parley.log.LogStore;
import io.parley.search.Indexing;
import io.parley.search.SearchVerticle;
import io.parley.stores.postgres.PostgresFollowerStore;
import io.parley.stores.postgres.PostgresPool;
import io.parley.stores.postgres.PostgresSearchStore;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** That part of the role persistence which finds messages. */
final class Finding {
  private final Config config;
  private final Vertx vertx;
  private final Bus bus;
  private final Clock clock;
  private final MeterRegistry meters;
  private final String holder;

  /**
   * @param holder this node, in this life
   */
  Finding(Config config, Vertx vertx, Bus bus, Clock clock, MeterRegistry meters, String holder) {
    this.config = config;
    this.vertx = vertx;
    this.bus = bus;
    this.clock = clock;
    this.meters = meters;
    this.holder = holder;
  }

  /**
   * Who searches and who writes the index have connections of their own, so that neither keeps the
   * other waiting, nor anybody else.
   *
   * @param deploy starts so many of a verticle
   */
  Future<Void> deploy(
      LogStore logs, BiFunction<Supplier<Deployable>, Integer, Future<String>> deploy) {
    Pool writing = PostgresPool.open(vertx, config.postgres());
    Pool reading = PostgresPool.open(vertx, config.postgres());
    return deploy
        .apply(() -> new SearchVerticle(bus, new PostgresSearchStore(reading)), 1)
        .compose(
            deployed ->
                deploy.apply(
                    () ->
                        new FollowerVerticle(
                            bus,
                            logs,
                            new PostgresFollowerStore(writing),
                            Indexing.of(new PostgresSearchStore(writing)),
                            holder,
                            clock,
                            meters),
                    1))
        .mapEmpty();
  }
}
