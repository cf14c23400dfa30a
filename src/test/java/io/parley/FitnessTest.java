package io.parley;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.observability.Health;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FitnessTest {
  private final Vertx vertx = Vertx.vertx();
  private final List<Boolean> told = new ArrayList<>();
  private Future<String> store = Future.succeededFuture("here");
  private Future<Health> clock = Future.succeededFuture(Health.well());
  private final Fitness fitness = new Fitness(vertx, () -> store, () -> clock, told::add);

  @AfterEach
  void close() {
    io.parley.fixtures.Await.of(vertx.close());
  }

  @Test
  void aNodeIsFitUntilSomethingIsWrong() {
    look(10);

    assertThat(told).containsExactly(true);
  }

  @Test
  void oneSlowAnswerIsNoReason() {
    look(1);
    store = Future.failedFuture("too slow");
    look(2);
    store = Future.succeededFuture("late");
    look(3);

    assertThat(told).containsExactly(true);
  }

  @Test
  void withoutItsStoreItIsUnfitUntilTheStoreAnswers() {
    store = Future.failedFuture("cut off");
    clock = Future.failedFuture("nobody knows");
    look(6);
    assertThat(told).containsExactly(true, false);

    store = Future.succeededFuture("here");
    look(2);
    store = Future.failedFuture("slow");
    look(1);
    store = Future.succeededFuture("here");
    look(2);
    assertThat(told).containsExactly(true, false);

    look(1);

    assertThat(told).containsExactly(true, false, true);
  }

  @Test
  void withAWrongClockItIsUnfitAtOnce() {
    clock = Future.succeededFuture(Health.failing("an hour ahead"));
    look(1);
    assertThat(told).containsExactly(false);

    clock = Future.failedFuture("nobody knows");
    look(2);
    assertThat(told).containsExactly(false);

    clock = Future.succeededFuture(Health.well());
    look(1);
    assertThat(told).containsExactly(false, true);
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      fitness.look();
    }
  }
}
