package io.parley.search;

import io.parley.bus.Pages;
import io.parley.log.LogWalk;
import io.parley.rooms.RoomId;
import io.parley.search.SearchStore.Progress;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes the index anew, room by room, while it is used and followed. Where it has ended is
 * remembered, so it goes on there the next time.
 */
public final class Rebuilding {
  private static final int ROOMS_AT_ONCE = 50;

  private final SearchStore store;
  private final LogWalk logs;
  private final Indexing indexing;

  /**
   * @param logs the way through them
   */
  public Rebuilding(SearchStore store, LogWalk logs) {
    this.store = store;
    this.logs = logs;
    this.indexing = Indexing.anew(store);
  }

  /**
   * Completes when all rooms are done. Fails UNAVAILABLE; what is done then stays.
   *
   * @param progress is told how far it is
   */
  public Future<Void> run(Consumer<Progress> progress) {
    return store
        .rebuilding()
        .compose(after -> Pages.through(after, done -> rooms(done, progress)))
        .compose(done -> store.rebuilt());
  }

  private Future<Optional<Optional<RoomId>>> rooms(
      Optional<RoomId> after, Consumer<Progress> progress) {
    return store
        .progress(after)
        .onSuccess(progress::accept)
        .compose(told -> store.rooms(after, ROOMS_AT_ONCE))
        .compose(
            rooms ->
                each(rooms)
                    .map(
                        done ->
                            rooms.isEmpty()
                                ? Optional.empty()
                                : Optional.of(Optional.of(rooms.get(rooms.size() - 1)))));
  }

  private Future<Void> each(List<RoomId> rooms) {
    return Pages.through(
        0,
        index ->
            index == rooms.size()
                ? Future.succeededFuture(Optional.empty())
                : room(rooms.get(index)).map(Optional.of(index + 1)));
  }

  private Future<Void> room(RoomId room) {
    return logs.through(room.log(), indexing).compose(done -> store.rebuilt(room));
  }
}
