package io.parley.rooms;

import io.parley.accounts.DeparturesApi;
import io.parley.bus.Bus;
import io.parley.log.LogClient;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after those whose accounts are being deleted: now and then, and when it is told of one. */
public final class DepartingVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(DepartingVerticle.class);

  private final Bus bus;
  private final Departing departing;
  private final long everyMs;
  private boolean looking;

  /**
   * @param ids of entries, UUIDv7
   * @param everyMs how long it waits before it looks again
   */
  public DepartingVerticle(
      Bus bus,
      RoomStore store,
      DepartingStore departing,
      OutboxStore owed,
      LogClient logs,
      Clock clock,
      Supplier<UUID> ids,
      long everyMs) {
    this.bus = bus;
    this.everyMs = everyMs;
    this.departing =
        new Departing(
            store,
            departing,
            new Outbox(owed, logs, clock),
            new Knocks(store, logs),
            bus,
            clock,
            ids);
  }

  @Override
  public Future<?> start() {
    again();
    return bus.hear(DeparturesApi.LEAVING, leaving -> look());
  }

  private void again() {
    vertx
        .timer(everyMs, TimeUnit.MILLISECONDS)
        .onSuccess(
            due -> {
              look();
              again();
            });
  }

  private void look() {
    if (looking) {
      return;
    }
    looking = true;
    departing
        .look()
        .onFailure(
            cause -> LOG.warn("something is left of deleted accounts: {}", cause.getMessage()))
        .onComplete(done -> looking = false);
  }
}
