package io.parley.limits;

import io.parley.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Answers for limits. */
public final class LimitsVerticle extends VerticleBase {
  private final Bus bus;
  private final Limits limits;

  public LimitsVerticle(Bus bus, Limits limits) {
    this.bus = bus;
    this.limits = limits;
  }

  @Override
  public Future<?> start() {
    return Future.all(
        bus.answer(LimitsApi.COMPARE, limits::compare),
        bus.answer(LimitsApi.ATTEMPT, limits::attempt),
        bus.answer(LimitsApi.SETTLE, limits::settle),
        bus.answer(LimitsApi.TRUST, limits::trust));
  }
}
