package io.parley.log;

import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.LogApi.HeadsFound;
import io.parley.log.LogApi.HistoryPage;
import io.parley.log.LogApi.LastsFound;
import io.parley.log.LogApi.OwnFound;
import io.parley.log.LogApi.Page;
import io.parley.log.LogApi.ShownFound;
import io.parley.log.LogApi.UnreadFound;
import io.parley.log.LogStore.Stretch;
import io.parley.log.LogStore.Top;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Answers from the store, whoever owns the log: what is read here was committed before. */
final class LogReads {
  private static final int MAX_LIMIT = 500;
  private static final int MAX_LOGS = 1_000;
  private static final long MAX_BYTES = 1 << 20;
  private static final long MAX_LASTS_BYTES = 384 << 10;

  private final LogStore store;
  private final EntryJson json;

  LogReads(LogStore store, EntryJson json) {
    this.store = store;
    this.json = json;
  }

  /** {@link LogApi#READ}. */
  Future<Page> read(LogApi.Read request) {
    Optional<Cursor> cursor =
        request
            .cursor()
            .map(
                text ->
                    Cursor.parse(text)
                        .orElseThrow(() -> Failure.invalid("cursor", "is not a cursor")));
    return top(request.log()).compose(top -> read(request, cursor, top));
  }

  private Future<Page> read(LogApi.Read request, Optional<Cursor> cursor, Top top) {
    return cursor
        .map(at -> fits(request, at, top))
        .orElseGet(() -> Future.succeededFuture(true))
        .compose(
            fits ->
                fits
                    ? page(request, cursor.map(Cursor::seq).orElse(request.after()), top)
                    : Future.succeededFuture(new Page(List.of(), false, true, json.head(top))));
  }

  /**
   * Whether what a reader has seen is the beginning of this log, and whether they may see what
   * comes next: whoever was away and came again may not.
   */
  private Future<Boolean> fits(LogApi.Read request, Cursor cursor, Top top) {
    LogId log = request.log();
    boolean ahead = cursor.seq() > top.seq();
    if (cursor.epoch() != json.epoch() || ahead || cursor.seq() + 1 < request.since()) {
      return Future.succeededFuture(false);
    }
    if (cursor.seq() == 0) {
      return Future.succeededFuture(true);
    }
    return store
        .read(log, cursor.seq() - 1, cursor.seq(), 1, 0)
        .map(found -> found.stream().anyMatch(entry -> cursor.check() == Cursor.check(entry.id())));
  }

  private Future<Page> page(LogApi.Read request, long after, Top top) {
    long begin = Math.max(after, request.since() - 1);
    long end = Math.min(request.through(), top.seq());
    if (begin >= end) {
      return Future.succeededFuture(new Page(List.of(), false, false, json.head(top)));
    }
    return store
        .read(request.log(), begin, end, clamp(request.limit()), MAX_BYTES)
        .map(
            entries -> {
              long last = entries.isEmpty() ? end : entries.get(entries.size() - 1).seq();
              return new Page(encode(entries, request.since()), last < end, false, json.head(top));
            });
  }

  /** {@link LogApi#HISTORY}. */
  Future<HistoryPage> history(LogApi.History request) {
    return top(request.log()).compose(top -> history(request, top));
  }

  private Future<HistoryPage> history(LogApi.History request, Top top) {
    LogId log = request.log();
    Pages.Asked asked =
        new Pages.Asked(
            request.before(), request.after(), request.around(), request.since(), request.limit());
    return Pages.cut(
            asked,
            top.seq(),
            (from, through, newest, limit) ->
                store.visible(log, from, through, newest, limit, Pages.MAX_BYTES))
        .map(
            page ->
                new HistoryPage(
                    encode(page.shown(), request.viewer()),
                    page.older(),
                    page.newer(),
                    json.head(top)));
  }

  /** {@link LogApi#HEADS}. */
  Future<HeadsFound> heads(LogApi.Heads request) {
    bound(request.logs().size());
    return store
        .tops(request.logs())
        .map(tops -> new HeadsFound(tops.stream().map(json::head).toList()));
  }

