package io.parley.rooms;

import io.parley.bus.Bus;
import io.parley.log.LogClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** That part of the verticle of rooms which knows how far people have read. */
final class Reading {
  private static final Logger LOG = LoggerFactory.getLogger(Reading.class);
  private static final long RECEIPTS_MS = 1_000;

  private final Bus bus;
  private final RoomStore rooms;
  private final ReaderStore store;
  private final Hints hints;
  private final Badges badges;
  private final Receipts receipts;
  private boolean telling;

  Reading(Bus bus, RoomStore rooms, ReaderStore store, LogClient logs, Hints hints) {
    this.bus = bus;
    this.rooms = rooms;
    this.store = store;
    this.hints = hints;
    this.badges = new Badges(bus);
    this.receipts = new Receipts(store, logs, System::nanoTime);
  }

  Future<?> start(Vertx vertx) {
    Markers markers = new Markers(rooms, store, bus, badges, hints, receipts);
    Arrivals arrivals = new Arrivals(vertx, store, bus, receipts);
    Readers readers = new Readers(rooms, store, badges, bus);
    vertx.setPeriodic(RECEIPTS_MS, tick -> tell());
    bus.hear(ReadersApi.STRAINED, receipts::strained);
    return Future.all(
        List.of(
            bus.answer(RoomsApi.READ, markers::read),
            bus.answer(ReadersApi.DELIVERED, arrivals::delivered),
            bus.answer(ReadersApi.RECEIPTS, readers::receipts),
            bus.answer(ReadersApi.UNREAD, markers::unread),
            bus.answer(ReadersApi.EXPLAIN, readers::explain),
            bus.answer(ReadersApi.RALLY, readers::rally)));
  }

  private void tell() {
    if (telling) {
      return;
    }
    telling = true;
    receipts
        .flush()
        .onFailure(cause -> LOG.warn("receipts are told later: {}", cause.getMessage()))
        .onComplete(done -> telling = false);
  }
}
