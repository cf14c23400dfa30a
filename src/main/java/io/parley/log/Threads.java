package io.parley.log;

import io.parley.log.LogStore.Top;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Shows threads, from the store: what is read here was committed before. */
final class Threads {
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
}
