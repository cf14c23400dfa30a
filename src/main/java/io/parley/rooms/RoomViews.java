package io.parley.rooms;

import io.parley.accounts.AccountsApi;
import io.parley.accounts.AccountsApi.Profile;
import io.parley.accounts.PersonName;
import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.LogApi;
import io.parley.log.LogApi.Encoded;
import io.parley.log.LogApi.Head;
import io.parley.log.LogId;
import io.parley.log.Rules;
import io.parley.rooms.Badges.Badge;
import io.parley.rooms.RoomStore.Found;
import io.parley.rooms.RoomsApi.Caller;
import io.parley.rooms.RoomsApi.Member;
import io.parley.rooms.RoomsApi.MemberPage;
import io.parley.rooms.RoomsApi.Own;
import io.parley.rooms.RoomsApi.RoomPage;
import io.parley.rooms.RoomsApi.RoomView;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How rooms and members look to somebody: names, heads and unread brought together from those who
 * know them.
 */
final class RoomViews {
  private static final int MAX_ROOMS = 1_000;

  private final RoomStore store;
  private final Newcomers newcomers;
  private final Bus bus;
  private final Badges badges;
  private final LastWords lastWords;
  private final Hiding hiding;

  RoomViews(RoomStore store, Newcomers newcomers, Bus bus) {
    this.store = store;
    this.newcomers = newcomers;
    this.bus = bus;
    this.badges = new Badges(bus);
    this.lastWords = new LastWords(bus);
    this.hiding = new Hiding(bus);
  }

  Future<RoomView> one(Caller caller, RoomId room) {
    return store
        .find(room, caller.user())
        .map(found -> found.orElseThrow(RoomViews::notFound))
        .map(RoomViews::visible)
        .compose(found -> views(caller, List.of(found)))
        .map(views -> views.get(0));
  }

  /** All rooms of the caller, those with the newest entries first and archived ones last. */
  Future<RoomPage> own(Caller caller) {
    return store
        .ofMember(caller.user(), MAX_ROOMS)
        .compose(found -> views(caller, found))
        .map(views -> new RoomPage(newestFirst(views), Optional.empty()));
  }

  private static List<RoomView> newestFirst(List<RoomView> views) {
    return views.stream()
        .sorted(
            Comparator.comparing((RoomView view) -> view.rules().map(Rules::archived).orElse(false))
                .thenComparing(
                    Comparator.comparing(
                            (RoomView view) -> view.membership().map(Own::at).orElse(0L))
                        .reversed()))
        .toList();
  }

  /** Public rooms by name. */
  Future<RoomPage> discover(RoomsApi.ListRooms list) {
    return store
        .discover(
            list.caller().user(),
            list.query().orElse(""),
            list.after().map(PageCursor::text).orElse(""),
            list.limit() + 1)
        .compose(found -> page(list, found));
  }

  Future<MemberPage> members(RoomsApi.Members members) {
    return store
        .find(members.room(), members.caller().user())
        .map(found -> found.orElseThrow(RoomViews::notFound))
        .map(RoomViews::member)
        .compose(
            member ->
                store.members(
                    members.room(), members.after().map(PageCursor::member), members.limit() + 1))
        .compose(found -> memberPage(found, members.limit()));
  }

  /** There is none, or none that this person may know of. */
  static Failure notFound() {
    return Failure.of(Reason.NOT_FOUND, "there is no such room");
  }

  /** The place of a member who looks; fails as below, and BANNED for those whom a ban keeps out. */
  static Membership member(Found found) {
    return member(visible(found).room(), found.membership());
  }

  /** The place of a member; NOT_MEMBER for others, NOT_FOUND where the room itself is a secret. */
  static Membership member(Room room, Optional<Membership> membership) {
    visible(room, membership);
    return membership.orElseThrow(RoomViews::notMember);
  }

  static Failure notMember() {
    return Failure.of(Reason.NOT_MEMBER, "only members of the room may do this; join it first");
  }

  /** Refuses, as if there were nothing, what a stranger may not know of. */
  static void visible(Room room, Optional<Membership> membership) {
    if (membership.isEmpty() && room.type() != RoomType.PUBLIC) {
      throw notFound();
    }
  }

  private static Found visible(Found found) {
    if (found.ban().isPresent()) {
      throw found.ban().get().toldThemselves();
    }
    visible(found.room(), found.membership());
    return found;
  }

  private Future<RoomPage> page(RoomsApi.ListRooms list, List<Found> found) {
    boolean more = found.size() > list.limit();
    List<Found> shown = more ? found.subList(0, list.limit()) : found;
    Optional<String> next =
        more ? Optional.of(PageCursor.of(shown.get(shown.size() - 1).room())) : Optional.empty();
    return views(list.caller(), shown).map(views -> new RoomPage(views, next));
  }

