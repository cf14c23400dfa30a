package io.parley.journeys;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.failure.Failure;
import io.parley.fixtures.SocketClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Somebody who posts one message after the other, each until it is acknowledged, always with the
 * same cid, as every good client does.
 */
final class Sender {
  private static final long PAUSE_MS = 50;

  private final Vertx vertx;
  private final SocketClient socket;
  private final String room;
  private final String name;
  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
  private final List<String> refusals = new CopyOnWriteArrayList<>();
  private volatile boolean stopped;
  private volatile long lastAck = System.nanoTime();
  private volatile long longestPause;
  private Future<Void> running = Future.succeededFuture();

  Sender(Vertx vertx, SocketClient socket, String room, String name) {
    this.vertx = vertx;
    this.socket = socket;
    this.room = room;
    this.name = name;
  }

  Sender start() {
    running = next(1);
    return this;
  }

  /** Posts nothing new; completes when what is under way is acknowledged. */
  Future<Void> stop() {
    stopped = true;
    return running;
  }

  /** What was acknowledged: where each cid stands. */
  Map<String, Long> acknowledged() {
    return acknowledged;
  }

  /** Every refusal that made it try again. */
  List<String> refusals() {
    return refusals;
  }

  /** The longest time between two acknowledgements. */
  Duration longestPause() {
    return Duration.ofNanos(longestPause);
  }

  private Future<Void> next(int number) {
    if (stopped) {
      return Future.succeededFuture();
    }
    String cid = name + "-" + number;
    return post(cid)
        .onSuccess(answer -> acknowledged(cid, answer.path("seq").asLong()))
        .compose(answer -> vertx.timer(5, TimeUnit.MILLISECONDS))
        .compose(later -> next(number + 1));
  }

  private Future<JsonNode> post(String cid) {
    return socket
        .post(room, cid, "text of " + cid)
        .recover(
            cause -> {
              refusals.add(Failure.from(cause).text());
              return socket.closed()
                  ? Future.failedFuture(cause)
                  : vertx.timer(PAUSE_MS, TimeUnit.MILLISECONDS).compose(later -> post(cid));
            });
  }

  private void acknowledged(String cid, long seq) {
    long now = System.nanoTime();
    longestPause = Math.max(longestPause, now - lastAck);
    lastAck = now;
    acknowledged.put(cid, seq);
  }
}
