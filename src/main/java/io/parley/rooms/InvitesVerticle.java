package io.parley.rooms;

import io.parley.bus.Bus;
import io.parley.config.RoomsConfig;
import io.parley.log.LogClient;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Who listens to what is asked of links that lead into rooms. */
public final class InvitesVerticle extends VerticleBase {
  private final Bus bus;
  private final Invites invites;

  /** Links over these stores; the ids are those of new ones, UUIDv7. */
  public InvitesVerticle(
      Bus bus,
      InviteStore store,
      RoomStore rooms,
      OutboxStore owed,
      LogClient logs,
      Clock clock,
      Supplier<UUID> ids,
      SecureRandom random,
      RoomsConfig config) {
    this.bus = bus;
    Outbox outbox = new Outbox(owed, logs, clock);
    Seating seating = new Seating(new Entries(ids), clock, config.maxMembers());
    this.invites =
        new Invites(
            store,
            rooms,
            outbox,
            new RoomViews(rooms, new Newcomers(rooms, outbox, clock), bus),
            seating,
            new Knocks(rooms, logs),
            clock,
            ids,
            random);
  }

  @Override
  public Future<?> start() {
    return Future.all(
        List.of(
            bus.answer(InvitesApi.MAKE, invites::make),
            bus.answer(InvitesApi.LIST, invites::list),
            bus.answer(InvitesApi.REVOKE, invites::revoke),
            bus.answer(InvitesApi.LOOK, invites::look),
            bus.answer(InvitesApi.ACCEPT, invites::accept)));
  }
}
