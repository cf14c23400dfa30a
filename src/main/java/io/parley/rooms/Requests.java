package io.parley.rooms;

import io.parley.accounts.AccountsApi.Profile;
import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.json.Json;
import io.parley.log.LogId;
import io.parley.rooms.RequestStore.Outcome;
import io.parley.rooms.RequestStore.Request;
import io.parley.rooms.RequestStore.Seen;
import io.parley.rooms.RequestsApi.RequestPage;
import io.parley.rooms.RoomStore.Change;
import io.parley.rooms.RoomsApi.Caller;
import io.parley.rooms.RoomsApi.Done;
import io.parley.rooms.RoomsApi.RoomView;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of asking to be let in. All of it is decided under the lock of the room's row, together
 * with what comes of it: of a request that is admitted, refused and taken back at once, one thing
 * comes.
 */
final class Requests {
  /** Of one person: those that stand, and those that were refused within a day. */
  private static final int MOST_LISTED = 500;

  private final RequestStore store;
  private final RoomStore rooms;
  private final Outbox outbox;
  private final RoomViews views;
  private final Tidings tidings;
  private final Others others;
  private final Seating seating;
  private final Knocks knocks;
  private final Clock clock;

  Requests(
      RequestStore store,
      RoomStore rooms,
      Outbox outbox,
      RoomViews views,
      Tidings tidings,
      Others others,
      Seating seating,
      Knocks knocks,
      Clock clock) {
    this.store = store;
    this.rooms = rooms;
    this.outbox = outbox;
    this.views = views;
    this.tidings = tidings;
    this.others = others;
    this.seating = seating;
    this.knocks = knocks;
    this.clock = clock;
  }

  /** {@link RequestsApi#ASK}. */
  Future<RoomView> ask(RequestsApi.Ask ask) {
    String note = Faces.sentence("note", ask.note());
    UserId user = ask.caller().user();
    Instant now = now();
    return store
        .decide(ask.room(), user, user, now, seen -> ask(seen, ask, note, now))
        .compose(done -> tell(ask.room(), user))
        .compose(done -> views.one(ask.caller(), ask.room()));
  }

  private Optional<Outcome> ask(Seen seen, RequestsApi.Ask ask, String note, Instant now) {
    Room room = seen.locked().room();
    if (seen.locked().subject().isPresent()) {
      return Optional.empty();
    }
    open(seen);
    Optional<Request> before = seen.request();
    if (before.filter(Request::refused).isPresent()) {
      throw Failure.of(Reason.FORBIDDEN, "you were not let in; you may ask again later")
          .with("until", Json.time(before.get().until()));
    }
    if (before.filter(same -> same.note().equals(note)).isPresent()) {
      return Optional.empty();
    }
    if (before.isEmpty()) {
      most(seen);
    }
    Request request =
        new Request(
            room.id(),
            ask.caller().user(),
            note,
            before.map(Request::at).orElse(now),
            now.plusSeconds(RequestsApi.STANDING_SECONDS),
            false);
    return Optional.of(
        new Outcome(
            Optional.empty(),
            Optional.of(request),
            Optional.of(tidings.requested(request.user(), room, "asked", ""))));
  }

  /** Fails with what keeps somebody from asking. */
  private static void open(Seen seen) {
    Room room = seen.locked().room();
    if (seen.locked().ban().isPresent()) {
      throw seen.locked().ban().get().toldThemselves();
    }
    RoomViews.visible(room, seen.locked().subject());
    if (room.rules().archived()) {
      throw Permits.archived();
    }
    if (room.terms().door() != Door.REQUEST) {
      throw Failure.of(Reason.CONFLICT, "nobody has to ask here; join the room")
          .with("rule", "open");
    }
  }

  private static void most(Seen seen) {
    if (seen.ofRoom() >= RequestsApi.MOST_OF_ROOM) {
      throw Failure.of(Reason.TOO_LARGE, "too many people ask to be let in just now; try later")
          .with("limit", RequestsApi.MOST_OF_ROOM);
    }
    if (seen.ofPerson() >= RequestsApi.MOST_OF_PERSON) {
      throw Failure.of(
              Reason.TOO_LARGE,
              "you have asked to be let into "
                  + seen.ofPerson()
                  + " rooms already; take one of that back first")
          .with("limit", RequestsApi.MOST_OF_PERSON);
    }
  }

  /** {@link RequestsApi#WITHDRAW}. */
  Future<Done> withdraw(RequestsApi.Withdraw withdraw) {
    UserId user = withdraw.caller().user();
    return store
        .decide(withdraw.room(), user, user, now(), this::withdraw)
        .compose(done -> tell(withdraw.room(), user))
        .map(new Done());
  }

