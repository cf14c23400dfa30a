package io.parley.cli.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.parley.fixtures.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PacingTest {
  private final Vertx vertx = Vertx.vertx();
  private final List<Promise<Void>> under = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    Await.of(vertx.close());
  }

  @Test
  void noMoreAreUnderWayThanAllowed() {
    List<Integer> ended = new CopyOnWriteArrayList<>();
    Future<Void> all = Pacing.run(vertx, 5, 2, 0, this::begin, ended::add);

    await().until(() -> under.size() == 2);
    under.get(1).complete();
    await().until(() -> under.size() == 3);
    assertThat(ended).containsExactly(1);
    under.get(0).complete();
    under.get(2).complete();
    await().until(() -> under.size() == 5);
    assertThat(all.isComplete()).isFalse();
    under.get(3).complete();
    under.get(4).complete();

    Await.of(all);
    assertThat(ended).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void noMoreBeginInASecondThanAllowed() {
    List<Long> begun = new ArrayList<>();
    long began = System.nanoTime();
    Await.of(
        Pacing.run(
            vertx,
            11,
            100,
            50,
            index -> {
              begun.add(System.nanoTime() - began);
              return Future.succeededFuture();
            },
            ended -> {}));

    assertThat(begun).hasSize(11);
    assertThat(begun.get(10)).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(200));
  }

  @Test
  void theFirstThatFailsEndsIt() {
    AtomicInteger begun = new AtomicInteger();

    assertThatThrownBy(
            () ->
                Await.of(
                    Pacing.run(
                        vertx,
                        10,
                        1,
                        0,
                        index -> {
                          begun.incrementAndGet();
                          return index < 3
                              ? Future.succeededFuture()
                              : Future.failedFuture(new IllegalStateException("the fourth"));
                        },
                        ended -> {})))
        .hasMessage("the fourth");
    assertThat(begun).hasValue(4);
  }

  @Test
  void nothingToDoIsDoneAtOnce() {
    Await.of(Pacing.run(vertx, 0, 1, 0, this::begin, ended -> {}));

    assertThat(under).isEmpty();
  }

  private Future<Void> begin(int index) {
    Promise<Void> one = Promise.promise();
    under.add(one);
    return one.future();
  }
}
