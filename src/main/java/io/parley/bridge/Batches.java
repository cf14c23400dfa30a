package io.parley.bridge;

import io.parley.log.LogApi;
import io.parley.log.LogId;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What comes for the sockets of one event loop: handed on at once, or, while the node is
 * overloaded, four times a second, when what came for a log goes out as one. The order within a log
 * stays. Belongs to that event loop.
 */
final class Batches {
  static final Duration PAUSE = Duration.ofMillis(250);

  /** As much as may wait. */
  private static final long MAX_BYTES = 4 << 20;

  private final Vertx vertx;
  private final BooleanSupplier held;
  private final Consumer<Ear.Parcel> deliver;
  private final Map<LogId, List<LogApi.Encoded>> entries = new LinkedHashMap<>();
  private final List<LogApi.Fleeting> fleeting = new ArrayList<>();
  private long bytes;
  private boolean waiting;

  /**
   * @param held whether what comes is to be held back
   */
  Batches(Vertx vertx, BooleanSupplier held, Consumer<Ear.Parcel> deliver) {
    this.vertx = vertx;
    this.held = held;
    this.deliver = deliver;
  }

  void take(Ear.Parcel parcel) {
    if (!waiting && !held.getAsBoolean()) {
      deliver.accept(parcel);
      return;
    }
    add(parcel);
    if (bytes >= MAX_BYTES) {
      flush();
    }
    if (!waiting) {
      waiting = true;
      vertx
          .timer(PAUSE.toMillis(), TimeUnit.MILLISECONDS)
          .onSuccess(
              due -> {
                waiting = false;
                flush();
              });
    }
  }

  private void add(Ear.Parcel parcel) {
    for (Ear.Run run : parcel.runs()) {
      entries.computeIfAbsent(run.log(), log -> new ArrayList<>()).addAll(run.entries());
      run.entries().forEach(entry -> bytes += entry.json().array().length);
    }
    fleeting.addAll(parcel.fleeting());
    parcel.fleeting().forEach(each -> bytes += each.json().array().length);
  }

  private void flush() {
    if (entries.isEmpty() && fleeting.isEmpty()) {
      return;
    }
    List<Ear.Run> runs = new ArrayList<>(entries.size());
    entries.forEach((log, all) -> runs.add(new Ear.Run(log, all)));
    Ear.Parcel parcel = new Ear.Parcel(runs, List.copyOf(fleeting));
    entries.clear();
    fleeting.clear();
    bytes = 0;
    deliver.accept(parcel);
  }
}
