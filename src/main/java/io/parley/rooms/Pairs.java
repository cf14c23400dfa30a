package io.parley.rooms;

import io.parley.bus.Bus;
import io.parley.bus.Pages;
import io.parley.log.LogApi;
import io.parley.rooms.PairStore.Changed;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Sees to it that a block, or the end of an account, is heeded in the direct room of the two.
 *
 * <p>It is no entry of the room's log: both would read there that one wants nothing of the other,
 * for ever, and whose wish it was could be told from the hour. So it has no place in the order of
 * the log either, and what owners remember of such rooms must be doubted when something changes.
 * The changes are rows; every node that keeps rooms reads the latest every two seconds, each of
 * them several times, since what an owner was told a moment before may have been on its way to it.
 * While they cannot be read for half a minute, owners are told to trust nothing that they remember.
 */
final class Pairs {
  /** Longer than a transaction may last, and than an answer may be under way. */
  private static final Duration LATELY = Duration.ofSeconds(15);

  private static final Duration BLIND = Duration.ofSeconds(30);
  private static final int AT_ONCE = 500;

  private final PairStore store;
  private final Bus bus;
  private final LongSupplier nanoTime;
  private long readAt;

  /**
   * @param nanoTime monotonic, as {@link System#nanoTime}
   */
  Pairs(PairStore store, Bus bus, LongSupplier nanoTime) {
    this.store = store;
    this.bus = bus;
    this.nanoTime = nanoTime;
    this.readAt = nanoTime.getAsLong();
  }

  /** Has owners doubt what has changed lately. Fails UNAVAILABLE. */
  Future<Void> look() {
    long begun = nanoTime.getAsLong();
    return Pages.through("", this::page)
        .onSuccess(read -> readAt = begun)
        .onFailure(cause -> blind());
  }

  private Future<Optional<String>> page(String after) {
    return store
        .changed(LATELY, after, AT_ONCE)
        .onSuccess(this::doubt)
        .map(
            changed ->
                changed.size() < AT_ONCE
                    ? Optional.empty()
                    : Optional.of(changed.get(AT_ONCE - 1).pair()));
  }

  private void doubt(List<Changed> changed) {
    if (!changed.isEmpty()) {
      bus.announce(
          LogApi.DOUBTED,
          new LogApi.Doubted(changed.stream().map(each -> each.room().log()).toList(), false));
    }
  }

  private void blind() {
    if (nanoTime.getAsLong() - readAt > BLIND.toNanos()) {
      bus.announce(LogApi.DOUBTED, new LogApi.Doubted(List.of(), true));
    }
  }
}
