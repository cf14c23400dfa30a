package io.parley.rooms;

import io.parley.bus.Bus;
import io.parley.json.Json;
import io.parley.log.LogApi;
import io.parley.log.LogApi.Head;
import io.parley.rooms.Membership.Marker;
import io.parley.rooms.ReaderStore.Reader;
import io.parley.rooms.RoomsApi.Marked;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * How far people have read. A marker begins at the entry with which its owner came and moves
 * forward, never past the head; where it does not move, nothing is written and nobody is told.
 *
 * <p>Back it goes only when its owner marks the room unread, which is counted: a reading that knows
 * of fewer times than that is older, was under way, and moves nothing.
 */
final class Markers {
  private final RoomStore rooms;
  private final ReaderStore readers;
  private final Bus bus;
  private final Badges badges;
  private final Hints hints;
  private final Receipts receipts;

  Markers(
      RoomStore rooms,
      ReaderStore readers,
      Bus bus,
      Badges badges,
      Hints hints,
      Receipts receipts) {
    this.rooms = rooms;
    this.readers = readers;
    this.bus = bus;
    this.badges = badges;
    this.hints = hints;
    this.receipts = receipts;
  }

  /** {@link RoomsApi#READ}. */
  Future<Marked> read(RoomsApi.Read read) {
    return seat(new Reader(read.room(), read.user())).compose(seat -> read(seat, read));
  }

  /** {@link ReadersApi#UNREAD}. */
  Future<Marked> unread(ReadersApi.Unread unread) {
    return seat(new Reader(unread.room(), unread.user()))
        .compose(seat -> unread(seat, unread.seq() - 1));
  }

  /** The place of somebody in a room; fails as {@link RoomViews#member}. */
  Future<Membership> seat(Reader reader) {
    return rooms
        .find(reader.room(), reader.user())
        .map(found -> found.orElseThrow(RoomViews::notFound))
        .map(RoomViews::member);
  }

  private Future<Marked> read(Membership seat, RoomsApi.Read read) {
    boolean overtaken = read.marks().filter(known -> known != seat.reading().marks()).isPresent();
    if (overtaken || read.seq() <= seat.marker().seq()) {
      return Future.succeededFuture(marked(seat));
    }
    return bus.ask(LogApi.READ, entryAt(seat.room(), read.seq()))
        .compose(page -> advance(seat, marker(seat, read.seq(), page), page.head()));
  }

  private static LogApi.Read entryAt(RoomId room, long seq) {
    return new LogApi.Read(room.log(), Optional.empty(), seq - 1, seq, 0, 1);
  }

  /** Past the head it is the head; where no entry stands the marker stays. */
  private static Marker marker(Membership seat, long seq, LogApi.Page page) {
    Head head = page.head();
    boolean beyond = seq > head.seq() && head.seq() > seat.marker().seq();
    return found(page).orElse(beyond ? new Marker(head.seq(), head.n()) : seat.marker());
  }

  private static Optional<Marker> found(LogApi.Page page) {
    return page.entries().stream().findFirst().map(entry -> new Marker(entry.seq(), n(entry)));
  }

  private static long n(LogApi.Encoded entry) {
    return Json.object(entry.json().array()).path("n").longValue();
  }

  private Future<Marked> advance(Membership seat, Marker to, Head head) {
    if (to.equals(seat.marker())) {
      return Future.succeededFuture(marked(seat));
    }
    Membership moved = seat.read(to, seat.reading().marks());
    return readers
        .advance(seat.reader(), to, seat.reading().marks())
        .compose(done -> done ? advanced(moved, head) : now(seat.reader()));
  }

  private Future<Marked> advanced(Membership seat, Head head) {
    receipts.moved(seat.reader());
    return tell(seat, head).map(marked(seat));
  }

  /** Another device was faster. */
  private Future<Marked> now(Reader reader) {
    return seat(reader).map(Markers::marked);
  }

  private Future<Marked> unread(Membership seat, long through) {
    Marker floor = seat.floor();
    if (Math.max(through, floor.seq()) >= seat.marker().seq()) {
      return Future.succeededFuture(marked(seat));
    }
    return bus.ask(LogApi.READ, entryAt(seat.room(), through))
        .compose(
            page ->
                setBack(
                    seat, through <= floor.seq() ? floor : found(page).orElse(floor), page.head()));
  }

  private Future<Marked> setBack(Membership seat, Marker to, Head head) {
    return readers
        .setBack(seat.reader(), to)
        .compose(
            marks ->
                marks
                    .map(times -> seat.read(to, times))
                    .map(set -> tell(set, head).map(marked(set)))
                    .orElseGet(() -> now(seat.reader())));
  }

  /** That the others cannot be told is no reason to refuse what is done. */
  private Future<Void> tell(Membership seat, Head head) {
    return badges
        .of(seat, head)
        .onSuccess(badge -> hints.read(seat, head, badge))
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  private static Marked marked(Membership seat) {
    return new Marked(
        seat.room(), seat.marker().seq(), seat.marker().n(), Optional.of(seat.reading().marks()));
  }
}
