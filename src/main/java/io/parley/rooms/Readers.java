package io.parley.rooms;

import io.parley.bus.Bus;
import io.parley.log.LogApi;
import io.parley.log.LogApi.Head;
import io.parley.log.LogApi.Place;
import io.parley.rooms.ReaderStore.Reader;
import io.parley.rooms.ReaderStore.Receipt;
import io.parley.rooms.ReadersApi.Explained;
import io.parley.rooms.ReadersApi.Marker;
import io.parley.rooms.ReadersApi.ReceiptsFound;
import io.parley.rooms.RoomStore.Found;
import io.parley.rooms.RoomsApi.Done;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Answers to members: how far the others are, what is unread, and whether they may call all. */
final class Readers {
  private final RoomStore rooms;
  private final ReaderStore readers;
  private final Badges badges;
  private final Bus bus;

  Readers(RoomStore rooms, ReaderStore readers, Badges badges, Bus bus) {
    this.rooms = rooms;
    this.readers = readers;
    this.badges = badges;
    this.bus = bus;
  }

  /** {@link ReadersApi#RECEIPTS}. */
  Future<ReceiptsFound> receipts(ReadersApi.Receipts asked) {
    Reader reader = new Reader(asked.room(), asked.user());
    return found(reader)
        .compose(
            found ->
                readers
                    .everybody(List.of(asked.room()), ReadersApi.COUNTED_MEMBERS)
                    .map(all -> all.getOrDefault(asked.room(), List.of()))
                    .map(all -> receipts(reader, found.room(), all)));
  }

  private Future<Found> found(Reader reader) {
    return rooms
        .find(reader.room(), reader.user())
        .map(found -> found.orElseThrow(RoomViews::notFound))
        .map(Readers::known);
  }

  private static Found known(Found found) {
    RoomViews.member(found.room(), found.membership());
    return found;
  }

  private static ReceiptsFound receipts(Reader reader, Room room, List<Receipt> all) {
    Marker own =
        all.stream()
            .filter(each -> each.reader().equals(reader))
            .findFirst()
            .map(Receipts::marker)
            .orElse(new Marker(reader.user(), 0, 0, 0));
    boolean named = room.memberCount() <= ReadersApi.NAMED_MEMBERS;
    boolean told = !all.isEmpty();
    List<Receipt> others = all.stream().filter(each -> !each.reader().equals(reader)).toList();
    return new ReceiptsFound(
        room.id(),
        room.memberCount(),
        own,
        named && told ? Optional.of(all.stream().map(Receipts::marker).toList()) : Optional.empty(),
        !named && told
            ? Optional.of(Tally.of(others, ReadersApi.COUNTED_MEMBERS))
            : Optional.empty());
  }

  /** {@link ReadersApi#EXPLAIN}. */
  Future<Explained> explain(ReadersApi.Explain asked) {
    return found(new Reader(asked.room(), asked.user()))
        .map(found -> RoomViews.member(found.room(), found.membership()))
        .compose(seat -> head(seat).compose(head -> explain(asked, seat, head)));
  }

  private Future<Head> head(Membership seat) {
    return bus.ask(LogApi.HEADS, new LogApi.Heads(List.of(seat.room().log())))
        .map(found -> found.heads().get(0));
  }

  private Future<Explained> explain(ReadersApi.Explain asked, Membership seat, Head head) {
    long from = Math.max(seat.behind(), asked.after().orElse(0L));
    Place after = new Place(seat.room().log(), from);
    return badges
        .of(seat, head)
        .compose(
            badge ->
                bus.ask(LogApi.UNREAD, new LogApi.Unread(asked.user(), after, asked.limit()))
                    .map(page -> explained(seat, head, badge, page)));
  }

  private static Explained explained(
      Membership seat, Head head, Badges.Badge badge, LogApi.UnreadFound page) {
    Optional<Long> last =
        page.more()
            ? Optional.of(page.entries().get(page.entries().size() - 1).seq())
            : Optional.empty();
    return new Explained(
        seat.room(),
        seat.marker().seq(),
        head.seq(),
        badge.unread(),
        badge.mentions(),
        page.entries(),
        page.mentioning(),
        last);
  }

  /** {@link ReadersApi#RALLY}. */
  Future<Done> rally(ReadersApi.Rally asked) {
    return found(new Reader(asked.room(), asked.user())).map(Readers::allowed);
  }

  private static Done allowed(Found found) {
    if (found.room().memberCount() > ReadersApi.SMALL_ROOM) {
      Action.RALLY.require(RoomViews.member(found.room(), found.membership()).role());
    }
    return new Done();
  }
}
