package io.parley.rooms;

import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.json.Json;
import io.parley.log.LogApi;
import io.parley.log.LogApi.Head;
import io.parley.log.LogApi.Place;
import io.parley.rooms.Membership.Marker;
import io.parley.rooms.RoomsApi.Marked;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * How far people have read. A marker begins at the entry with which its owner came, only moves
 * forward and never past the head; where it does not move, nothing is written and nobody is told.
 */
final class Markers {
  private final RoomStore rooms;
  private final ReaderStore readers;
  private final Bus bus;
  private final Hints hints;

  Markers(RoomStore rooms, ReaderStore readers, Bus bus, Hints hints) {
    this.rooms = rooms;
    this.readers = readers;
    this.bus = bus;
    this.hints = hints;
  }

  Future<Marked> read(RoomsApi.Read read) {
    return rooms
        .find(read.room(), read.user())
        .map(found -> found.orElseThrow(RoomViews::notFound))
        .map(RoomViews::member)
        .compose(seat -> read(seat, read.seq()));
  }

  private Future<Marked> read(Membership seat, long seq) {
    if (seq <= seat.marker().seq()) {
      return Future.succeededFuture(marked(seat, seat.marker()));
    }
    return bus.ask(LogApi.READ, entryAt(seat.room(), seq))
        .compose(page -> advance(seat, marker(seat, seq, page), page.head()));
  }

  private static LogApi.Read entryAt(RoomId room, long seq) {
    return new LogApi.Read(room.log(), Optional.empty(), seq - 1, seq, 0, 1);
  }

  /** Past the head it is the head; where no entry stands the marker stays. */
  private static Marker marker(Membership seat, long seq, LogApi.Page page) {
    if (!page.entries().isEmpty()) {
      LogApi.Encoded entry = page.entries().get(0);
      return new Marker(entry.seq(), Json.object(entry.json().array()).path("n").longValue());
    }
    Head head = page.head();
    boolean beyond = seq > head.seq() && head.seq() > seat.marker().seq();
    return beyond ? new Marker(head.seq(), head.n()) : seat.marker();
  }

  private Future<Marked> advance(Membership seat, Marker to, Head head) {
    if (to.equals(seat.marker())) {
      return Future.succeededFuture(marked(seat, to));
    }
    return readers
        .advance(seat.room(), seat.user(), to)
        .compose(moved -> moved ? tell(seat, to, head) : Future.succeededFuture())
        .map(marked(seat, to));
  }

  /** That the others cannot be told is no reason to refuse what is done. */
  private Future<Void> tell(Membership seat, Marker to, Head head) {
    return unread(seat.user(), to, head)
        .onSuccess(unread -> hints.read(seat, to, head, unread))
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  private Future<Long> unread(UserId user, Marker to, Head head) {
    if (to.n() >= head.n()) {
      return Future.succeededFuture(0L);
    }
    return bus.ask(LogApi.OWN, new LogApi.Own(user, List.of(new Place(head.log(), to.seq()))))
        .map(own -> Math.max(0, head.n() - to.n() - own.counts().get(0)));
  }

  private static Marked marked(Membership seat, Marker at) {
    return new Marked(seat.room(), at.seq(), at.n());
  }
}
