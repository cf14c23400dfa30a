package io.parley.presence;

import io.parley.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Answers for presence. */
public final class PresenceVerticle extends VerticleBase {
  private final Bus bus;
  private final Presences presences;

  public PresenceVerticle(Bus bus, Presences presences) {
    this.bus = bus;
    this.presences = presences;
  }

  @Override
  public Future<?> start() {
    return Future.all(
        bus.answer(PresenceApi.RENEW, presences::renew),
        bus.answer(PresenceApi.LOOK, presences::look),
        bus.answer(PresenceApi.LOOK_OPENLY, presences::lookOpenly),
        bus.answer(PresenceApi.CHOOSE, presences::choose),
        bus.answer(PresenceApi.OWN, presences::own));
  }
}
