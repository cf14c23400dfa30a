package io.parley.rooms;

import io.parley.accounts.AccountsApi.Profile;
import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.LogId;
import io.parley.rooms.RoomStore.Change;
import io.parley.rooms.RoomStore.Locked;
import io.parley.rooms.RoomStore.Owed;
import io.parley.rooms.RoomsApi.Caller;
import io.parley.rooms.RoomsApi.Done;
import io.parley.rooms.RoomsApi.RoomView;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The rules of making rooms, entering and leaving them. */
final class Rooms {
  private final RoomStore store;
  private final Outbox outbox;
  private final RoomViews views;
  private final Entries entries;
  private final Others others;
  private final Clock clock;
  private final Supplier<UUID> ids;
  private final Seating seating;
  private final Knocks knocks;

  Rooms(
      RoomStore store,
      Outbox outbox,
      RoomViews views,
      Knocks knocks,
      Bus bus,
      Clock clock,
      Supplier<UUID> ids,
      int maxMembers) {
    this.store = store;
    this.outbox = outbox;
    this.views = views;
    this.knocks = knocks;
    this.entries = new Entries(ids);
    this.others = new Others(bus);
    this.clock = clock;
    this.ids = ids;
    this.seating = new Seating(entries, clock, maxMembers);
  }

  Future<RoomView> create(RoomsApi.Create create) {
    if (create.type() == RoomType.DIRECT) {
      return Future.failedFuture(
          Failure.invalid("type", "must be public or private; rooms.direct opens direct rooms"));
    }
    RoomName name = RoomName.parse(create.name());
    Terms terms = create.terms().orElse(Terms.USUAL);
    Faces.fitting(create.type(), terms.door());
    Room room =
        room(create.type(), name, Faces.description(create.description()), Optional.empty(), 1, 1)
            .on(terms);
    Membership owner = seating.seat(room, create.caller().user(), Role.OWNER, 1);
    Change change =
        Change.coming(
            List.of(owner),
            List.of(
                entries.created(room, create.caller(), Optional.of(owner)),
                entries.roomAdded(owner.user(), room)));
    return store
        .create(room, change)
        .compose(done -> outbox.flush(room.id(), owner.user()))
        .compose(done -> views.one(create.caller(), room.id()));
  }

  Future<RoomView> direct(RoomsApi.Direct direct) {
    if (direct.other().equals(direct.caller().user())) {
      return Future.failedFuture(Failure.invalid("user", "must be somebody else"));
    }
    Pair pair = Pair.of(direct.caller().user(), direct.other());
    return store
        .findDirect(pair)
        .compose(
            found ->
                found.isPresent()
                    ? outbox.flush(found.get(), direct.other()).map(found.get())
                    : openDirect(direct, pair))
        .compose(room -> views.one(direct.caller(), room));
  }

  Future<RoomView> join(RoomsApi.Join join) {
    Caller caller = join.caller();
    return store
        .change(join.room(), caller.user(), caller.user(), locked -> enter(locked, caller))
        .compose(done -> outbox.flush(join.room(), caller.user()))
        .compose(done -> views.one(caller, join.room()));
  }

  Future<Done> leave(RoomsApi.Leave leave) {
    Caller caller = leave.caller();
    return store
        .change(leave.room(), caller.user(), caller.user(), locked -> depart(locked, caller))
        .compose(done -> outbox.flush(leave.room(), caller.user()))
        .map(new Done());
  }

  Future<Done> add(RoomsApi.Add add) {
    return others
        .reached(add.caller(), add.user())
        .compose(
            who ->
                store.change(
                    add.room(),
                    add.caller().user(),
                    add.user(),
                    locked -> bring(locked, add.caller(), who)))
        .compose(done -> outbox.flush(add.room(), add.user()))
        .compose(done -> knocks.gone(add.room()))
        .map(new Done());
  }

  Future<Done> remove(RoomsApi.Remove remove) {
    return others
        .profile(remove.user())
        .compose(
            who ->
                store.change(
                    remove.room(),
                    remove.caller().user(),
                    remove.user(),
                    locked -> kick(locked, remove.caller(), who)))
        .compose(done -> outbox.flush(remove.room(), remove.user()))
        .map(new Done());
  }

