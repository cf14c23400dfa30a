package io.parley.rooms;

import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.rooms.RoomStore.Change;
import io.parley.rooms.RoomsApi.Caller;
import io.parley.rooms.RoomsApi.Done;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Brings every account into the default rooms, once: whoever leaves one later stays out.
 *
 * <p>Entering comes first and is harmless to repeat, remembering it comes last, so that a crash
 * between the two forgets nobody.
 */
final class Welcomes {
  /** How people are kept out of a room: it takes nobody, not them, or nobody who has not asked. */
  private static final Set<Reason> PASSED_BY =
      EnumSet.of(Reason.READ_ONLY, Reason.BANNED, Reason.FORBIDDEN);

  private static final Caller SERVER = new Caller(UserId.SYSTEM, "");

  private final RoomStore store;
  private final Rooms rooms;
  private final Entries entries;
  private final Clock clock;
  private final Supplier<UUID> ids;
  private final List<String> defaults;

  Welcomes(RoomStore store, Rooms rooms, Clock clock, Supplier<UUID> ids, List<String> defaults) {
    this.store = store;
    this.rooms = rooms;
    this.entries = new Entries(ids);
    this.clock = clock;
    this.ids = ids;
    this.defaults = defaults;
  }

  Future<Done> welcome(Caller caller) {
    return store
        .welcomed(caller.user())
        .compose(before -> before ? Future.succeededFuture() : enterAll(caller))
        .map(new Done());
  }

  private Future<Void> enterAll(Caller caller) {
    Future<Void> entered = Future.succeededFuture();
    for (String name : defaults) {
      entered = entered.compose(done -> enter(caller, RoomName.parse(name)));
    }
    return entered.compose(done -> store.markWelcomed(caller.user(), clock.instant()));
  }

  private Future<Void> enter(Caller caller, RoomName name) {
    return store
        .findPublic(name)
        .compose(found -> found.map(Future::succeededFuture).orElseGet(() -> make(name)))
        .compose(room -> rooms.join(new RoomsApi.Join(caller, room)))
        .<Void>mapEmpty()
        .recover(Welcomes::passedBy);
  }

  /** A room that takes nobody any more, or not them, is no reason to show them no other. */
  private static Future<Void> passedBy(Throwable refused) {
    Reason reason = Failure.from(refused).reason();
    return PASSED_BY.contains(reason) ? Future.succeededFuture() : Future.failedFuture(refused);
  }

  private Future<RoomId> make(RoomName name) {
    Room room =
        new Room(
            new RoomId(ids.get()),
            RoomType.PUBLIC,
            name,
            "",
            Optional.empty(),
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            0,
            0);
    Change change =
        Change.coming(List.of(), List.of(entries.created(room, SERVER, Optional.empty())));
    return store.create(room, change).map(room.id()).recover(refused -> raced(refused, name));
  }

  private Future<RoomId> raced(Throwable refused, RoomName name) {
    if (Failure.from(refused).reason() != Reason.ALREADY_EXISTS) {
      return Future.failedFuture(refused);
    }
    return store.findPublic(name).map(found -> found.orElseThrow(RoomViews::notFound));
  }
}
