package io.parley.log;

import io.parley.failure.Failure;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Cuts pages out of what a log shows: some entries before a position and some from it on. */
final class Pages {
  static final long MAX_BYTES = 1 << 20;
  private static final int MAX_LIMIT = 500;

  private Pages() {}

  /** Where the entries come from: {@link LogStore#visible}, or others of its kind. */
  interface Source {
    Future<List<Shown>> read(long from, long through, boolean newest, int limit);
  }

  /**
   * Which page is wanted: at most one of the three, and the newest without any.
   *
   * @param since the first position the reader may see
   */
  record Asked(
      Optional<Long> before, Optional<Long> after, Optional<Long> around, long since, int limit) {

    Asked {
      if (Stream.of(before, after, around).filter(Optional::isPresent).count() > 1) {
        throw Failure.invalid("before", "after and around exclude each other");
      }
    }
  }

  /** Entries, oldest first, and whether there are more on either side. */
  record Cut(List<Shown> shown, boolean older, boolean newer) {}

  /** A page of what stands up to a head. */
  static Future<Cut> cut(Asked asked, long head, Source source) {
    int limit = Math.max(1, Math.min(asked.limit(), MAX_LIMIT));
    if (asked.after().isPresent()) {
      return cut(asked, asked.after().get() + 1, 0, limit, head, source);
    }
    if (asked.around().isPresent()) {
      int older = limit / 2;
      return cut(asked, asked.around().get(), older, limit - older, head, source);
    }
    long before = Math.min(asked.before().orElse(Long.MAX_VALUE), head + 1);
    return cut(asked, before, limit, 0, head, source);
  }

  private static Future<Cut> cut(
      Asked asked, long middle, int olderLimit, int newerLimit, long head, Source source) {
    long first = Math.max(1, asked.since());
    Future<List<Shown>> older = read(source, first, Math.min(middle - 1, head), true, olderLimit);
    Future<List<Shown>> newer = read(source, Math.max(first, middle), head, false, newerLimit);
    return Future.all(older, newer)
        .map(both -> Stream.concat(older.result().stream(), newer.result().stream()).toList())
        .compose(shown -> withBothEnds(first, Math.min(middle, head + 1), shown, head, source));
  }

  /** Finds out whether there is more on either side, however the page came to its end. */
  private static Future<Cut> withBothEnds(
      long first, long middle, List<Shown> shown, long head, Source source) {
    long oldest = shown.isEmpty() ? middle : shown.get(0).entry().seq();
    long newest = shown.isEmpty() ? middle - 1 : shown.get(shown.size() - 1).entry().seq();
    Future<List<Shown>> older = read(source, first, oldest - 1, true, 1);
    Future<List<Shown>> newer = read(source, Math.max(first, newest + 1), head, false, 1);
    return Future.all(older, newer)
        .map(both -> new Cut(shown, !older.result().isEmpty(), !newer.result().isEmpty()));
  }

  private static Future<List<Shown>> read(
      Source source, long from, long through, boolean newest, int limit) {
    return limit == 0 || from > through
        ? Future.succeededFuture(List.of())
        : source.read(from, through, newest, limit);
  }
}
