package io.parley.rooms;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** What is remembered of changes between two people that their direct room must heed. */
public interface PairStore {

  /** Somebody's direct room, by the pair whose it is. */
  record Changed(String pair, RoomId room) {}

  /**
   * The direct rooms of pairs between whom something changed within that time, by the store's own
   * clock, in the order of the pairs. Fails UNAVAILABLE when the store cannot be reached.
   *
   * @param after the last pair of the page before, empty for the first
   */
  Future<List<Changed>> changed(Duration within, String after, int limit);
}
