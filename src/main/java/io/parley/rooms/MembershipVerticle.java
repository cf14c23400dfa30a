package io.parley.rooms;

import io.parley.bus.Bus;
import io.parley.config.RoomsConfig;
import io.parley.log.LogClient;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Who listens to how people want to have their rooms, and to those who ask to be let in. */
public final class MembershipVerticle extends VerticleBase {
  private final Bus bus;
  private final Preferences preferences;
  private final Requests requests;

  /** Over these stores; the ids are those of new entries. */
  public MembershipVerticle(
      Bus bus,
      RoomStore rooms,
      SettingStore settings,
      RequestStore asked,
      OutboxStore owed,
      LogClient logs,
      Clock clock,
      Supplier<UUID> ids,
      RoomsConfig config) {
    this.bus = bus;
    Outbox outbox = new Outbox(owed, logs, clock);
    RoomViews views = new RoomViews(rooms, new Newcomers(rooms, outbox, clock), bus);
    Tidings tidings = new Tidings(ids);
    this.preferences = new Preferences(rooms, settings, outbox, views, tidings, bus, clock);
    this.requests =
        new Requests(
            asked,
            rooms,
            outbox,
            views,
            tidings,
            new Others(bus),
            new Seating(new Entries(ids), clock, config.maxMembers()),
            new Knocks(rooms, logs),
            clock);
  }

  @Override
  public Future<?> start() {
    return Future.all(
        List.of(
            bus.answer(SettingsApi.CHOOSE, preferences::choose),
            bus.answer(RequestsApi.ASK, requests::ask),
            bus.answer(RequestsApi.WITHDRAW, requests::withdraw),
            bus.answer(RequestsApi.LIST, requests::list),
            bus.answer(RequestsApi.OWN, requests::own),
            bus.answer(RequestsApi.ADMIT, requests::admit),
            bus.answer(RequestsApi.REFUSE, requests::refuse)));
  }
}
