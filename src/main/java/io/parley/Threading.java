package io.parley;

import io.micrometer.core.instrument.MeterRegistry;
import io.parley.bus.Bus;
import io.parley.log.FollowerVerticle;
import io.parley.log.LogClient;
import io.parley.log.LogStore;
import io.parley.stores.postgres.PostgresFollowStore;
import io.parley.stores.postgres.PostgresFollowerStore;
import io.parley.threads.FollowsVerticle;
import io.parley.threads.Participants;
import io.parley.threads.ThreadNotes;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** That part of the role persistence which knows who follows which threads. */
final class Threading {
  private final Bus bus;
  private final Pool pool;
  private final LogClient logs;
  private final Clock clock;
  private final MeterRegistry meters;
  private final String holder;

  /**
   * @param holder this node, in this life
   */
  Threading(Bus bus, Pool pool, LogClient logs, Clock clock, MeterRegistry meters, String holder) {
    this.bus = bus;
    this.pool = pool;
    this.logs = logs;
    this.clock = clock;
    this.meters = meters;
    this.holder = holder;
  }

  /**
   * @param deploy starts so many of a verticle
   */
  Future<Void> deploy(
      LogStore store, BiFunction<Supplier<Deployable>, Integer, Future<String>> deploy) {
    PostgresFollowStore follows = new PostgresFollowStore(pool);
    return deploy
        .apply(() -> new FollowsVerticle(bus, follows, logs), 1)
        .compose(
            deployed ->
                deploy.apply(
                    () ->
                        new FollowerVerticle(
                            bus,
                            store,
                            new PostgresFollowerStore(pool),
                            new Participants(follows, bus, new ThreadNotes(follows, bus, logs)),
                            holder,
                            clock,
                            meters),
                    1))
        .mapEmpty();
  }
}
