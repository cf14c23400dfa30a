package io.parley.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Closes connections of those who take too long to say what they want, byte by byte if need be: a
 * connection has so much time for the head of each request, and so much for its body.
 *
 * <p>For one event loop.
 */
final class SlowClients {
  static final Patience USUAL =
      new Patience(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(75));

  private final Vertx vertx;
  private final Patience patience;
  private final Map<HttpConnection, Long> timers = new HashMap<>();

  /**
   * @param firstHead from the connection to the end of its first head
   * @param body from the end of a head to the end of its body
   * @param nextHead from an answer to the end of the next head
   */
  record Patience(Duration firstHead, Duration body, Duration nextHead) {}

  SlowClients(Vertx vertx, Patience patience) {
    this.vertx = vertx;
    this.patience = patience;
  }

  void connected(HttpConnection connection) {
    connection.closeHandler(closed -> disarm(connection));
    arm(connection, patience.firstHead());
  }

  /** A head has come; now the body must. */
  void head(HttpConnection connection) {
    arm(connection, patience.body());
  }

  /** The whole request has come, or its body is somebody else's care. */
  void received(HttpConnection connection) {
    disarm(connection);
  }

  /** The answer is out; the next head must come. */
  void answered(HttpConnection connection) {
    arm(connection, patience.nextHead());
  }

  private void arm(HttpConnection connection, Duration left) {
    disarm(connection);
    timers.put(connection, vertx.setTimer(left.toMillis(), expired -> connection.close()));
  }

  private void disarm(HttpConnection connection) {
    Long timer = timers.remove(connection);
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }
}
