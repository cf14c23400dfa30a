package io.parley.events;

import io.parley.accounts.Turnover;
import io.parley.bus.Bus;
import io.parley.log.FleetingApi;
import io.parley.presence.PresenceApi;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Tells a consumer of what stands in no log: accounts, and what passes. What stands in logs is
 * brought to it by who follows them.
 */
public final class EventsVerticle extends VerticleBase {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);

  private final Bus bus;
  private final Walk came;
  private final Walk gone;
  private final Passing passing;
  private final Attendance attendance;
  private final boolean presence;

  /**
   * @param courier the one that brings what stands in logs, too: both have to leave a consumer
   *     alone when it cannot be told
   * @param holder this node, in this life
   * @param nanos monotonic time
   * @param ids makes UUIDv7s
   */
  public EventsVerticle(
      Bus bus,
      Courier courier,
      Turnover turnover,
      EventStore positions,
      String holder,
      Clock clock,
      LongSupplier nanos,
      Supplier<UUID> ids) {
    this.bus = bus;
    this.passing = new Passing(courier, clock, ids);
    this.attendance = new Attendance(bus, passing);
    this.presence = courier.wants(EventKind.USER_ONLINE) || courier.wants(EventKind.USER_OFFLINE);
    this.came =
        new Walk(
            courier.name() + ".registered",
            turnover::came,
            turn -> new Event.UserRegistered("registered-" + turn.user(), turn.at(), turn.user()),
            positions,
            courier,
            holder,
            clock,
            nanos);
    this.gone =
        new Walk(
            courier.name() + ".deleted",
            turnover::gone,
            turn -> new Event.UserDeleted("deleted-" + turn.user(), turn.at(), turn.user()),
            positions,
            courier,
            holder,
            clock,
            nanos);
  }

  /** What there is to catch up with holds nobody up. */
  @Override
  public Future<?> start() {
    return Future.all(came.begin(), gone.begin())
        .compose(begun -> bus.hear(FleetingApi.TOLD, passing::told))
        .compose(heard -> presence ? attend() : Future.succeededFuture())
        .onSuccess(listening -> work());
  }

  private Future<Void> attend() {
    again(LOOK, () -> attendance.look(came.held()));
    again(LOOK_AGAIN, attendance::lookAgain);
    return bus.hear(PresenceApi.CHANGED, attendance::changed);
  }

  private void work() {
    again(LOOK, came::look);
    again(LOOK, gone::look);
    again(LOOK, () -> passing.flush(came.held()));
  }

  /** One after the other, so that nothing piles up. */
  private void again(Duration pause, Supplier<Future<Void>> step) {
    vertx
        .timer(pause.toMillis(), TimeUnit.MILLISECONDS)
        .onSuccess(due -> step.get().onComplete(done -> again(pause, step)));
  }

  @Override
  public Future<?> stop() {
    return Future.join(came.leave(), gone.leave());
  }
}
