package io.parley.search;

import io.parley.accounts.UserId;
import io.parley.rooms.RoomId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The index: where something may be found. Each method is one statement or two; all fail
 * UNAVAILABLE when the store cannot be reached, or takes too long.
 */
public interface SearchStore {

  /**
   * Keeps what is found of these messages, each at most once, unless something newer is kept of it.
   *
   * @param anew whether what is just as new is written again
   */
  Future<Void> put(List<Indexed> rows, boolean anew);

  /** What a reader may find, newest or best first. */
  Future<List<Hit>> find(Wanted wanted);

  /** From which place on a reader may read these rooms; nothing of those that are not theirs. */
  Future<Map<RoomId, Long>> readable(UserId reader, List<RoomId> rooms);

  /** Those whose username this is, or whose name begins so; both folded. */
  Future<List<UserId>> people(String folded, int limit);

  /** Rooms of a reader that are called so, folded. */
  Future<List<RoomId>> called(UserId reader, String folded, int limit);

  /** Begins to make the index anew, or goes on where that has ended: after which room. */
  Future<Optional<RoomId>> rebuilding();

  /** Some rooms, by their ids. */
  Future<List<RoomId>> rooms(Optional<RoomId> after, int limit);

  /** How many rooms there are, and how many of them up to one. */
  Future<Progress> progress(Optional<RoomId> done);

  /** All up to this room is new. */
  Future<Void> rebuilt(RoomId room);

  /** The index is new as a whole; forgets what is of no room any more. */
  Future<Void> rebuilt();

  /**
   * What is kept of a message.
   *
   * @param rev up to which change of the message
   * @param words as {@link Words#of} has them; none of one that was deleted
   */
  record Indexed(
      RoomId room,
      long seq,
      long at,
      long rev,
      UserId author,
      boolean link,
      boolean deleted,
      String words) {
    /** Without what it says. */
    @Override
    public String toString() {
      return "Indexed[" + room + ", " + seq + ", " + rev + "]";
    }
  }

  /**
   * What is looked for.
   *
   * @param query as {@link Words#query} has it; none if words do not matter
   * @param rooms only in these, or in all
   * @param authors only by these, or by anybody
   * @param link only with a link
   * @param since only from then on, in epoch milliseconds
   * @param until only before
   * @param ranked the best first, otherwise the newest
   */
  record Wanted(
      UserId reader,
      Optional<String> query,
      Optional<List<RoomId>> rooms,
      Optional<List<UserId>> authors,
      boolean link,
      long since,
      long until,
      boolean ranked,
      Optional<Spot> after,
      int limit) {
    @Override
    public String toString() {
      return "Wanted[***]";
    }
  }

  /**
   * A place in what is found.
   *
   * @param rank how well it fits, 0 where that does not matter
   * @param at when it was written
   * @param number of the room, as the store counts rooms
   */
  record Spot(float rank, long at, int number, long seq) {}

  record Hit(RoomId room, Spot spot) {}

  record Progress(long done, long all) {}
}
