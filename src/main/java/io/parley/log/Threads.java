package io.parley.log;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.LogApi.Place;
import io.parley.log.LogStore.Stretch;
import io.parley.log.LogStore.Tally;
import io.parley.log.LogStore.Top;
import io.parley.log.MessageState.Replies;
import io.parley.log.ThreadsApi.Weigh;
import io.parley.log.ThreadsApi.Weighed;
import io.parley.log.ThreadsApi.Weight;
import io.vertx.core.Future;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Shows threads, from the store: what is read here was committed before. */
final class Threads {
  private static final int MOST = 1_000;

  private final LogStore store;
  private final EntryJson json;

  Threads(LogStore store, EntryJson json) {
    this.store = store;
    this.json = json;
  }

  /** {@link ThreadsApi#READ}. The head is read first, so that all up to it is in what follows. */
  Future<ThreadsApi.Unfolded> unfold(ThreadsApi.Unfold asked) {
    Pages.Asked page =
        new Pages.Asked(
            asked.before(), asked.after(), asked.around(), asked.since(), asked.limit());
    if (asked.root() < asked.since()) {
      throw Amending.missing();
    }
    return store
        .tops(List.of(asked.log()))
        .map(tops -> tops.get(0))
        .compose(top -> root(asked).compose(root -> unfold(asked, page, top, root)));
  }

  private Future<Shown> root(ThreadsApi.Unfold asked) {
    return store
        .at(asked.log(), List.of(asked.root()))
        .map(
            found ->
                found.stream()
                    .filter(shown -> Target.of(shown).message() && !Target.of(shown).inThread())
                    .findFirst()
                    .orElseThrow(Amending::missing));
  }

  private Future<ThreadsApi.Unfolded> unfold(
      ThreadsApi.Unfold asked, Pages.Asked page, Top top, Shown root) {
    return Pages.cut(
            page,
            top.seq(),
            (from, through, newest, limit) ->
                store.thread(
                    asked.log(), asked.root(), from, through, newest, limit, Pages.MAX_BYTES))
        .map(
            cut ->
                new ThreadsApi.Unfolded(
                    encode(root, asked),
                    cut.shown().stream().map(shown -> encode(shown, asked)).toList(),
                    cut.older(),
                    cut.newer(),
                    json.head(top)));
  }

  private LogApi.Encoded encode(Shown shown, ThreadsApi.Unfold asked) {
    return json.encode(shown, Optional.of(asked.viewer()));
  }

  /**
   * {@link ThreadsApi#WEIGH}. The first messages are read first, and nothing after what they tell.
   */
  Future<Weighed> weigh(Weigh asked) {
    if (asked.strands().size() > MOST) {
      throw Failure.of(Reason.TOO_LARGE, "at most " + MOST + " threads at once")
          .with("limit", MOST);
    }
    List<Stretch> roots =
        asked.strands().stream()
            .map(each -> new Stretch(each.log(), each.root(), each.root()))
            .distinct()
            .toList();
    return store.shown(roots).map(Threads::byPlace).compose(found -> weigh(asked, found));
  }

  /** Those that may have a thread. */
  private static Map<Place, Shown> byPlace(List<Shown> found) {
    return found.stream()
        .filter(shown -> Target.of(shown).message() && !Target.of(shown).inThread())
        .collect(
            Collectors.toMap(
                shown -> new Place(shown.entry().log(), shown.entry().seq()), Function.identity()));
  }

  private Future<Weighed> weigh(Weigh asked, Map<Place, Shown> roots) {
    List<LogStore.Strand> behind =
        asked.strands().stream().map(each -> behind(each, roots)).toList();
    Future<List<Tally>> tallies =
        asked.deep() ? same(behind, new Tally(0, 0)) : store.tallies(behind);
    Future<List<Long>> lengths =
        asked.deep()
            ? Depths.count(store, behind, thread -> count(roots.get(thread)))
            : same(behind, 0L);
    return Future.all(tallies, lengths)
        .map(
            both ->
                new Weighed(
                    IntStream.range(0, behind.size())
                        .mapToObj(
                            i ->
                                weight(
                                    root(asked.strands().get(i), roots),
                                    tallies.result().get(i),
                                    lengths.result().get(i)))
                        .toList()));
  }

  private static <T> Future<List<T>> same(List<?> asked, T each) {
    return Future.succeededFuture(Collections.nCopies(asked.size(), each));
  }

  private static long count(@Nullable Shown root) {
    return Optional.ofNullable(root)
        .flatMap(shown -> shown.state().replies())
        .map(Replies::count)
        .orElse(0);
  }

  private static Optional<Shown> root(ThreadsApi.Strand strand, Map<Place, Shown> roots) {
    return Optional.ofNullable(roots.get(new Place(strand.log(), strand.root())));
  }

  /** What came since the first message was read is not behind a marker yet. */
  private static LogStore.Strand behind(ThreadsApi.Strand strand, Map<Place, Shown> roots) {
    long last =
        root(strand, roots).flatMap(shown -> shown.state().replies()).map(Replies::last).orElse(0L);
    return new LogStore.Strand(
        strand.log(), strand.root(), strand.reader(), strand.after() + 1, last);
  }

  private static Weight weight(Optional<Shown> root, Tally tally, long length) {
    return root.map(shown -> weight(shown, tally, length)).orElse(Weight.NONE);
  }

  private static Weight weight(Shown root, Tally tally, long length) {
    Optional<Replies> replies = root.state().replies();
    long count = count(root);
    return new Weight(
        true,
        root.entry().author(),
        count,
        replies.map(Replies::last).orElse(root.entry().seq()),
        replies.map(Replies::at).orElse(root.entry().at()),
        tally.own(),
        tally.mentions(),
        Math.max(0, count - length));
  }
}
