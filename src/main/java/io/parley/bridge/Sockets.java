package io.parley.bridge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * All sockets of one event loop, looked after by one timer. Belongs to that event loop, except for
 * {@link #drain} and {@link #forsaken}.
 */
final class Sockets {
  private static final Duration MOVING = Duration.ofSeconds(2);

  /** How many are told each time how the node is doing. */
  private static final int INFORMED = 500;

  private final Vertx vertx;
  private final Desk desk;
  private final RandomGenerator random;
  private final Set<BridgeSocket> sockets = new HashSet<>();
  private final Promise<Void> empty = Promise.promise();
  private boolean draining;

  Sockets(Vertx vertx, Desk desk, RandomGenerator random) {
    this.vertx = vertx;
    this.desk = desk;
    this.random = random;
  }

  /** A socket for a new wire. */
  BridgeSocket open(Wire wire) {
    BridgeSocket socket = new BridgeSocket(wire, desk, this::gone);
    sockets.add(socket);
    desk.metrics().opened();
    if (draining) {
      // It was let in before, and had not arrived when the others were sent elsewhere.
      socket.close(CloseCode.DRAINING);
    }
    return socket;
  }

  /** What happens by the passing of time. */
  void tend() {
    long now = desk.nanos().getAsLong();
    var time = desk.clock().instant();
    List.copyOf(sockets).forEach(socket -> socket.tend(now, time));
    inform();
    long cap = desk.config().maxUnsentPerNode().bytes();
    if (desk.metrics().waiting().get() > cap) {
      relieve(desk.metrics().waiting().get() - cap);
    }
  }

  /** A few at a time: when there is news the node has enough to do. */
  private void inform() {
    Overload.Step step = desk.overload().step();
    sockets.stream().filter(socket -> socket.inform(step)).limit(INFORMED).forEach(told -> {});
  }

  /**
   * Sends everybody elsewhere, spread over a while. From any thread; completes when all are gone.
   */
  Future<Void> drain(Duration window) {
    desk.turn()
        .run(
            () -> {
              draining = true;
              move(window);
              settle();
            });
    return empty.future();
  }

  /** Nobody is served here any more. */
  void end() {
    List.copyOf(sockets).forEach(socket -> socket.shut(CloseCode.DRAINING));
  }

  /** The node cannot serve: everybody had better ask another one. From any thread. */
  void forsaken() {
    desk.turn().run(() -> move(MOVING));
  }

  private void move(Duration window) {
    for (BridgeSocket socket : List.copyOf(sockets)) {
      long delay = 1 + random.nextLong(Math.max(1, window.toMillis()));
      vertx.setTimer(delay, timer -> socket.shut(CloseCode.DRAINING));
    }
  }

  /** Too much waits on this node: the slowest are closed first. */
  private void relieve(long excess) {
    long over = excess;
    List<BridgeSocket> slowest =
        sockets.stream()
            .filter(socket -> socket.waiting() > 0)
            .sorted(Comparator.comparingLong(BridgeSocket::waiting).reversed())
            .toList();
    for (BridgeSocket socket : slowest) {
      if (over <= 0) {
        return;
      }
      over -= socket.waiting();
      socket.shut(CloseCode.SLOW);
    }
  }

  private void gone(BridgeSocket socket) {
    if (sockets.remove(socket)) {
      desk.metrics().gone();
    }
    settle();
  }

  private void settle() {
    if (draining && sockets.isEmpty()) {
      empty.tryComplete();
    }
  }
}