  /** {@link LogApi#OWN}. */
  Future<OwnFound> own(LogApi.Own request) {
    bound(request.places().size());
    return store.own(request.user(), stretches(request)).map(OwnFound::new);
  }

  /** {@link LogApi#MENTIONS}. */
  Future<OwnFound> mentions(LogApi.Own request) {
    bound(request.places().size());
    return store.mentions(request.user(), stretches(request)).map(OwnFound::new);
  }

  private static List<Stretch> stretches(LogApi.Own request) {
    List<Long> ends = request.through().orElse(List.of());
    return IntStream.range(0, request.places().size())
        .mapToObj(
            i -> after(request.places().get(i), i < ends.size() ? ends.get(i) : Long.MAX_VALUE))
        .toList();
  }

  private static Stretch after(LogApi.Place place, long through) {
    return new Stretch(place.log(), place.seq() + 1, through);
  }

  /** {@link LogApi#UNREAD}. */
  Future<UnreadFound> unread(LogApi.Unread request) {
    return store
        .unread(request.user(), request.after(), clamp(request.limit()), MAX_BYTES)
        .compose(found -> withEnd(request, found));
  }

  private Future<UnreadFound> withEnd(LogApi.Unread request, List<Shown> found) {
    if (found.isEmpty()) {
      return Future.succeededFuture(new UnreadFound(List.of(), List.of(), false));
    }
    LogApi.Place last =
        new LogApi.Place(request.after().log(), found.get(found.size() - 1).entry().seq());
    return store
        .unread(request.user(), last, 1, 0)
        .map(
            rest ->
                new UnreadFound(
                    encode(found, Optional.of(request.user())),
                    found.stream()
                        .filter(shown -> Mentions.of(shown).concerns(request.user()))
                        .map(shown -> shown.entry().seq())
                        .toList(),
                    !rest.isEmpty()));
  }

  /** {@link LogApi#LASTS}. */
  Future<LastsFound> lasts(LogApi.Lasts request) {
    bound(request.places().size());
    return store
        .lasts(request.places(), MAX_LASTS_BYTES)
        .map(found -> new LastsFound(encode(found, Optional.empty())));
  }

  /** {@link LogApi#SHOW}. */
  Future<ShownFound> show(LogApi.Show request) {
    bound(request.places().size());
    List<LogStore.Stretch> stretches =
        request.places().stream()
            .map(place -> new LogStore.Stretch(place.log(), place.seq(), place.seq()))
            .toList();
    return store.shown(stretches).map(found -> fitting(request, encode(found, request.viewer())));
  }

  /** The first of them, and at least one. */
  private static ShownFound fitting(LogApi.Show request, List<LogApi.Encoded> found) {
    long filled = 0;
    for (int i = 0; i < found.size(); i++) {
      LogApi.Encoded entry = found.get(i);
      filled += entry.json().array().length;
      if (i > 0 && filled > MAX_BYTES) {
        int looked = request.places().indexOf(new LogApi.Place(entry.log(), entry.seq()));
        return new ShownFound(List.copyOf(found.subList(0, i)), looked);
      }
    }
    return new ShownFound(found, request.places().size());
  }

  private Future<Top> top(LogId log) {
    return store.tops(List.of(log)).map(tops -> tops.get(0));
  }

  private List<LogApi.Encoded> encode(List<Entry> entries, long since) {
    return entries.stream().map(entry -> encode(entry, since)).toList();
  }

  /** The words of an edit are those of a message from before somebody's time as well. */
  private LogApi.Encoded encode(Entry entry, long since) {
    LogApi.Encoded encoded = json.encode(entry);
    boolean before = encoded.amends().filter(target -> target < since).isPresent();
    return before ? json.veiled(entry) : encoded;
  }

  private List<LogApi.Encoded> encode(List<Shown> entries, Optional<UserId> viewer) {
    return entries.stream().map(shown -> json.encode(shown, viewer)).toList();
  }

  private static int clamp(int limit) {
    return Math.max(1, Math.min(limit, MAX_LIMIT));
  }

  private static void bound(int logs) {
    if (logs > MAX_LOGS) {
      throw Failure.of(Reason.TOO_LARGE, "at most " + MAX_LOGS + " logs at once")
          .with("limit", MAX_LOGS);
    }
  }
}
