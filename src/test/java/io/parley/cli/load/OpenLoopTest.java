package io.parley.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.fixtures.Await;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is sent at a rate, and what is not. */
class OpenLoopTest {
  private final Vertx vertx = Vertx.vertx();
  private final LoadTimes times = LoadTimes.atRate(1);
  private final List<Integer> posted = new CopyOnWriteArrayList<>();
  private final AtomicInteger warmedUpAt = new AtomicInteger(-1);

  @AfterEach
  void close() {
    Await.of(vertx.close());
  }

  @Test
  void everyMessageIsSentInItsTurn() {
    OpenLoop loop = loop(LoadPlanTest.plan(1, 1, 40), 7, posted::size);
    Await.of(loop.send());

    assertThat(posted).hasSize(100).startsWith(7, 8, 9).endsWith(106);
    assertThat(loop.sent()).isEqualTo(100);
    assertThat(loop.heldBack()).isZero();
    assertThat(loop.next()).isEqualTo(107);
    assertThat(warmedUpAt).as("so many were sent before").hasValue(20);
    assertThat(times.measured(26)).isFalse();
    assertThat(times.measured(27)).isTrue();
  }

  @Test
  void whatIsDueWhileTooManyAreUnansweredIsHeldBack() {
    LoadPlan plan = LoadPlanTest.plan(1, 1, 1_000).paced(1_000, 0, Duration.ofMillis(500));
    OpenLoop loop = loop(plan, 0, () -> 0);
    Await.of(loop.send());

    assertThat(posted).hasSize(plan.unanswered());
    assertThat(loop.sent()).isEqualTo(plan.unanswered());
    assertThat(loop.heldBack()).isEqualTo(500 - plan.unanswered());
    assertThat(loop.next()).isEqualTo(500);
  }

  @Test
  void anAnswerMakesRoomForAnother() {
    LoadPlan plan = LoadPlanTest.plan(1, 1, 1_000).paced(1_000, 0, Duration.ofMillis(500));
    OpenLoop loop = loop(plan, 0, () -> posted.contains(99) ? 30 : 0);
    Await.of(loop.send());

    assertThat(posted).hasSize(plan.unanswered() + 30);
    assertThat(loop.heldBack()).isEqualTo(500 - plan.unanswered() - 30);
  }

  private OpenLoop loop(LoadPlan plan, int first, LongSupplier answered) {
    return new OpenLoop(
        vertx, plan, times, first, answered, posted::add, () -> warmedUpAt.set(posted.size()));
  }
}
