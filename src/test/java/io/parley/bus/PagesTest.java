package io.parley.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PagesTest {
  @Test
  void pagesAreTakenOneAfterTheOtherUntilOneHasNoNext() {
    List<Integer> seen = new ArrayList<>();

    Await.of(
        Pages.through(
            1,
            page -> {
              seen.add(page);
              return Future.succeededFuture(page < 4 ? Optional.of(page + 1) : Optional.empty());
            }));

    assertThat(seen).containsExactly(1, 2, 3, 4);
  }

  @Test
  void aPageThatFailsIsTheLast() {
    AtomicInteger asked = new AtomicInteger();
    Failure away = Failure.of(Reason.UNAVAILABLE, "away");

    Failure failed =
        Await.failure(
            Pages.through(
                1,
                page ->
                    asked.incrementAndGet() < 3
                        ? Future.succeededFuture(Optional.of(page))
                        : Future.failedFuture(away)));
    Failure thrown =
        Await.failure(
            Pages.through(
                1,
                page -> {
                  throw away;
                }));

    assertThat(failed).isEqualTo(away);
    assertThat(thrown).isEqualTo(away);
    assertThat(asked).hasValue(3);
  }

  @Test
  void howeverManyThereAreTheStackStaysFlat() {
    Vertx vertx = Vertx.vertx();
    Future<Void> through =
        Pages.through(
            0,
            page ->
                (page % 5_000 == 0
                        ? vertx.timer(1, TimeUnit.MILLISECONDS)
                        : vertx.executeBlocking(() -> page))
                    .map(page < 20_000 ? Optional.of(page + 1) : Optional.empty()));

    Await.of(through);
    Await.of(vertx.close());
  }
}
