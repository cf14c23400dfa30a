package io.parley.rooms;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.AccountsApi.Profile;
import io.parley.accounts.DeparturesApi;
import io.parley.accounts.DeparturesApi.Leaving;
import io.parley.accounts.PersonName;
import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.bus.Pages;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.json.Json;
import io.parley.log.AuthorsApi;
import io.parley.log.LogApi;
import io.parley.log.LogId;
import io.parley.rooms.RoomStore.Change;
import io.parley.rooms.RoomStore.Locked;
import io.parley.rooms.RoomsApi.Caller;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Takes down what is left in rooms of somebody whose account is being deleted.
 *
 * <p>They leave every room as anybody leaves one, except that a room whose last owner goes is
 * handed to whoever is next; direct rooms stay for the other. Messages stay where they stand, and
 * lose the name: every room that ever was theirs is in their own log, so all of them are found.
 * Each step may be taken again, by any node, so whatever ends halfway is taken up by the next one
 * who looks.
 */
final class Departing {
  /** By then nothing of theirs is under way to a log any more. */
  private static final Duration SETTLED = Duration.ofSeconds(20);

  private static final int AT_ONCE = 100;

  /** What one's own log says of rooms that have one's name. */
  private static final Set<String> NAMED = Set.of("room.added", "room.banned");

  private static final RoomId FIRST = new RoomId(new UUID(0, 0));

  private final RoomStore store;
  private final DepartingStore departing;
  private final Outbox outbox;
  private final Knocks knocks;
  private final Entries entries;
  private final Others others;
  private final Bus bus;
  private final Clock clock;

  Departing(
      RoomStore store,
      DepartingStore departing,
      Outbox outbox,
      Knocks knocks,
      Bus bus,
      Clock clock,
      Supplier<UUID> ids) {
    this.store = store;
    this.departing = departing;
    this.outbox = outbox;
    this.knocks = knocks;
    this.entries = new Entries(ids);
    this.others = new Others(bus);
    this.bus = bus;
    this.clock = clock;
  }

  /** Does what can be done for all who are leaving; one who cannot be helped now waits. */
  Future<Void> look() {
    return bus.ask(DeparturesApi.UNFINISHED, new DeparturesApi.Unfinished())
        .compose(found -> each(found.leaving().iterator()));
  }

  private Future<Void> each(Iterator<Leaving> leaving) {
    if (!leaving.hasNext()) {
      return Future.succeededFuture();
    }
    Future<Void> helped = help(leaving.next());
    return each(leaving)
        .transform(rest -> rest.succeeded() ? helped : Future.failedFuture(rest.cause()));
  }

  private Future<Void> help(Leaving leaving) {
    UserId user = leaving.user();
    Future<Void> left = leaveAll(user);
    return leaving.since().plus(SETTLED).isAfter(clock.instant())
        ? left
        : left.compose(done -> unname(user))
            .compose(done -> unnameDirects(user))
            .compose(done -> departing.forget(user))
            .compose(knocks::gone)
            .compose(done -> bus.ask(DeparturesApi.FINISH, new DeparturesApi.Finish(user)))
            .mapEmpty();
  }

  private Future<Void> leaveAll(UserId user) {
    return Pages.through(
        0,
        done ->
            departing
                .groups(user, AT_ONCE)
                .compose(
                    rooms ->
                        leaveEach(user, rooms.iterator())
                            .map(rooms.isEmpty() ? Optional.empty() : Optional.of(done))));
  }

  private Future<Void> leaveEach(UserId user, Iterator<RoomId> rooms) {
    return rooms.hasNext()
        ? leave(user, rooms.next()).compose(done -> leaveEach(user, rooms))
        : Future.succeededFuture();
  }

  private Future<Void> leave(UserId user, RoomId room) {
    Caller gone = new Caller(user, PersonName.DELETED.text());
    return departing
        .heir(room, user)
        .compose(
            heir ->
                heir.map(next -> handOver(room, gone, next))
                    .orElseGet(
                        () -> store.change(room, user, user, locked -> closeDoor(locked, gone))))
        .compose(done -> outbox.flush(room.log()));
  }

  private Future<Void> handOver(RoomId room, Caller gone, UserId heir) {
    return others
        .profile(heir)
        .compose(
            next -> store.change(room, gone.user(), heir, locked -> inherit(locked, gone, next)));
  }

