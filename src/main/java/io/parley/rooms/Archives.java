package io.parley.rooms;

import io.parley.log.Rules;
import io.parley.rooms.RoomStore.Change;
import io.parley.rooms.RoomStore.Locked;
import io.parley.rooms.RoomsApi.Caller;
import io.parley.rooms.RoomsApi.RoomView;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** The rules of keeping a room as it is, and of going on with it. */
final class Archives {
  private final RoomStore store;
  private final Outbox outbox;
  private final RoomViews views;
  private final Entries entries;
  private final Knocks knocks;

  Archives(RoomStore store, Outbox outbox, RoomViews views, Entries entries, Knocks knocks) {
    this.store = store;
    this.outbox = outbox;
    this.views = views;
    this.entries = entries;
    this.knocks = knocks;
  }

  Future<RoomView> archive(ModerationApi.Archive archive) {
    return become(archive.caller(), archive.room(), true);
  }

  Future<RoomView> unarchive(ModerationApi.Unarchive unarchive) {
    return become(unarchive.caller(), unarchive.room(), false);
  }

  private Future<RoomView> become(Caller caller, RoomId room, boolean archived) {
    return store
        .change(room, caller.user(), caller.user(), locked -> decide(locked, caller, archived))
        .compose(done -> outbox.flush(room.log()))
        .compose(done -> views.one(caller, room))
        .compose(this::heard);
  }

  /** While it is as it is nobody is let in who asks. */
  private Future<RoomView> heard(RoomView view) {
    boolean asked = view.terms().map(Terms::door).filter(Door.REQUEST::equals).isPresent();
    return asked ? knocks.tell(view.id()).map(view) : Future.succeededFuture(view);
  }

  private Optional<Change> decide(Locked locked, Caller caller, boolean archived) {
    Membership actor = Permits.permitted(locked, Action.ARCHIVE);
    Room room = locked.room();
    if (room.rules().archived() == archived) {
      return Optional.empty();
    }
    Room after = room.under(new Rules(archived, room.rules().slowSeconds(), room.version() + 1));
    String kind = archived ? Entries.ARCHIVE : Entries.UNARCHIVE;
    return Optional.of(Change.appearing(after, List.of(entries.ruled(after, kind, actor, caller))));
  }
}
