package io.parley.cli.verify;

import io.parley.cli.client.Frames;
import io.parley.cli.client.RestCalls;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import java.net.URI;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What all clients of a run share: the way to the servers, the clock, chance. */
final class Stage {
  private static final int MAX_CONNECTIONS = 10_000;
  private static final int CONNECTIONS = 50;

  private final Vertx vertx;
  private final WebSocketClient sockets;
  private final List<RestCalls> rest;
  private final List<URI> bridges;
  private final Random random;
  private final long startedMicros = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
  private final long startedNanos = System.nanoTime();
  private boolean over;

  Stage(Vertx vertx, VerifyPlan plan) {
    this.vertx = vertx;
    this.sockets = Frames.sockets(vertx, MAX_CONNECTIONS);
    this.rest =
        plan.rest().stream().map(origin -> new RestCalls(vertx, origin, CONNECTIONS)).toList();
    this.bridges = plan.bridges();
    this.random = new Random(plan.seed());
  }

  Vertx vertx() {
    return vertx;
  }

  WebSocketClient sockets() {
    return sockets;
  }

  /** The sockets of some node; those who lost one ask for the next number. */
  URI bridge(int number) {
    return bridges.get(Math.floorMod(number, bridges.size()));
  }

  RestCalls rest(int number) {
    return rest.get(Math.floorMod(number, rest.size()));
  }

  /** Now, in microseconds since 1970, by a clock that never runs backwards. */
  long micros() {
    return startedMicros + TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - startedNanos);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** True that often of a hundred times. */
  boolean percent(int often) {
    return random.nextInt(100) < often;
  }

  <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** Does it after about so many milliseconds, unless all is over by then. */
  void soon(int millis, Runnable what) {
    vertx.setTimer(
        1 + millis / 2 + random.nextInt(millis),
        timer -> {
          if (!over) {
            what.run();
          }
        });
  }

  /** Nothing more is begun. */
  void end() {
    over = true;
  }

  boolean over() {
    return over;
  }

  /** Looks every 50 ms whether it is so. */
  Future<Boolean> until(Supplier<Boolean> so, long atMostMillis) {
    Promise<Boolean> found = Promise.promise();
    long deadline = micros() + TimeUnit.MILLISECONDS.toMicros(atMostMillis);
    vertx.setPeriodic(
        0,
        50,
        timer -> {
          boolean yes = so.get();
          if (yes || micros() > deadline) {
            vertx.cancelTimer(timer);
            found.complete(yes);
          }
        });
    return found.future();
  }
}
