package io.parley.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.fixtures.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthChecksTest {
  private final Vertx vertx = Vertx.vertx();
  private final AtomicLong nanoTime = new AtomicLong();
  private final HealthChecks checks = new HealthChecks(vertx, nanoTime::get);

  @AfterEach
  void close() {
    Await.of(vertx.close());
  }

  @Test
  void aNodeIsReadyOnceItHasStartedAndUntilItDrains() {
    assertThat(report().ready()).isFalse();
    assertThat(report().reasons()).containsExactly("the node is starting");
    checks.ready();
    assertThat(report().ready()).isTrue();
    assertThat(report().reasons()).isEmpty();
    checks.draining();
    assertThat(report().ready()).isFalse();
    assertThat(report().reasons()).containsExactly("the node is about to stop");
  }

  @Test
  void everyFailingCheckSaysWhyInWords() {
    checks.ready();
    checks.register("redis", () -> Future.succeededFuture(Health.failing("it is loading")));
    checks.register("postgres", () -> Future.failedFuture("Connection refused"));
    checks.register("s3", () -> Future.succeededFuture(Health.well()));
    checks.register(
        "media",
        () -> {
          throw new IllegalStateException("no bucket");
        });
    assertThat(report().ready()).isFalse();
    assertThat(report().reasons())
        .containsExactly(
            "media: no bucket", "postgres: Connection refused", "redis: it is loading");
    assertThat(report().checks().get("s3")).isEqualTo(Health.well());
  }

  @Test
  void anAnswerCountsForASecond() {
    AtomicInteger asked = new AtomicInteger();
    checks.register(
        "counted",
        () -> {
          asked.incrementAndGet();
          return Future.succeededFuture(Health.well());
        });
    report();
    nanoTime.addAndGet(Duration.ofMillis(999).toNanos());
    report();
    assertThat(asked).hasValue(1);
    nanoTime.addAndGet(Duration.ofMillis(1).toNanos());
    report();
    assertThat(asked).hasValue(2);
  }

  @Test
  void whoeverAsksMeanwhileSharesTheQuestionUnderWay() {
    AtomicInteger asked = new AtomicInteger();
    Promise<Health> slow = Promise.promise();
    checks.register(
        "slow",
        () -> {
          asked.incrementAndGet();
          return slow.future();
        });
    Future<HealthChecks.Report> first = checks.report();
    nanoTime.addAndGet(Duration.ofSeconds(5).toNanos());
    Future<HealthChecks.Report> second = checks.report();
    slow.complete(Health.failing("tired"));
    assertThat(Await.of(first).reasons()).contains("slow: tired");
    assertThat(Await.of(second).reasons()).contains("slow: tired");
    assertThat(asked).hasValue(1);
  }

  @Test
  void aCheckThatHangsFailsAfterTwoSecondsAndIsAskedAgainLater() {
    AtomicInteger asked = new AtomicInteger();
    checks.register(
        "hung",
        () ->
            asked.incrementAndGet() == 1
                ? Promise.<Health>promise().future()
                : Future.succeededFuture(Health.well()));
    assertThat(report().reasons()).contains("hung: no answer within 2 s");
    nanoTime.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(report().reasons()).containsExactly("the node is starting");
  }

  @Test
  void twoChecksOfOneNameAreAMistake() {
    checks.register("once", () -> Future.succeededFuture(Health.well()));
    assertThatThrownBy(() -> checks.register("once", () -> Future.succeededFuture(Health.well())))
        .hasMessageContaining("once");
  }

  private HealthChecks.Report report() {
    return Await.of(checks.report());
  }
}
