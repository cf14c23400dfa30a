package io.parley.accounts;

import io.parley.audit.Journal;
import io.parley.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers for those who leave for good. */
public final class DeparturesVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(DeparturesVerticle.class);
  private static final Duration SWEEP = Duration.ofHours(1);

  private final Bus bus;
  private final Departures departures;

  public DeparturesVerticle(
      Bus bus,
      DepartureStore store,
      Passwords passwords,
      Lockout lockout,
      Journal journal,
      Clock clock) {
    this.bus = bus;
    this.departures = new Departures(store, passwords, lockout, journal, bus, clock);
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(SWEEP.toMillis(), timer -> sweep());
    return Future.all(
        bus.answer(DeparturesApi.LEAVE, departures::leave),
        bus.answer(DeparturesApi.UNFINISHED, departures::unfinished),
        bus.answer(DeparturesApi.FINISH, departures::finish));
  }

  private void sweep() {
    departures
        .release()
        .onFailure(cause -> LOG.warn("usernames stay taken until the next sweep", cause));
  }
}
