package io.parley.rooms;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.bus.Bytes;
import io.parley.json.Json;
import io.parley.log.LogApi.Fleeting;
import io.parley.log.LogClient;
import io.parley.rooms.ReaderStore.Reader;
import io.parley.rooms.ReaderStore.Receipt;
import io.parley.rooms.ReadersApi.Counts;
import io.parley.rooms.ReadersApi.Marker;
import io.parley.rooms.ReadersApi.Step;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Tells rooms how far their members are: once a second and room, by name where there are few, in
 * numbers where there are more, and in numbers everywhere while a node has too much to do. What is
 * told is read when it is told, so that it is never older than what was told before. May be lost;
 * {@link ReadersApi#RECEIPTS} always says everything.
 */
final class Receipts {
  private static final int MAX_WAITING = 10_000;
  private static final int READERS_AT_ONCE = 2_000;
  private static final int CROWDS_AT_ONCE = 20;

  /** For the newest messages that is enough; the rest is asked for. */
  private static final int STEPS = 20;

  private static final long STRAINED_NANOS = 3_000_000_000L;

  private final ReaderStore readers;
  private final LogClient logs;
  private final LongSupplier nanos;
  private final Map<RoomId, Set<Reader>> waiting = new LinkedHashMap<>();
  private final Set<RoomId> crowds = new LinkedHashSet<>();
  private long strainedUntil;

  /**
   * @param nanos monotonic time
   */
  Receipts(ReaderStore readers, LogClient logs, LongSupplier nanos) {
    this.readers = readers;
    this.logs = logs;
    this.nanos = nanos;
    this.strainedUntil = nanos.getAsLong();
  }

  /** Somebody is further than before. */
  void moved(Reader reader) {
    if (waiting.size() < MAX_WAITING || waiting.containsKey(reader.room())) {
      waiting.computeIfAbsent(reader.room(), first -> new LinkedHashSet<>()).add(reader);
    }
  }

  /** {@link ReadersApi#STRAINED}. */
  void strained(ReadersApi.Strained node) {
    strainedUntil = nanos.getAsLong() + STRAINED_NANOS;
  }

  /** Tells what waits. Fails UNAVAILABLE, and then some of it is told with the next that comes. */
  Future<Void> flush() {
    boolean counted = nanos.getAsLong() - strainedUntil < 0;
    Map<RoomId, Set<Reader>> moved = take();
    return named(moved, counted ? 0 : ReadersApi.NAMED_MEMBERS).compose(told -> counted());
  }

  private Map<RoomId, Set<Reader>> take() {
    Map<RoomId, Set<Reader>> taken = new LinkedHashMap<>();
    int many = 0;
    var each = waiting.entrySet().iterator();
    while (each.hasNext() && many < READERS_AT_ONCE) {
      var next = each.next();
      taken.put(next.getKey(), next.getValue());
      many += next.getValue().size();
      each.remove();
    }
    return taken;
  }

  private Future<Void> named(Map<RoomId, Set<Reader>> moved, int maxMembers) {
    List<Reader> all = moved.values().stream().flatMap(Set::stream).toList();
    if (all.isEmpty() || maxMembers == 0) {
      count(List.copyOf(moved.keySet()));
      return Future.succeededFuture();
    }
    return readers
        .receipts(all, maxMembers)
        .map(
            found ->
                found.stream().collect(Collectors.groupingBy(receipt -> receipt.reader().room())))
        .onSuccess(
            byRoom -> {
              logs.tell(all(byRoom, Receipts::names));
              count(moved.keySet().stream().filter(room -> !byRoom.containsKey(room)).toList());
            })
        .mapEmpty();
  }

  /** Some rooms at a time, since everybody in them is looked at. */
  private Future<Void> counted() {
    List<RoomId> some = crowds.stream().limit(CROWDS_AT_ONCE).toList();
    some.forEach(crowds::remove);
    if (some.isEmpty()) {
      return Future.succeededFuture();
    }
    return readers
        .everybody(some, ReadersApi.COUNTED_MEMBERS)
        .onSuccess(byRoom -> logs.tell(all(byRoom, Receipts::counts)))
        .mapEmpty();
  }

  private void count(List<RoomId> rooms) {
    rooms.stream().limit(Math.max(0, MAX_WAITING - crowds.size())).forEach(crowds::add);
  }

  private static List<Fleeting> all(
      Map<RoomId, List<Receipt>> byRoom, BiFunction<RoomId, List<Receipt>, Fleeting> words) {
    return byRoom.entrySet().stream()
        .map(each -> words.apply(each.getKey(), each.getValue()))
        .toList();
  }

  static Marker marker(Receipt receipt) {
    return new Marker(
        receipt.reader().user(), receipt.delivered(), receipt.read(), receipt.since());
  }

  private static Fleeting names(RoomId room, List<Receipt> few) {
    ObjectNode note = note(room);
    ArrayNode markers = note.putArray("markers");
    for (Receipt each : few) {
      markers
          .addObject()
          .put("user", each.reader().user().toString())
          .put("delivered", each.delivered())
          .put("read", each.read())
          .put("since", each.since());
    }
    return fleeting(room, note);
  }

  private static Fleeting counts(RoomId room, List<Receipt> everybody) {
    Counts counts = Tally.of(everybody, STEPS);
    ObjectNode note = note(room);
    ObjectNode body = note.putObject("counts").put("from", counts.from());
    steps(body.putArray("delivered"), counts.delivered());
    steps(body.putArray("read"), counts.read());
    steps(body.putArray("joined"), counts.joined());
    return fleeting(room, note);
  }

  private static void steps(ArrayNode into, List<Step> steps) {
    steps.forEach(step -> into.addObject().put("seq", step.seq()).put("members", step.members()));
  }

  private static ObjectNode note(RoomId room) {
    return Json.mapper().createObjectNode().put("kind", "receipt").put("room", room.toString());
  }

  private static Fleeting fleeting(RoomId room, ObjectNode note) {
    return new Fleeting(room.log(), new Bytes(Json.bytes(note)));
  }
}
