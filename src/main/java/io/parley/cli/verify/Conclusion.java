package io.parley.cli.verify;

import io.parley.cli.history.RoomLog;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The end of a run: what is open is answered, what is missing comes, and the logs are read. */
final class Conclusion {
  private static final int READ_AGAIN_MS = 300;

  private final Stage stage;
  private final Duration patience;
  private final List<Talker> talkers;
  private final List<String> rooms;

  /**
   * @param patience for the answers, then for the logs, then for what is missing
   */
  Conclusion(Stage stage, Duration patience, List<Talker> talkers, List<String> rooms) {
    this.stage = stage;
    this.patience = patience;
    this.talkers = talkers;
    this.rooms = rooms;
  }

  /**
   * Completes with all logs when everybody has heard them to the end. Who has not when patience is
   * over writes that down. Fails UNAVAILABLE if the logs cannot be read.
   */
  Future<List<RoomLog>> reach() {
    return stage
        .until(this::settled, patience.toMillis())
        .compose(settled -> read())
        .compose(logs -> listen(logs, deadline()));
  }

  private boolean settled() {
    return talkers.stream().allMatch(talker -> talker.posting().waiting() == 0);
  }

  /** Somebody who comes back meanwhile makes the logs longer, for everybody. */
  private Future<List<RoomLog>> listen(List<RoomLog> logs, long deadline) {
    Map<String, Long> heads = heads(logs);
    long left = TimeUnit.MICROSECONDS.toMillis(deadline - stage.micros());
    return stage
        .until(() -> talkers.stream().allMatch(talker -> talker.hasHeard(heads)), left)
        .compose(
            heard -> {
              if (!heard) {
                talkers.forEach(talker -> talker.giveUp(heads));
                return read();
              }
              return read()
                  .compose(
                      now ->
                          heads(now).equals(heads)
                              ? Future.succeededFuture(now)
                              : listen(now, deadline));
            });
  }

  private static Map<String, Long> heads(List<RoomLog> logs) {
    return logs.stream().collect(Collectors.toMap(RoomLog::room, RoomLog::head));
  }

  /** All logs, each by its owner, who is never removed; tried again for as long as planned. */
  private Future<List<RoomLog>> read() {
    return read(deadline(), 0);
  }

  private Future<List<RoomLog>> read(long deadline, int server) {
    List<RoomLog> logs = new ArrayList<>();
    Future<Void> all = Future.succeededFuture();
    for (int i = 0; i < rooms.size(); i++) {
      String room = rooms.get(i);
      Talker owner = talkers.get(i % talkers.size());
      all =
          all.compose(before -> owner.fresh())
              .compose(token -> new LogReader(stage.rest(server), token).read(room))
              .onSuccess(logs::add)
              .mapEmpty();
    }
    return all.map(logs)
        .recover(
            cause ->
                stage.micros() > deadline
                    ? Future.failedFuture(cause)
                    : stage
                        .vertx()
                        .timer(READ_AGAIN_MS, TimeUnit.MILLISECONDS)
                        .compose(later -> read(deadline, server + 1)));
  }

  private long deadline() {
    return stage.micros() + TimeUnit.MILLISECONDS.toMicros(patience.toMillis());
  }
}
