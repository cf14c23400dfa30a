package io.parley.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LanesTest {
  private static final Optional<String> ROOM = Optional.of("room");

  private final AtomicLong now = new AtomicLong();
  private final Lanes lanes = new Lanes(now::get);
  private final List<String> begun = new ArrayList<>();

  private Future<String> run(String name, boolean changes, Future<String> work) {
    return lanes.run(
        ROOM,
        changes,
        () -> {
          begun.add(name);
          return work;
        });
  }

  private Future<String> post(String name, Promise<String> work) {
    return run(name, true, work.future());
  }

  @Test
  void nothingPassesAChangeThatIsNotSettled() {
    Promise<String> first = Promise.promise();
    Promise<String> third = Promise.promise();
    post("first", first);
    run("second", false, Future.succeededFuture("read"));
    post("third", third);
    Future<String> fourth = run("fourth", false, Future.succeededFuture("read"));
    assertThat(begun).containsExactly("first");

    first.fail("refused");
    assertThat(begun).containsExactly("first", "second", "third");
    third.complete("stored");
    assertThat(fourth.result()).isEqualTo("read");
  }

  @Test
  void whatHasWaitedTooLongIsRefusedUnbegunAndTheRestGoesOn() {
    Promise<String> slow = Promise.promise();
    post("slow", slow);
    Future<String> old = post("old", Promise.promise());
    Future<String> oldRead = run("old read", false, Future.succeededFuture("read"));
    now.addAndGet(Lanes.LONGEST_WAIT.toNanos());
    Future<String> young = post("young", Promise.promise());
    now.addAndGet(1);
    slow.complete("stored");

    assertThat(begun).containsExactly("slow", "young");
    assertThat(young.isComplete()).isFalse();
    for (Future<String> refused : List.of(old, oldRead)) {
      Failure failure = Failure.from(refused.cause());
      assertThat(failure.reason()).isEqualTo(Reason.OVERLOADED);
      assertThat(failure.details()).containsEntry("retryAfterMs", "1000");
    }
  }

  @Test
  void whenAllThatWaitedIsRefusedTheLaneIsFree() {
    Promise<String> slow = Promise.promise();
    post("slow", slow);
    post("old", Promise.promise());
    now.addAndGet(Lanes.LONGEST_WAIT.toNanos() + 1);
    slow.complete("stored");

    run("new", true, Future.succeededFuture("stored"));
    assertThat(begun).containsExactly("slow", "new");
  }
}
