package io.parley.rooms;

import io.parley.accounts.UserId;
import io.parley.log.LogId;
import io.parley.rooms.RoomStore.Ending;
import io.parley.rooms.RoomStore.Locked;
import io.parley.rooms.RoomsApi.Caller;
import io.parley.rooms.RoomsApi.Done;
import io.vertx.core.Future;
import java.util.List;

/**
 * The rules of how a room ends.
 *
 * <p>From the moment that its row is gone nobody is let in on what is read anew, and the owner of
 * its log remembers nobody beyond its last entry: whatever was acknowledged stands before that one.
 */
final class Endings {
  /** How many people's devices are told together. */
  private static final int AT_ONCE = 50;

  private final RoomStore store;
  private final Outbox outbox;
  private final Entries entries;

  Endings(RoomStore store, Outbox outbox, Entries entries) {
    this.store = store;
    this.outbox = outbox;
    this.entries = entries;
  }

  Future<Done> delete(RoomsApi.Delete delete) {
    Caller caller = delete.caller();
    return store
        .end(delete.room(), caller.user(), locked -> decide(locked, caller))
        .compose(
            members ->
                outbox
                    .flush(delete.room().log())
                    .compose(stands -> tell(caller.user()).otherwiseEmpty())
                    .onSuccess(told -> tell(members)))
        .map(new Done());
  }

  private Ending decide(Locked locked, Caller caller) {
    Permits.permitted(locked, Action.DELETE);
    Room room = locked.room();
    return new Ending(
        entries.ended(room, room.version() + 1, caller), user -> entries.roomEnded(user, room));
  }

  /** The others hear of it soon; whom it fails to reach the next sweep of the outbox will. */
  private Future<Void> tell(List<UserId> members) {
    if (members.isEmpty()) {
      return Future.succeededFuture();
    }
    int now = Math.min(AT_ONCE, members.size());
    return Future.join(members.subList(0, now).stream().map(this::tell).toList())
        .compose(told -> tell(members.subList(now, members.size())));
  }

  private Future<Void> tell(UserId user) {
    return outbox.flush(LogId.user(user.value()));
  }
}
