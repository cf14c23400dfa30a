package io.parley.accounts;

import io.parley.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Answers those who run the server. */
public final class StaffVerticle extends VerticleBase {
  private final Bus bus;
  private final Staff staff;

  public StaffVerticle(Bus bus, Staff staff) {
    this.bus = bus;
    this.staff = staff;
  }

  @Override
  public Future<?> start() {
    return Future.all(
        Future.all(
            bus.answer(StaffApi.SEARCH, staff::search),
            bus.answer(StaffApi.LOOK, staff::look),
            bus.answer(StaffApi.READ_AUDIT, staff::readAudit)),
        Future.all(
            bus.answer(StaffApi.GIVE_ROLE, staff::giveRole),
            bus.answer(StaffApi.DISABLE, staff::disable),
            bus.answer(StaffApi.ENABLE, staff::enable),
            bus.answer(StaffApi.END_SESSIONS, staff::endSessions)));
  }
}
