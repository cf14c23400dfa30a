package io.parley;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.fixtures.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FarewellTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Vertx vertx = Vertx.vertx();
  private final List<String> taken = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    Await.of(vertx.close());
  }

  @Test
  void oneStepFollowsTheOther() {
    Promise<Void> first = Promise.promise();
    Future<Void> said =
        new Farewell(vertx, LONG)
            .then("first", LONG, step("first", first.future()))
            .then("second", LONG, step("second", Future.succeededFuture()))
            .said();
    assertThat(taken).containsExactly("first");

    first.complete();

    Await.of(said);
    assertThat(taken).containsExactly("first", "second");
  }

  @Test
  void whatFailsOrHangsDoesNotKeepTheNode() {
    Await.of(
        new Farewell(vertx, LONG)
            .then("fails", LONG, step("fails", Future.failedFuture("broken")))
            .then(
                "throws",
                LONG,
                () -> {
                  throw new IllegalStateException("broken");
                })
            .then("hangs", Duration.ofMillis(50), step("hangs", Promise.promise().future()))
            .then("last", LONG, step("last", Future.succeededFuture()))
            .said());

    assertThat(taken).containsExactly("fails", "hangs", "last");
  }

  @Test
  void allOfItKeepsToItsTime() {
    long begun = System.nanoTime();

    Await.of(
        new Farewell(vertx, Duration.ofMillis(200))
            .then("hangs", LONG, step("hangs", Promise.promise().future()))
            .then("hangs too", LONG, step("hangs too", Promise.promise().future()))
            .then("last", LONG, step("last", Future.succeededFuture()))
            .said());

    assertThat(taken).containsExactly("hangs", "hangs too", "last");
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isBetween(Duration.ofMillis(190), Duration.ofSeconds(5));
  }

  private Supplier<Future<?>> step(String name, Future<?> outcome) {
    return () -> {
      taken.add(name);
      return outcome;
    };
  }
}
