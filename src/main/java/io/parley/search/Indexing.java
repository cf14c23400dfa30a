package io.parley.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.json.Json;
import io.parley.log.Entry;
import io.parley.log.Follower;
import io.parley.log.LogId;
import io.parley.log.MessageState;
import io.parley.log.Shown;
import io.parley.rooms.RoomId;
import io.parley.search.SearchStore.Indexed;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps the index as the logs have it. */
public final class Indexing implements Follower {
  private static final String MESSAGE = "message";

  private final SearchStore store;
  private final boolean anew;

  private Indexing(SearchStore store, boolean anew) {
    this.store = store;
    this.anew = anew;
  }

  /** Follows the logs. */
  public static Indexing of(SearchStore store) {
    return new Indexing(store, false);
  }

  /** Writes again what was written, too. */
  public static Indexing anew(SearchStore store) {
    return new Indexing(store, true);
  }

  @Override
  public String name() {
    return "search";
  }

  /** Whatever was said before there was an index is found as well. */
  @Override
  public boolean fromTheStart() {
    return true;
  }

  @Override
  public boolean follows(LogId log) {
    return log.scope() == LogId.Scope.ROOM;
  }

  @Override
  public Future<Void> take(List<Shown> entries, List<Shown> changed) {
    Map<Place, Indexed> rows = new HashMap<>();
    entries.forEach(shown -> collect(rows, shown));
    changed.forEach(shown -> collect(rows, shown));
    return rows.isEmpty() ? Future.succeededFuture() : store.put(List.copyOf(rows.values()), anew);
  }

  private record Place(LogId log, long seq) {}

  /** Of what comes twice the newer. */
  private static void collect(Map<Place, Indexed> rows, Shown shown) {
    Entry entry = shown.entry();
    if (entry.kind().equals(MESSAGE)) {
      rows.merge(
          new Place(entry.log(), entry.seq()),
          row(shown),
          (one, other) -> one.rev() >= other.rev() ? one : other);
    }
  }

  static Indexed row(Shown shown) {
    Entry entry = shown.entry();
    MessageState state = shown.state();
    String text = state.deleted() ? "" : text(state.edited().orElse(entry.body()));
    return new Indexed(
        new RoomId(entry.log().id()),
        entry.seq(),
        entry.at(),
        state.rev(),
        entry.author(),
        Words.linked(text),
        state.deleted(),
        Words.of(text));
  }

  private static String text(String body) {
    ObjectNode fields = Json.object(body);
    return fields.path("text").asText();
  }
}
