package io.parley.bridge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The order of one socket's commands: within a room nothing passes a change that is not settled.
 *
 * <p>Belongs to one event loop; how much waits is bounded by whoever submits.
 */
final class Lanes {
  /** Rooms with a change under way, and what waits behind it. */
  private final Map<String, ArrayDeque<Job<?>>> busy = new HashMap<>();

  /**
   * Runs a task in its turn.
   *
   * @param room the lane; without one there is nothing to wait for
   * @param changes whether later tasks of the room wait until this one is settled
   * @param task must answer on this event loop
   */
  <T> Future<T> run(Optional<String> room, boolean changes, Supplier<Future<T>> task) {
    if (room.isEmpty()) {
      return task.get();
    }
    Job<T> job = new Job<>(room.get(), changes, task, Promise.promise());
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
      start(next);
      if (next.changes) {
        return;
      }
    }
    busy.remove(room);
  }

  private record Job<T>(
      String room, boolean changes, Supplier<Future<T>> task, Promise<T> outcome) {}
}
