package io.parley.rooms;

import io.parley.accounts.AccountsApi.Profile;
import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.rooms.InvitesApi.Invited;
import io.parley.rooms.InvitesApi.Link;
import io.parley.rooms.InvitesApi.Listed;
import io.parley.rooms.InvitesApi.Made;
import io.parley.rooms.ModerationApi.Person;
import io.parley.rooms.RoomStore.Change;
import io.parley.rooms.RoomStore.Found;
import io.parley.rooms.RoomStore.Locked;
import io.parley.rooms.RoomsApi.Caller;
import io.parley.rooms.RoomsApi.Done;
import io.parley.rooms.RoomsApi.RoomView;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The rules of links that lead into rooms. */
final class Invites {
  private final InviteStore store;
  private final RoomStore rooms;
  private final Outbox outbox;
  private final RoomViews views;
  private final Seating seating;
  private final Knocks knocks;
  private final Clock clock;
  private final Supplier<UUID> ids;
  private final SecureRandom random;

  Invites(
      InviteStore store,
      RoomStore rooms,
      Outbox outbox,
      RoomViews views,
      Seating seating,
      Knocks knocks,
      Clock clock,
      Supplier<UUID> ids,
      SecureRandom random) {
    this.store = store;
    this.rooms = rooms;
    this.outbox = outbox;
    this.views = views;
    this.seating = seating;
    this.knocks = knocks;
    this.clock = clock;
    this.ids = ids;
    this.random = random;
  }

  Future<Made> make(InvitesApi.Make make) {
    int seconds = make.seconds().orElse(InvitesApi.USUAL_SECONDS);
    int uses = make.uses().orElse(InvitesApi.USUAL_USES);
    within("seconds", seconds, InvitesApi.MIN_SECONDS, InvitesApi.MAX_SECONDS);
    within("uses", uses, 1, InvitesApi.MAX_USES);
    InviteToken token = InviteToken.fresh(random);
    Instant now = now();
    Invite invite =
        new Invite(
            ids.get(), make.room(), make.caller().user(), now, now.plusSeconds(seconds), uses, 0);
    Person by = new Person(make.caller().user(), make.caller().name());
    return store
        .keep(invite, token.hash(), Invites::allowed)
        .map(kept -> new Made(token.clear(), link(invite, by)));
  }

  private static void within(String field, int value, int min, int max) {
    if (value < min || value > max) {
      throw Failure.invalid(field, "must be a whole number from " + min + " to " + max);
    }
  }

  private static void allowed(Locked locked, int others) {
    Permits.permitted(locked, Action.INVITE);
    if (others >= InvitesApi.MOST) {
      throw Failure.of(
              Reason.TOO_LARGE, "the room has " + others + " invites already; take one back first")
          .with("limit", InvitesApi.MOST);
    }
  }

  Future<Listed> list(InvitesApi.ListInvites list) {
    return may(list.caller(), list.room())
        .compose(allowed -> store.standing(list.room(), now()))
        .compose(
            found -> {
              List<UserId> people = found.stream().map(Invite::by).distinct().toList();
              return views.names(people).map(names -> listed(found, names));
            });
  }

  private static Listed listed(List<Invite> found, Map<UserId, Profile> names) {
    return new Listed(
        found.stream()
            .map(each -> link(each, new Person(each.by(), RoomViews.name(names, each.by()))))
            .toList());
  }

  private static Link link(Invite invite, Person by) {
    return new Link(invite.id(), by, invite.at(), invite.until(), invite.maxUses(), invite.uses());
  }

  Future<Done> revoke(InvitesApi.Revoke revoke) {
    return may(revoke.caller(), revoke.room())
        .compose(allowed -> store.forget(revoke.room(), revoke.invite()))
        .map(new Done());
  }

  private Future<Membership> may(Caller caller, RoomId room) {
    return rooms
        .find(room, caller.user())
        .map(found -> found.orElseThrow(RoomViews::notFound))
        .map(found -> Permits.permitted(found.room(), RoomViews.member(found), Action.INVITE));
  }

  Future<Invited> look(InvitesApi.Look look) {
    return found(look.token())
        .compose(
            invite ->
                rooms
                    .find(invite.room(), look.caller().user())
                    .map(found -> invited(found.orElseThrow(Invites::nowhere), invite)));
  }

  private Invited invited(Found found, Invite invite) {
    Room room = found.room();
    boolean member = found.membership().isPresent();
    if (!member) {
      open(room, found.ban(), invite);
    }
    return new Invited(room.id(), room.name().text(), room.type(), room.memberCount(), member);
  }

  Future<RoomView> accept(InvitesApi.Accept accept) {
    Caller caller = accept.caller();
    return found(accept.token())
        .compose(
            invite ->
                store
                    .accept(invite, caller.user(), (locked, now) -> enter(locked, now, caller))
                    .compose(done -> outbox.flush(invite.room(), caller.user()))
                    .compose(done -> knocks.gone(invite.room()))
                    .compose(done -> views.one(caller, invite.room())));
  }

  /** Whoever is there may ask again, whatever has become of the invite. */
  private Optional<Change> enter(Locked locked, Optional<Invite> invite, Caller caller) {
    if (locked.subject().isPresent()) {
      return Optional.empty();
    }
    open(locked.room(), locked.ban(), invite.orElseThrow(Invites::nowhere));
    return Optional.of(seating.seated(locked, caller, caller.user(), caller.name()));
  }

  /** Fails with what keeps somebody out. */
  private void open(Room room, Optional<Ban> ban, Invite invite) {
    if (ban.isPresent()) {
      throw ban.get().toldThemselves();
    }
    Optional<Failure> over = invite.over(clock.instant());
    if (over.isPresent()) {
      throw over.get();
    }
    if (room.rules().archived()) {
      throw Permits.archived();
    }
  }

  private Future<Invite> found(String token) {
    return store
        .find(InviteToken.parse(token).hash())
        .map(found -> found.orElseThrow(Invites::nowhere));
  }

  private static Failure nowhere() {
    return Failure.of(Reason.NOT_FOUND, "there is no such invite; ask for another");
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
