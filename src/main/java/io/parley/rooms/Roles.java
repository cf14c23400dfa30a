package io.parley.rooms;

import io.parley.accounts.AccountsApi.Profile;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.rooms.RoomStore.Change;
import io.parley.rooms.RoomStore.Locked;
import io.parley.rooms.RoomsApi.Done;
import io.parley.rooms.RoomsApi.GiveRole;
import io.vertx.core.Future;
import java.util.Optional;

/** The rules of who becomes what in a room. */
final class Roles {
  private final RoomStore store;
  private final Outbox outbox;
  private final Entries entries;
  private final Others others;

  Roles(RoomStore store, Outbox outbox, Entries entries, Others others) {
    this.store = store;
    this.outbox = outbox;
    this.entries = entries;
    this.others = others;
  }

  Future<Done> give(GiveRole give) {
    return others
        .profile(give.user())
        .compose(
            who ->
                store.change(
                    give.room(),
                    give.caller().user(),
                    give.user(),
                    locked -> decide(locked, give, who)))
        .compose(done -> outbox.flush(give.room().log()))
        .map(new Done());
  }

  private Optional<Change> decide(Locked locked, GiveRole give, Profile who) {
    if (give.user().equals(give.caller().user()) && has(locked, give)) {
      return Optional.empty();
    }
    Membership actor = Permits.permitted(locked, Action.GIVE_ROLES);
    Membership before = locked.subject().orElseThrow(Roles::noMember);
    if (has(locked, give)) {
      return Optional.empty();
    }
    if (!Action.gives(actor.role(), before.role(), give.role())) {
      throw Failure.of(
          Reason.FORBIDDEN,
          "only owners give a role to somebody who is not below them, or one that is not");
    }
    if (locked.lastOwner()) {
      throw lastOwner();
    }
    Membership after = before.as(give.role(), locked.room().version() + 1);
    return Optional.of(
        Change.becoming(after, entries.promoted(locked.room(), after, give.caller(), who.name())));
  }

  /** Whoever has stepped down may ask again, when the answer was lost. */
  private static boolean has(Locked locked, GiveRole give) {
    return locked.subject().filter(seat -> seat.role() == give.role()).isPresent();
  }

  /** A room that has an owner keeps one as long as it has members. */
  static Failure lastOwner() {
    return Failure.of(
            Reason.CONFLICT,
            "you are the only owner of this room; give somebody else the role of owner first")
        .with("rule", "lastOwner");
  }

  static Failure noMember() {
    return Failure.of(Reason.NOT_FOUND, "this person is not a member of the room");
  }
}