  private Future<MemberPage> memberPage(List<Membership> found, int limit) {
    boolean more = found.size() > limit;
    List<Membership> shown = more ? found.subList(0, limit) : found;
    Optional<String> next =
        more ? Optional.of(PageCursor.of(shown.get(shown.size() - 1))) : Optional.empty();
    return names(shown.stream().map(Membership::user).toList())
        .map(
            names ->
                new MemberPage(
                    shown.stream()
                        .map(
                            seat ->
                                new Member(
                                    seat.user(),
                                    name(names, seat.user()),
                                    seat.role(),
                                    seat.joinedAt(),
                                    seat.mutedUntil()))
                        .toList(),
                    next));
  }

  private Future<List<RoomView>> views(Caller caller, List<Found> found) {
    return newcomers.placed(caller.user(), found).compose(placed -> seen(caller, placed));
  }

  private Future<List<RoomView>> seen(Caller caller, List<Found> found) {
    List<UserId> peers =
        found.stream()
            .flatMap(each -> each.room().pair().stream())
            .map(pair -> pair.other(caller.user()))
            .toList();
    List<Membership> seats = found.stream().flatMap(each -> each.membership().stream()).toList();
    Future<Map<UserId, Profile>> names = names(peers);
    Future<Map<RoomId, Head>> heads = heads(seats);
    Future<Map<RoomId, Badge>> unread =
        heads.compose(known -> badges.of(caller.user(), seats, known));
    Future<Map<LogId, Encoded>> lasts = heads.compose(known -> lastWords.of(seats, known));
    Future<Set<RoomId>> away = heads.compose(known -> hiding.of(caller.user(), seats, known));
    Future<Doorstep> doorstep = Doorstep.of(store, caller.user(), found);
    return Future.all(names, heads, unread, lasts, away, doorstep)
        .map(
            all ->
                new Known(
                    names.result(),
                    heads.result(),
                    unread.result(),
                    lasts.result(),
                    away.result(),
                    doorstep.result()))
        .map(known -> found.stream().map(each -> view(caller, each, known)).toList());
  }

  /** What others know of some rooms and of the people in them. */
  private record Known(
      Map<UserId, Profile> names,
      Map<RoomId, Head> heads,
      Map<RoomId, Badge> badges,
      Map<LogId, Encoded> lasts,
      Set<RoomId> away,
      Doorstep doorstep) {}

  private static RoomView view(Caller caller, Found found, Known known) {
    Room room = found.room();
    Optional<UserId> peer = room.pair().map(pair -> pair.other(caller.user()));
    return new RoomView(
        room.id(),
        peer.map(other -> name(known.names, other)).orElse(room.name().text()),
        room.description(),
        room.type(),
        room.createdAt(),
        room.memberCount(),
        peer,
        found
            .membership()
            .flatMap(
                seat ->
                    Optional.ofNullable(known.heads.get(room.id()))
                        .map(head -> own(seat, head, known))),
        Optional.ofNullable(known.lasts.get(room.id().log())),
        Optional.of(room.rules()),
        Optional.of(room.terms()),
        known.doorstep.asked(room.id()),
        known.doorstep.requests(room.id()));
  }

  private static Own own(Membership seat, Head head, Known known) {
    Badge badge = known.badges.getOrDefault(seat.room(), Badges.NOTHING);
    return new Own(
        seat.role(),
        seat.joinedAt(),
        head.seq(),
        head.cursor(),
        head.n(),
        head.at(),
        seat.marker().seq(),
        badge.unread(),
        seat.mutedUntil(),
        Optional.of(badge.mentions()),
        Optional.of(seat.reading().marks()),
        seat.since() > 0 && seat.placed() ? Optional.of(seat.since()) : Optional.empty(),
        Optional.of(settings(seat, known.away.contains(seat.room()))));
  }

  private static SettingsApi.Shown settings(Membership seat, boolean away) {
    Settings settings = seat.reading().settings();
    return new SettingsApi.Shown(
        settings.favourite(), settings.notifications(), settings.snoozedUntil(), away);
  }

  Future<Map<UserId, Profile>> names(List<UserId> users) {
    if (users.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    return bus.ask(AccountsApi.PROFILES, new AccountsApi.Profiles(users))
        .map(
            found ->
                found.users().stream().collect(Collectors.toMap(Profile::id, Function.identity())));
  }

  private Future<Map<RoomId, Head>> heads(List<Membership> seats) {
    if (seats.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    List<LogId> logs = seats.stream().map(seat -> seat.room().log()).toList();
    return bus.ask(LogApi.HEADS, new LogApi.Heads(logs))
        .map(
            found ->
                found.heads().stream()
                    .collect(
                        Collectors.toMap(
                            head -> new RoomId(head.log().id()), Function.identity())));
  }

  static String name(Map<UserId, Profile> names, UserId user) {
    Profile profile = names.get(user);
    return profile == null ? PersonName.DELETED.text() : profile.name();
  }
}
