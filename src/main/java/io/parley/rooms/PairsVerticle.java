package io.parley.rooms;

import io.parley.bus.Bus;
import io.parley.contacts.ContactsApi;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for changes between two people: every two seconds, and when it is told of one. */
public final class PairsVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(PairsVerticle.class);
  private static final long LOOK_MS = 2_000;

  private final Bus bus;
  private final Pairs pairs;
  private boolean looking;
  private boolean again;

  public PairsVerticle(Bus bus, PairStore store) {
    this.bus = bus;
    this.pairs = new Pairs(store, bus, System::nanoTime);
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(LOOK_MS, tick -> look());
    return bus.hear(ContactsApi.CHANGED, changed -> look());
  }

  /** One after the other; whoever is told of a change meanwhile is not forgotten. */
  private void look() {
    if (looking) {
      again = true;
      return;
    }
    looking = true;
    again = false;
    pairs
        .look()
        .onFailure(cause -> LOG.warn("changes between people wait: {}", cause.getMessage()))
        .onComplete(done -> looked());
  }

  private void looked() {
    looking = false;
    if (again) {
      look();
    }
  }
}