  private Future<RoomId> openDirect(RoomsApi.Direct direct, Pair pair) {
    Room room = room(RoomType.DIRECT, RoomName.NONE, "", Optional.of(pair), 2, 2);
    Membership mine = seating.seat(room, direct.caller().user(), Role.MEMBER, 1);
    Membership theirs = seating.seat(room, direct.other(), Role.MEMBER, 2);
    Room first = room.atVersion(1);
    return others
        .reached(direct.caller(), direct.other())
        .compose(
            other ->
                store.create(
                    room,
                    Change.coming(
                        List.of(mine, theirs),
                        List.of(
                            entries.created(first, direct.caller(), Optional.of(mine)),
                            entries.joined(room, theirs, direct.caller(), other.name(), 2),
                            entries.roomAdded(mine.user(), room),
                            entries.roomAdded(theirs.user(), room)))))
        .map(room.id())
        .recover(refused -> raced(refused, pair))
        .compose(
            opened ->
                outbox
                    .flush(opened, direct.other())
                    .compose(done -> outbox.flush(LogId.user(direct.caller().user().value())))
                    .map(opened));
  }

  private Future<RoomId> raced(Throwable refused, Pair pair) {
    if (Failure.from(refused).reason() != Reason.ALREADY_EXISTS) {
      return Future.failedFuture(refused);
    }
    return store.findDirect(pair).map(found -> found.orElseThrow(RoomViews::notFound));
  }

  private Optional<Change> enter(Locked locked, Caller caller) {
    if (locked.subject().isPresent()) {
      return Optional.empty();
    }
    if (locked.ban().isPresent()) {
      throw locked.ban().get().toldThemselves();
    }
    if (locked.room().type() != RoomType.PUBLIC) {
      throw RoomViews.notFound();
    }
    if (locked.room().rules().archived()) {
      throw Permits.archived();
    }
    if (locked.room().terms().door() == Door.REQUEST) {
      throw Failure.of(Reason.FORBIDDEN, "people ask to be let into this room").with("rule", "ask");
    }
    return Optional.of(seating.seated(locked, caller, caller.user(), caller.name()));
  }

  private Optional<Change> bring(Locked locked, Caller caller, Profile who) {
    Permits.permitted(locked, Action.ADD);
    if (locked.subject().isPresent()) {
      return Optional.empty();
    }
    if (locked.ban().isPresent()) {
      throw locked.ban().get().toldOthers();
    }
    return Optional.of(seating.seated(locked, caller, who.id(), who.name()));
  }

  private Optional<Change> depart(Locked locked, Caller caller) {
    if (locked.subject().isEmpty()) {
      RoomViews.visible(locked.room(), locked.subject());
      return Optional.empty();
    }
    Room room = locked.room();
    if (room.type() == RoomType.DIRECT) {
      throw Failure.of(Reason.CONFLICT, "a direct room cannot be left");
    }
    if (locked.lastOwner() && room.memberCount() > 1) {
      throw Roles.lastOwner();
    }
    long version = room.version() + 1;
    return Optional.of(gone(room, caller.user(), entries.left(room, version, caller)));
  }

  private Optional<Change> kick(Locked locked, Caller caller, Profile who) {
    Membership actor = Permits.permitted(locked, Action.REMOVE);
    if (locked.subject().isEmpty()) {
      return Optional.empty();
    }
    Action.requireAbove(actor.role(), locked.subject().get().role());
    long version = locked.room().version() + 1;
    return Optional.of(
        gone(locked.room(), who.id(), entries.kicked(locked.room(), version, caller, who)));
  }

  private Change gone(Room room, UserId user, Owed entry) {
    return Change.going(user, List.of(entry, entries.roomRemoved(user, room)));
  }

  private Room room(
      RoomType type,
      RoomName name,
      String description,
      Optional<Pair> pair,
      long version,
      int members) {
    return new Room(new RoomId(ids.get()), type, name, description, pair, now(), version, members);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
