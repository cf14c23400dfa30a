package io.parley.bridge;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The order of one socket's commands: within a room nothing passes a change that is not settled.
 * What has waited too long for its turn is refused, so that whoever asks more than can be done
 * hears of it, and what is done is done soon.
 *
 * <p>Belongs to one event loop; how much waits is bounded by whoever submits.
 */
final class Lanes {
  /** Less than the time in which a post must be settled. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(4);

  private static final long RETRY_AFTER_MS = 1_000;

  private final LongSupplier nanos;

  /** Rooms with a change under way, and what waits behind it. */
  private final Map<String, ArrayDeque<Job<?>>> busy = new HashMap<>();

  /**
   * @param nanos monotonic time
   */
  Lanes(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Runs a task in its turn. Fails OVERLOADED when that does not come in time; then it has not been
   * begun.
   *
   * @param room the lane; without one there is nothing to wait for
   * @param changes whether later tasks of the room wait until this one is settled
   * @param task must answer on this event loop
   */
  <T> Future<T> run(Optional<String> room, boolean changes, Supplier<Future<T>> task) {
    if (room.isEmpty()) {
      return task.get();
    }
    Job<T> job = new Job<>(room.get(), changes, task, Promise.promise(), nanos.getAsLong());
    ArrayDeque<Job<?>> waiting = busy.get(job.room);
    if (waiting != null) {
      waiting.add(job);
    } else {
      if (changes) {
        busy.put(job.room, new ArrayDeque<>(2));
      }
      start(job);
    }
    return job.outcome.future();
  }

  private <T> void start(Job<T> job) {
    job.task
        .get()
        .onComplete(
            outcome -> {
              job.outcome.handle(outcome);
              if (job.changes) {
                settled(job.room);
              }
            });
  }

  private void settled(String room) {
    ArrayDeque<Job<?>> waiting = busy.get(room);
    Job<?> next;
    while (waiting != null && (next = waiting.poll()) != null) {
      if (nanos.getAsLong() - next.since > LONGEST_WAIT.toNanos()) {
        next.outcome.fail(overloaded());
        continue;
      }
      start(next);
      if (next.changes) {
        return;
      }
    }
    busy.remove(room);
  }

  private static Failure overloaded() {
    return Failure.of(Reason.OVERLOADED, "too much is waiting before this; try again soon")
        .with("retryAfterMs", RETRY_AFTER_MS);
  }

  private record Job<T>(
      String room, boolean changes, Supplier<Future<T>> task, Promise<T> outcome, long since) {}
}
