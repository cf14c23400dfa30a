package io.parley.log;

import io.parley.failure.Failure;
import io.parley.log.PicksApi.Picked;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows single messages, from the store: what is read here was committed before. */
final class Picks {
  private static final int MOST_EDITS = Amending.MAX_EDITS;
  private static final int MOST_PINNED = Amending.MAX_PINNED;
  private static final long MAX_BYTES = 1 << 20;

  private final LogStore store;
  private final EntryJson json;

  Picks(LogStore store, EntryJson json) {
    this.store = store;
    this.json = json;
  }

  /** {@link PicksApi#PICK}. */
  Future<Picked> pick(PicksApi.Pick asked) {
    if (asked.places().size() > PicksApi.MAX_PLACES) {
      throw Failure.invalid("seqs", "may have at most " + PicksApi.MAX_PLACES + " items")
          .with("limit", PicksApi.MAX_PLACES);
    }
    List<Long> places = asked.places().stream().filter(seq -> seq >= asked.since()).toList();
    return places.isEmpty()
        ? Future.succeededFuture(new Picked(List.of(), false))
        : store
            .at(asked.log(), places)
            .map(
                found ->
                    fitting(
                        found.stream()
                            .filter(Picks::message)
                            .map(shown -> json.encode(shown, Optional.of(asked.viewer())))
                            .toList()));
  }

  private static Picked fitting(List<LogApi.Encoded> found) {
    List<LogApi.Encoded> entries = new ArrayList<>();
    long filled = 0;
    for (LogApi.Encoded each : found) {
      filled += each.json().array().length;
      if (filled > MAX_BYTES) {
        return new Picked(entries, true);
      }
      entries.add(each);
    }
    return new Picked(entries, false);
  }

  /** {@link PicksApi#PINNED}. */
  Future<Picked> pinned(PicksApi.Pinned asked) {
    long before = asked.before().orElse(Long.MAX_VALUE);
    return store
        .pinned(asked.log(), asked.since(), before, MOST_PINNED, MAX_BYTES)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(new Picked(List.of(), false))
                    : pinned(asked, found));
  }

  /** The page may have ended for want of room. */
  private Future<Picked> pinned(PicksApi.Pinned asked, List<Shown> found) {
    long last = pin(found.get(found.size() - 1));
    return store
        .pinned(asked.log(), asked.since(), last, 1, MAX_BYTES)
        .map(
            more ->
                new Picked(
                    found.stream()
                        .map(shown -> json.encode(shown, Optional.of(asked.viewer())))
                        .toList(),
                    !more.isEmpty()));
  }

  private static long pin(Shown shown) {
    return shown.state().pinned().map(MessageState.Pin::seq).orElse(0L);
  }

  /**
   * {@link PicksApi#WORDINGS}. The edits are read first: a message that still stands afterwards had
   * them all.
   */
  Future<Picked> wordings(PicksApi.Wordings asked) {
    if (asked.target() < asked.since()) {
      throw Amending.missing();
    }
    return edits(asked, asked.after(), MOST_EDITS)
        .compose(edits -> more(asked, edits).compose(more -> wordings(asked, edits, more)));
  }

  private Future<List<Entry>> edits(PicksApi.Wordings asked, long after, int limit) {
    return store.edits(asked.log(), asked.target(), after, limit, MAX_BYTES);
  }

  private Future<Boolean> more(PicksApi.Wordings asked, List<Entry> edits) {
    return edits.isEmpty()
        ? Future.succeededFuture(false)
        : edits(asked, edits.get(edits.size() - 1).seq(), 1).map(next -> !next.isEmpty());
  }

  private Future<Picked> wordings(PicksApi.Wordings asked, List<Entry> edits, boolean more) {
    return store
        .at(asked.log(), List.of(asked.target()))
        .map(
            found -> {
              Entry message = standing(found).entry();
              List<Entry> all = new ArrayList<>();
              if (asked.after() < asked.target()) {
                all.add(message);
              }
              all.addAll(edits);
              return new Picked(all.stream().map(json::encode).toList(), more);
            });
  }

  private static Shown standing(List<Shown> found) {
    return found.stream()
        .filter(Picks::message)
        .filter(shown -> !shown.state().deleted())
        .findFirst()
        .orElseThrow(Amending::missing);
  }

  private static boolean message(Shown shown) {
    return shown.entry().kind().equals("message");
  }
}
