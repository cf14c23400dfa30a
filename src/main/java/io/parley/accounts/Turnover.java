package io.parley.accounts;

import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/**
 * Who has come to this server, and who has gone from it for good, in the order of their times.
 * Whoever goes through it has to look back a while: an account may become readable after one that
 * is younger. All fail UNAVAILABLE when the store cannot be reached.
 */
public interface Turnover {

  /** Accounts that were made after a place; their time is when their id was drawn. */
  Future<List<Turn>> came(Place after, int limit);

  /** Accounts of which nothing is left since after a place. */
  Future<List<Turn>> gone(Place after, int limit);

  /** A place in either order: a time in epoch milliseconds, and the account among those of it. */
  record Place(long at, UUID id) {
    /** Before everything of a time. */
    public static Place before(long at) {
      return new Place(at, new UUID(0, 0));
    }
  }

  /**
   * @param at epoch milliseconds
   */
  record Turn(UserId user, long at) {
    public Place place() {
      return new Place(at, user.value());
    }
  }
}
