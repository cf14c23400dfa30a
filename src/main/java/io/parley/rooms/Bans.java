package io.parley.rooms;

import io.parley.accounts.AccountsApi.Profile;
import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.rooms.ModerationApi.BanPage;
import io.parley.rooms.ModerationApi.Banned;
import io.parley.rooms.ModerationApi.ImposeBan;
import io.parley.rooms.ModerationApi.LiftBan;
import io.parley.rooms.ModerationApi.Person;
import io.parley.rooms.RoomStore.Change;
import io.parley.rooms.RoomStore.Found;
import io.parley.rooms.RoomStore.Locked;
import io.parley.rooms.RoomStore.Owed;
import io.parley.rooms.RoomsApi.Done;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rules of who may not be in a room. Why is remembered beside the room and is in no log, since
 * a log tells everybody, for ever.
 */
final class Bans {
  private final RoomStore store;
  private final Outbox outbox;
  private final RoomViews views;
  private final Entries entries;
  private final Others others;
  private final Knocks knocks;
  private final Clock clock;

  Bans(
      RoomStore store,
      Outbox outbox,
      RoomViews views,
      Entries entries,
      Others others,
      Knocks knocks,
      Clock clock) {
    this.store = store;
    this.outbox = outbox;
    this.views = views;
    this.entries = entries;
    this.others = others;
    this.knocks = knocks;
    this.clock = clock;
  }

  Future<Done> ban(ImposeBan impose) {
    String reason = Faces.sentence("reason", impose.reason().orElse(""));
    Optional<Integer> seconds = impose.seconds().map(Bans::seconds);
    UserId by = impose.caller().user();
    return others
        .profile(impose.user())
        .compose(
            who ->
                store.change(
                    impose.room(),
                    by,
                    who.id(),
                    locked -> ban(locked, impose, who, ban(impose, reason, seconds))))
        .compose(done -> outbox.flush(impose.room(), impose.user()))
        .compose(done -> knocks.gone(impose.room()))
        .map(new Done());
  }

  private Ban ban(ImposeBan impose, String reason, Optional<Integer> seconds) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new Ban(
        impose.room(),
        impose.user(),
        impose.caller().user(),
        now,
        seconds.map(now::plusSeconds),
        reason);
  }

  private Optional<Change> ban(Locked locked, ImposeBan impose, Profile who, Ban ban) {
    Membership actor = Permits.permitted(locked, Action.BAN);
    locked.subject().ifPresent(seat -> Action.requireAbove(actor.role(), seat.role()));
    if (locked.ban().filter(before -> same(before, ban)).isPresent()) {
      return Optional.empty();
    }
    Room room = locked.room();
    boolean member = locked.subject().isPresent();
    long version = room.version() + 1;
    List<Owed> owed =
        List.of(
            entries.banned(room, version, impose.caller(), ban, who.name(), member),
            entries.roomBanned(who.id(), room, member));
    Change change = member ? Change.going(who.id(), owed) : Change.coming(List.of(), owed);
    return Optional.of(change.with(new Sanction.Banned(ban)));
  }

  /** One that is for good and for the same reason is the same, whoever asks again. */
  private static boolean same(Ban before, Ban now) {
    return before.until().isEmpty()
        && now.until().isEmpty()
        && before.reason().equals(now.reason());
  }

  Future<Done> unban(LiftBan lift) {
    return others
        .profile(lift.user())
        .compose(
            who ->
                store.change(
                    lift.room(),
                    lift.caller().user(),
                    lift.user(),
                    locked -> unban(locked, lift, who)))
        .compose(done -> outbox.flush(lift.room(), lift.user()))
        .map(new Done());
  }

  private Optional<Change> unban(Locked locked, LiftBan lift, Profile who) {
    Permits.permitted(locked, Action.BAN);
    if (locked.ban().isEmpty()) {
      return Optional.empty();
    }
    Room room = locked.room();
    return Optional.of(
        Change.told(entries.unbanned(room, room.version() + 1, lift.caller(), who))
            .with(new Sanction.Unbanned(who.id())));
  }

  Future<BanPage> page(ModerationApi.Bans asked) {
    return store
        .find(asked.room(), asked.caller().user())
        .map(found -> found.orElseThrow(RoomViews::notFound))
        .map(Bans::allowed)
        .compose(
            allowed ->
                store.bans(asked.room(), asked.after().map(PageCursor::member), asked.limit() + 1))
        .compose(found -> page(found, asked.limit()));
  }

  private static Membership allowed(Found found) {
    return Permits.permitted(found.room(), RoomViews.member(found), Action.BAN);
  }

  private Future<BanPage> page(List<Ban> found, int limit) {
    boolean more = found.size() > limit;
    List<Ban> shown = more ? found.subList(0, limit) : found;
    Optional<String> next =
        more ? Optional.of(PageCursor.of(shown.get(shown.size() - 1))) : Optional.empty();
    List<UserId> people =
        shown.stream().flatMap(ban -> Stream.of(ban.user(), ban.by())).distinct().toList();
    return views
        .names(people)
        .map(names -> new BanPage(shown.stream().map(ban -> banned(ban, names)).toList(), next));
  }

  private static Banned banned(Ban ban, Map<UserId, Profile> names) {
    return new Banned(
        ban.user(),
        RoomViews.name(names, ban.user()),
        new Person(ban.by(), RoomViews.name(names, ban.by())),
        ban.at(),
        ban.until(),
        ban.reason());
  }

  /** How long something may stand against somebody. Fails INVALID. */
  static int seconds(int wanted) {
    if (wanted < 1 || wanted > ModerationApi.MAX_SECONDS) {
      throw Failure.invalid(
          "seconds", "must be a whole number from 1 to " + ModerationApi.MAX_SECONDS);
    }
    return wanted;
  }
}
