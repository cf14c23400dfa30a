package io.parley.rooms;

import io.parley.accounts.UserId;
import io.parley.log.LogApi;
import io.parley.log.LogClient;
import io.parley.log.LogId;
import io.parley.rooms.OutboxStore.Pending;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes decided entries to their logs, older ones first.
 *
 * <p>It may be run by several nodes at once and interrupted anywhere: the entry's cid makes
 * appending twice harmless, and the log itself refuses a room's changes out of order.
 */
final class Outbox {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration STALE = Duration.ofSeconds(2);
  private static final int AT_ONCE = 100;

  private final OutboxStore store;
  private final LogClient logs;
  private final Clock clock;
  private final Map<LogId, Future<Void>> running = new HashMap<>();
  private final Map<LogId, Future<Void>> waiting = new HashMap<>();

  Outbox(OutboxStore store, LogClient logs, Clock clock) {
    this.store = store;
    this.logs = logs;
    this.clock = clock;
  }

  /**
   * Appends all that a log is owed right now; completes when what was owed at the time of the call
   * stands there. Fails as {@link LogClient#append}.
   *
   * <p>Of each log one turn runs and at most one waits, which everybody shares who comes meanwhile:
   * while a log is out of reach, nothing piles up that would have to be tried before it is found in
   * reach.
   */
  Future<Void> flush(LogId log) {
    Future<Void> shared = waiting.get(log);
    if (shared != null) {
      return shared;
    }
    Future<Void> before = running.get(log);
    if (before == null) {
      return begin(log);
    }
    Promise<Void> turn = Promise.promise();
    waiting.put(log, turn.future());
    before.onComplete(
        settled -> {
          waiting.remove(log);
          begin(log).onComplete(turn);
        });
    return turn.future();
  }

  /**
   * The same of a room, and of somebody whom it concerns. What the room's log is owed must stand
   * before anybody is answered. Their devices hear of it after that, lest they look at a membership
   * whose marker has no place yet; and perhaps later.
   */
  Future<Void> flush(RoomId room, UserId concerned) {
    return flush(room.log())
        .compose(stands -> flush(LogId.user(concerned.value())).otherwiseEmpty());
  }

  private Future<Void> begin(LogId log) {
    Future<Void> turn = drain(log);
    running.put(log, turn);
    return turn.onComplete(settled -> running.remove(log, turn));
  }

  /**
   * Appends what was left behind by a crash or an overload. Completes with the number of logs that
   * were tended.
   */
  Future<Integer> sweep() {
    return store
        .olderThan(clock.instant().minus(STALE), AT_ONCE)
        .compose(
            owed ->
                Future.join(owed.stream().map(this::flush).toList())
                    .transform(settled -> Future.succeededFuture(owed.size())));
  }

  private Future<Void> drain(LogId log) {
    return store
        .of(log, AT_ONCE)
        .compose(
            owed ->
                owed.isEmpty()
                    ? Future.succeededFuture()
                    : inOrder(owed, 0).compose(done -> drainRest(log, owed.size())));
  }

  private Future<Void> drainRest(LogId log, int done) {
    return done < AT_ONCE ? Future.succeededFuture() : drain(log);
  }

  private Future<Void> inOrder(List<Pending> owed, int next) {
    if (next == owed.size()) {
      return Future.succeededFuture();
    }
    return append(owed.get(next)).compose(done -> inOrder(owed, next + 1));
  }

  private Future<Void> append(Pending pending) {
    return logs.append(pending.log(), pending.draft(), PATIENCE)
        .compose(appended -> settle(pending, appended));
  }

  private Future<Void> settle(Pending pending, LogApi.Appended appended) {
    return store.settle(pending, appended.seq(), appended.n());
  }
}
