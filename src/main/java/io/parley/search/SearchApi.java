package io.parley.search;

import io.parley.accounts.UserId;
import io.parley.bus.Contract;
import io.parley.bus.Endpoint;
import io.parley.log.LogApi;
import io.parley.rooms.RoomId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What may be asked of the search. */
public interface SearchApi {

  /**
   * Messages that somebody may read and that say what is looked for, as they are now. Fails INVALID
   * naming the rule that the query breaks, TOO_LARGE, NOT_FOUND or NOT_MEMBER for a room that is
   * not the reader's, OVERLOADED with the time to wait, UNAVAILABLE.
   */
  Endpoint<Search, Found> MESSAGES = new Endpoint<>("search.messages", Search.class, Found.class);

  Contract CONTRACT = Contract.of(SearchApi.class);

  /**
   * @param query words, "phrases", -words, and {@code from: in: has: before: after: on:}
   * @param room only there
   * @param ranked the best first, otherwise the newest
   * @param after where the page before ended
   * @param limit 1 to 50
   */
  record Search(
      UserId reader,
      String query,
      Optional<RoomId> room,
      boolean ranked,
      Optional<String> after,
      int limit) {
    /** What people look for is nobody else's business. */
    @Override
    public String toString() {
      return "Search[***]";
    }
  }

  /**
   * @param next where the next page begins; absent when there is none. A page may hold fewer than
   *     were asked for, or none, and still have a next one
   */
  record Found(List<Result> results, Optional<String> next) {}

  /**
   * @param message as HISTORY shows it
   * @param highlights where the words stand in the text of the body, in their order
   */
  record Result(RoomId room, LogApi.Encoded message, List<Range> highlights) {}

  /**
   * Some characters of a text, counted as JavaScript counts, from 0.
   *
   * @param end behind the last
   */
  record Range(int start, int end) implements Comparable<Range> {
    private static final Comparator<Range> ORDER =
        Comparator.comparingInt(Range::start).thenComparingInt(Range::end);

    @Override
    public int compareTo(Range other) {
      return ORDER.compare(this, other);
    }
  }
}