  /** Whoever inherits the room has it before its owner goes, and nothing comes between. */
  private Optional<Change> inherit(Locked locked, Caller gone, Profile heir) {
    boolean owned = locked.actor().filter(seat -> seat.role() == Role.OWNER).isPresent();
    if (!owned) {
      return depart(locked, gone);
    }
    Membership before = locked.subject().orElseThrow(Departing::goneToo);
    if (before.role() == Role.OWNER) {
      return depart(locked, gone);
    }
    long version = locked.room().version();
    Membership after = before.as(Role.OWNER, version + 1);
    return Optional.of(
        new Change(
            List.of(),
            List.of(after),
            List.of(gone.user()),
            Optional.empty(),
            List.of(),
            List.of(
                entries.promoted(locked.room(), after, gone, heir.name()),
                entries.left(locked.room(), version + 2, gone))));
  }

  /** Without an heir, unless somebody has come in meanwhile. */
  private Optional<Change> closeDoor(Locked locked, Caller gone) {
    if (locked.lastOwner() && locked.room().memberCount() > 1) {
      throw Failure.of(Reason.CONFLICT, "somebody has come who may own the room; look again");
    }
    return depart(locked, gone);
  }

  private static Failure goneToo() {
    return Failure.of(Reason.CONFLICT, "whoever was to own the room has left it; look again");
  }

  private Optional<Change> depart(Locked locked, Caller gone) {
    if (locked.actor().isEmpty()) {
      return Optional.empty();
    }
    long version = locked.room().version() + 1;
    return Optional.of(
        Change.going(gone.user(), List.of(entries.left(locked.room(), version, gone))));
  }

  /** The rooms that their own log tells of. */
  private Future<Void> unname(UserId user) {
    return Pages.through(
        0L,
        after ->
            bus.ask(LogApi.READ, own(user, after))
                .compose(page -> unnameEach(user, rooms(page).iterator()).map(next(page))));
  }

  private static LogApi.Read own(UserId user, long after) {
    LogId own = LogId.user(user.value());
    return new LogApi.Read(own, Optional.empty(), after, Long.MAX_VALUE, 0, AT_ONCE);
  }

  private Future<Void> unnameDirects(UserId user) {
    return Pages.through(
        FIRST,
        after ->
            departing
                .directs(user, after, AT_ONCE)
                .compose(rooms -> unnameEach(user, rooms.iterator()).map(last(rooms))));
  }

  private Future<Void> unnameEach(UserId user, Iterator<RoomId> rooms) {
    if (!rooms.hasNext()) {
      return nothing();
    }
    LogId log = rooms.next().log();
    return rename(log, user)
        .compose(done -> renameMember(log, user))
        .compose(done -> unnameEach(user, rooms));
  }

  private Future<Void> rename(LogId log, UserId user) {
    return Pages.through(
        "",
        after ->
            bus.ask(
                    AuthorsApi.RENAME,
                    new AuthorsApi.Rename(log, user, PersonName.DELETED.text(), after))
                .map(AuthorsApi.Renamed::next));
  }

  private Future<Void> renameMember(LogId log, UserId user) {
    return Pages.through(
        0L,
        after ->
            bus.ask(
                    AuthorsApi.RENAME_MEMBER,
                    new AuthorsApi.RenameMember(log, user, PersonName.DELETED.text(), after))
                .map(AuthorsApi.RenamedMember::next));
  }

  private static List<RoomId> rooms(LogApi.Page page) {
    return page.entries().stream()
        .map(entry -> Json.object(entry.json().array()))
        .filter(entry -> NAMED.contains(entry.path("kind").asText()))
        .map(entry -> entry.path("body").path("room"))
        .filter(JsonNode::isTextual)
        .map(room -> new RoomId(UUID.fromString(room.textValue())))
        .distinct()
        .toList();
  }

  private static Optional<Long> next(LogApi.Page page) {
    return page.more() && !page.entries().isEmpty()
        ? Optional.of(page.entries().get(page.entries().size() - 1).seq())
        : Optional.empty();
  }

  private static Optional<RoomId> last(List<RoomId> rooms) {
    return rooms.isEmpty() ? Optional.empty() : Optional.of(rooms.get(rooms.size() - 1));
  }

  private static Future<Void> nothing() {
    return Future.succeededFuture();
  }
}
