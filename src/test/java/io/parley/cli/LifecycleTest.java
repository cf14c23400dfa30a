package io.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  private final AtomicInteger halts = new AtomicInteger();
  private final Lifecycle lifecycle = new Lifecycle(halts::incrementAndGet);
  private final List<String> closed = new CopyOnWriteArrayList<>();

  @Test
  void theLastOpenedIsClosedFirstAndWhatFailsKeepsNothing() throws InterruptedException {
    lifecycle.open(() -> "first", closed::add);
    lifecycle.open(
        () -> "broken",
        thing -> {
          throw new IllegalStateException(thing);
        });
    lifecycle.open(() -> "last", closed::add);

    lifecycle.close(Duration.ofMinutes(1));

    lifecycle.awaitClose();
    assertThat(closed).containsExactly("last", "first");
    assertThat(halts).hasValue(0);
  }

  @Test
  void whatHangsIsNotWaitedForForEver() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    lifecycle.open(() -> never, LifecycleTest::awaitIt);
    Thread closing = new Thread(() -> lifecycle.close(Duration.ofMillis(100)));
    closing.start();

    await().until(() -> halts.get() == 1);
    assertThat(closing.isAlive()).isTrue();
    never.countDown();
    closing.join();
  }

  private static void awaitIt(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
