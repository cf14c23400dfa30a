package io.parley.rooms;

import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.LogApi;
import io.parley.log.LogApi.Head;
import io.parley.log.LogId;
import io.parley.rooms.ReaderStore.Arrival;
import io.parley.rooms.ReaderStore.Met;
import io.parley.rooms.ReaderStore.Reader;
import io.parley.rooms.RoomsApi.Done;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes down what has come to people's devices: everything that comes within a moment, or while the
 * last is being written, in one statement. Nothing is written past the head of a room.
 */
final class Arrivals {
  private static final int AT_ONCE = 1_000;
  private static final int MAX_WAITING = 20_000;
  private static final long MOMENT_MS = 100;

  private final Vertx vertx;
  private final ReaderStore readers;
  private final Bus bus;
  private final Receipts receipts;
  private final Map<Reader, Waiting> waiting = new LinkedHashMap<>();
  private boolean busy;

  /** The furthest that was asked for somebody, and all who wait for it. */
  private record Waiting(long seq, Promise<Done> done) {}

  Arrivals(Vertx vertx, ReaderStore readers, Bus bus, Receipts receipts) {
    this.vertx = vertx;
    this.readers = readers;
    this.bus = bus;
    this.receipts = receipts;
  }

  /** {@link ReadersApi#DELIVERED}. */
  Future<Done> delivered(ReadersApi.Delivered delivered) {
    Reader reader = new Reader(delivered.room(), delivered.user());
    Waiting known = waiting.get(reader);
    if (known == null && waiting.size() >= MAX_WAITING) {
      return Future.failedFuture(
          Failure.of(Reason.OVERLOADED, "too much arrives at once; say it again later")
              .with("retryAfterMs", TimeUnit.SECONDS.toMillis(1)));
    }
    Waiting now =
        known == null
            ? new Waiting(delivered.seq(), Promise.promise())
            : new Waiting(Math.max(known.seq, delivered.seq()), known.done);
    waiting.put(reader, now);
    writeSoon();
    return now.done.future();
  }

  private void writeSoon() {
    if (!busy) {
      busy = true;
      vertx
          .timer(MOMENT_MS, TimeUnit.MILLISECONDS)
          .compose(due -> write(take()))
          .onComplete(
              written -> {
                busy = false;
                if (!waiting.isEmpty()) {
                  writeSoon();
                }
              });
    }
  }

  private Map<Reader, Waiting> take() {
    Map<Reader, Waiting> taken = new LinkedHashMap<>();
    var each = waiting.entrySet().iterator();
    while (each.hasNext() && taken.size() < AT_ONCE) {
      var next = each.next();
      taken.put(next.getKey(), next.getValue());
      each.remove();
    }
    return taken;
  }

  private Future<Void> write(Map<Reader, Waiting> taken) {
    return heads(taken)
        .map(heads -> clamped(taken, heads))
        .compose(arrivals -> readers.arrive(arrivals).onSuccess(met -> settle(met, taken)))
        .<Void>mapEmpty()
        .onFailure(cause -> taken.values().forEach(each -> each.done.tryFail(cause)));
  }

  private Future<Map<LogId, Head>> heads(Map<Reader, Waiting> taken) {
    List<LogId> logs = taken.keySet().stream().map(each -> each.room().log()).distinct().toList();
    return bus.ask(LogApi.HEADS, new LogApi.Heads(logs))
        .map(
            found ->
                found.heads().stream().collect(Collectors.toMap(Head::log, Function.identity())));
  }

  private static List<Arrival> clamped(Map<Reader, Waiting> taken, Map<LogId, Head> heads) {
    Map<LogId, Long> ends = new HashMap<>();
    heads.forEach((log, head) -> ends.put(log, head.seq()));
    List<Arrival> arrivals = new ArrayList<>();
    taken.forEach(
        (reader, asked) ->
            arrivals.add(
                new Arrival(
                    reader, Math.min(asked.seq, ends.getOrDefault(reader.room().log(), 0L)))));
    return arrivals;
  }

  private void settle(List<Met> met, Map<Reader, Waiting> taken) {
    int index = 0;
    for (var asked : taken.entrySet()) {
      Promise<Done> done = asked.getValue().done;
      switch (met.get(index++)) {
        case MOVED -> {
          receipts.moved(asked.getKey());
          done.tryComplete(new Done());
        }
        case STOOD -> done.tryComplete(new Done());
        case STRANGER -> done.tryFail(RoomViews.notMember());
        case HIDDEN -> done.tryFail(RoomViews.notFound());
      }
    }
  }
}
