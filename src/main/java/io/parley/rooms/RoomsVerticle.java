package io.parley.rooms;

import io.parley.bus.Bus;
import io.parley.config.RoomsConfig;
import io.parley.log.LogApi;
import io.parley.log.LogClient;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who listens to what is asked of rooms, and who sends on what an interrupted change still owes to
 * its log.
 */
public final class RoomsVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(RoomsVerticle.class);
  private static final long SWEEP_MS = 1_000;
  private static final long HINTS_MS = 500;
  private static final long REPEAT_MS = 30_000;

  private final Bus bus;
  private final Outbox outbox;
  private final RoomViews views;
  private final Rooms rooms;
  private final Roles roles;
  private final Faces faces;
  private final Bans bans;
  private final Mutes mutes;
  private final Archives archives;
  private final Endings endings;
  private final Welcomes welcomes;
  private final RoomStore store;
  private final Hints hints;
  private final Reading reading;
  private boolean sweeping;
  private boolean hinting;

  /** Rooms over these stores; the ids are those of new rooms, UUIDv7. */
  public RoomsVerticle(
      Bus bus,
      RoomStore store,
      OutboxStore owed,
      ReaderStore readers,
      LogClient logs,
      Clock clock,
      Supplier<UUID> ids,
      RoomsConfig config) {
    this.bus = bus;
    this.store = store;
    this.outbox = new Outbox(owed, logs, clock);
    this.views = new RoomViews(store, new Newcomers(store, outbox, clock), bus);
    Knocks knocks = new Knocks(store, logs);
    this.rooms = new Rooms(store, outbox, views, knocks, bus, clock, ids, config.maxMembers());
    Entries entries = new Entries(ids);
    Others others = new Others(bus);
    this.roles = new Roles(store, outbox, entries, others);
    this.bans = new Bans(store, outbox, views, entries, others, knocks, clock);
    this.mutes = new Mutes(store, outbox, entries, others, clock);
    this.archives = new Archives(store, outbox, views, entries, knocks);
    this.endings = new Endings(store, outbox, entries);
    this.faces = new Faces(store, outbox, views, entries, knocks);
    this.hints = new Hints(readers, logs);
    this.reading = new Reading(bus, store, readers, logs, hints);
    this.welcomes = new Welcomes(store, rooms, clock, ids, config.defaults());
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(SWEEP_MS, tick -> sweep());
    vertx.setPeriodic(HINTS_MS, tick -> hint());
    vertx.setPeriodic(REPEAT_MS, tick -> hints.repeat());
    bus.hear(LogApi.MOVED, hints::moved);
    return Future.all(
        List.of(
            bus.answer(RoomsApi.CREATE, rooms::create),
            bus.answer(RoomsApi.DIRECT, rooms::direct),
            bus.answer(RoomsApi.LIST, this::list),
            bus.answer(RoomsApi.GET, get -> views.one(get.caller(), get.room())),
            bus.answer(RoomsApi.JOIN, rooms::join),
            bus.answer(RoomsApi.LEAVE, rooms::leave),
            bus.answer(RoomsApi.DELETE, endings::delete),
            bus.answer(RoomsApi.MEMBERS, views::members),
            bus.answer(RoomsApi.ADD, rooms::add),
            bus.answer(RoomsApi.REMOVE, rooms::remove),
            bus.answer(RoomsApi.ROLE, roles::give),
            bus.answer(RoomsApi.UPDATE, faces::update),
            moderation(),
            reading.start(vertx),
            bus.answer(RoomsApi.WELCOME, welcome -> welcomes.welcome(welcome.caller())),
            bus.answer(RoomsApi.STANDINGS, this::standings),
            bus.answer(RoomsApi.COUNT, this::count)));
  }

  private Future<?> moderation() {
    return Future.all(
        List.of(
            bus.answer(ModerationApi.BAN, bans::ban),
            bus.answer(ModerationApi.UNBAN, bans::unban),
            bus.answer(ModerationApi.BANS, bans::page),
            bus.answer(ModerationApi.MUTE, mutes::mute),
            bus.answer(ModerationApi.UNMUTE, mutes::unmute),
            bus.answer(ModerationApi.ARCHIVE, archives::archive),
            bus.answer(ModerationApi.UNARCHIVE, archives::unarchive)));
  }

  private Future<RoomsApi.RoomPage> list(RoomsApi.ListRooms list) {
    return list.discover()
        ? views.discover(list)
        : welcomes.welcome(list.caller()).compose(done -> views.own(list.caller()));
  }

  private Future<RoomsApi.StandingsFound> standings(RoomsApi.Standings asked) {
    return store
        .standings(new RoomId(asked.log().id()), asked.users())
        .map(found -> new RoomsApi.StandingsFound(found.standings(), Optional.of(found.rules())));
  }

  private void hint() {
    if (hinting) {
      return;
    }
    hinting = true;
    hints
        .flush()
        .onFailure(cause -> LOG.warn("badges are told later: {}", cause.getMessage()))
        .onComplete(done -> hinting = false);
  }

  private Future<RoomsApi.Counted> count(RoomsApi.Count asked) {
    return store.memberCount(new RoomId(asked.log().id())).map(RoomsApi.Counted::new);
  }

  private void sweep() {
    if (sweeping) {
      return;
    }
    sweeping = true;
    outbox
        .sweep()
        .onFailure(cause -> LOG.warn("entries wait in the outbox: {}", cause.getMessage()))
        .onComplete(done -> sweeping = false);
  }
}
