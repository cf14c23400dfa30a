package io.parley.rooms;

import io.parley.accounts.AccountsApi.Profile;
import io.parley.accounts.UserId;
import io.parley.rooms.RoomStore.Change;
import io.parley.rooms.RoomStore.Locked;
import io.parley.rooms.RoomsApi.Caller;
import io.parley.rooms.RoomsApi.Done;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The rules of who may not write in a room for a while. A mute belongs to the person and not to
 * their place in the room, so nobody gets rid of it by leaving.
 */
final class Mutes {
  private final RoomStore store;
  private final Outbox outbox;
  private final Entries entries;
  private final Others others;
  private final Clock clock;

  Mutes(RoomStore store, Outbox outbox, Entries entries, Others others, Clock clock) {
    this.store = store;
    this.outbox = outbox;
    this.entries = entries;
    this.others = others;
    this.clock = clock;
  }

  Future<Done> mute(ModerationApi.Mute mute) {
    int seconds = Bans.seconds(mute.seconds());
    return change(
        mute.caller(), mute.room(), mute.user(), (locked, who) -> mute(locked, mute, who, seconds));
  }

  private Optional<Change> mute(Locked locked, ModerationApi.Mute mute, Profile who, int seconds) {
    Instant until = clock.instant().truncatedTo(ChronoUnit.MILLIS).plusSeconds(seconds);
    Membership after = subject(locked).muted(Optional.of(until), locked.room().version() + 1);
    return Optional.of(
        Change.becoming(after, entries.muted(locked.room(), after, mute.caller(), who.name()))
            .with(new Sanction.Muted(who.id(), until)));
  }

  Future<Done> unmute(ModerationApi.Unmute unmute) {
    return change(
        unmute.caller(),
        unmute.room(),
        unmute.user(),
        (locked, who) -> unmute(locked, unmute.caller(), who));
  }

  private Optional<Change> unmute(Locked locked, Caller caller, Profile who) {
    Membership before = subject(locked);
    if (before.mutedUntil().isEmpty()) {
      return Optional.empty();
    }
    Membership after = before.muted(Optional.empty(), locked.room().version() + 1);
    return Optional.of(
        Change.becoming(after, entries.muted(locked.room(), after, caller, who.name()))
            .with(new Sanction.Unmuted(who.id())));
  }

  private Future<Done> change(
      Caller caller,
      RoomId room,
      UserId user,
      BiFunction<Locked, Profile, Optional<Change>> decide) {
    return others
        .profile(user)
        .compose(
            who -> store.change(room, caller.user(), user, locked -> decide.apply(locked, who)))
        .compose(done -> outbox.flush(room.log()))
        .map(new Done());
  }

  /** Whom it is about, if the actor may do it to them. */
  private static Membership subject(Locked locked) {
    Membership actor = Permits.permitted(locked, Action.MUTE);
    Membership subject = locked.subject().orElseThrow(Roles::noMember);
    Action.requireAbove(actor.role(), subject.role());
    return subject;
  }
}
