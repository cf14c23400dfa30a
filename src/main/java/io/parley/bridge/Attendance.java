package io.parley.bridge;

import io.parley.accounts.ProfilesApi;
import io.parley.bus.Bus;
import io.parley.config.PresenceConfig;
import io.parley.contacts.ContactsApi;
import io.parley.presence.PresenceApi;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Who is here, as this node tells it and is told.
 *
 * @param roll what it tells of its own sockets
 * @param watches what they want to know of others
 */
record Attendance(Vertx vertx, Bus bus, PresenceConfig config, Roll roll, Watches watches) {
  private static final int TICK_MS = 1_000;

  /** Ticks between one look and the next while the node has more to do than it can. */
  private static final int RARELY = 10;

  static Attendance of(
      Vertx vertx,
      Bus bus,
      String node,
      PresenceConfig config,
      Overload overload,
      LongSupplier nanos) {
    return new Attendance(
        vertx, bus, config, new Roll(bus, node, config, nanos), new Watches(bus, overload, nanos));
  }

  /** Begins to tell and to listen. */
  Future<Void> start() {
    long[] ticks = new long[1];
    vertx.setPeriodic(
        TICK_MS,
        tick -> {
          ticks[0]++;
          boolean due = !watches.rare() || ticks[0] % RARELY == 0;
          roll.tell(due);
          if (due) {
            watches.look();
          }
        });
    return bus.hear(PresenceApi.CHANGED, changed -> watches.changed(changed.users()))
        .compose(
            listening ->
                bus.hear(
                    ContactsApi.CHANGED,
                    pair -> watches.changed(Set.copyOf(List.of(pair.one(), pair.other())))))
        .compose(
            listening ->
                bus.hear(ProfilesApi.AUDIENCE, changed -> watches.audience(changed.user())));
  }
}
