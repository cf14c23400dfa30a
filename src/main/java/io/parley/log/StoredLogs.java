package io.parley.log;

import io.parley.bus.Pages;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Goes through logs as the store has them. */
public final class StoredLogs implements LogWalk {
  private static final int AT_ONCE = 500;
  private static final long MAX_BYTES = 1 << 20;

  private final LogStore store;

  public StoredLogs(LogStore store) {
    this.store = store;
  }

  @Override
  public Future<Void> through(LogId log, Follower follower) {
    return Pages.through(
        1L,
        from ->
            store
                .visible(log, from, Long.MAX_VALUE, false, AT_ONCE, MAX_BYTES)
                .compose(page -> follower.take(page, List.of()).map(next(page))));
  }

  private static Optional<Long> next(List<Shown> page) {
    return page.isEmpty()
        ? Optional.empty()
        : Optional.of(page.get(page.size() - 1).entry().seq() + 1);
  }
}