  private Optional<Outcome> withdraw(Seen seen) {
    Room room = seen.locked().room();
    if (seen.locked().ban().isEmpty()) {
      RoomViews.visible(room, seen.locked().subject());
    }
    return seen.request()
        .filter(request -> !request.refused())
        .map(request -> tidings.requested(request.user(), room, "withdrawn", ""))
        .map(told -> new Outcome(Optional.empty(), Optional.empty(), Optional.of(told)));
  }

  /** {@link RequestsApi#LIST}. */
  Future<RequestPage> list(RequestsApi.ListRequests asked) {
    return rooms
        .find(asked.room(), asked.caller().user())
        .map(found -> found.orElseThrow(RoomViews::notFound))
        .map(found -> Permits.permitted(found.room(), RoomViews.member(found), Action.ADMIT))
        .compose(
            allowed ->
                store.standing(
                    asked.room(), asked.after().map(PageCursor::member), now(), asked.limit() + 1))
        .compose(found -> page(found, asked.limit()));
  }

  private Future<RequestPage> page(List<Request> found, int limit) {
    boolean more = found.size() > limit;
    List<Request> shown = more ? found.subList(0, limit) : found;
    Optional<String> next =
        more ? Optional.of(PageCursor.of(shown.get(shown.size() - 1))) : Optional.empty();
    return views
        .names(shown.stream().map(Request::user).toList())
        .map(
            names ->
                new RequestPage(shown.stream().map(each -> shown(each, names)).toList(), next));
  }

  private static RequestsApi.Request shown(Request request, Map<UserId, Profile> names) {
    return new RequestsApi.Request(
        request.user(),
        RoomViews.name(names, request.user()),
        request.note(),
        request.at(),
        request.until());
  }

  /** {@link RequestsApi#OWN}. */
  Future<RequestsApi.MineFound> own(RequestsApi.Mine asked) {
    return store
        .of(asked.user(), now(), MOST_LISTED)
        .map(found -> new RequestsApi.MineFound(found.stream().map(Requests::pending).toList()));
  }

  private static RequestsApi.Pending pending(Request request) {
    return new RequestsApi.Pending(
        request.room(),
        new RequestsApi.Asked(request.note(), request.at(), request.until(), request.refused()));
  }

  /** {@link RequestsApi#ADMIT}. */
  Future<Done> admit(RequestsApi.Admit admit) {
    return others
        .profile(admit.user())
        .compose(
            who ->
                store.decide(
                    admit.room(),
                    admit.caller().user(),
                    who.id(),
                    now(),
                    seen -> admit(seen, admit.caller(), who)))
        .compose(done -> outbox.flush(admit.room(), admit.user()))
        .compose(done -> tell(admit.room(), admit.user()))
        .map(new Done());
  }

  private Optional<Outcome> admit(Seen seen, Caller by, Profile who) {
    Permits.permitted(seen.locked(), Action.ADMIT);
    if (seen.locked().subject().isPresent()) {
      return Optional.empty();
    }
    if (seen.locked().ban().isPresent()) {
      throw seen.locked().ban().get().toldOthers();
    }
    if (seen.request().filter(request -> !request.refused()).isEmpty()) {
      throw gone();
    }
    Change change = seating.seated(seen.locked(), by, who.id(), who.name());
    return Optional.of(
        new Outcome(
            Optional.of(change),
            Optional.empty(),
            Optional.of(tidings.requested(who.id(), seen.locked().room(), "admitted", ""))));
  }

  /** {@link RequestsApi#REFUSE}. */
  Future<Done> refuse(RequestsApi.Refuse refuse) {
    String word = Faces.sentence("word", refuse.word());
    Instant now = now();
    return store
        .decide(
            refuse.room(),
            refuse.caller().user(),
            refuse.user(),
            now,
            seen -> refuse(seen, word, now))
        .compose(done -> tell(refuse.room(), refuse.user()))
        .map(new Done());
  }

  private Optional<Outcome> refuse(Seen seen, String word, Instant now) {
    Permits.permitted(seen.locked(), Action.ADMIT);
    Request request = seen.request().orElseThrow(Requests::gone);
    if (request.refused()) {
      return Optional.empty();
    }
    Request refused =
        new Request(
            request.room(),
            request.user(),
            "",
            request.at(),
            now.plusSeconds(RequestsApi.REFUSED_SECONDS),
            true);
    return Optional.of(
        new Outcome(
            Optional.empty(),
            Optional.of(refused),
            Optional.of(tidings.requested(request.user(), seen.locked().room(), "refused", word))));
  }

  private static Failure gone() {
    return Failure.of(Reason.NOT_FOUND, "this person does not ask to be let in any more");
  }

  /**
   * Who asks hears of it on all devices, and those who decide that there is something to decide.
   */
  private Future<Void> tell(RoomId room, UserId user) {
    return outbox
        .flush(LogId.user(user.value()))
        .compose(told -> knocks.tell(room))
        .otherwiseEmpty();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
