package io.parley.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.accounts.UserId;
import io.parley.json.Json;
import io.parley.log.LogApi;
import io.parley.rooms.RoomId;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What passes and is written down nowhere: it is told once, soon or not at all. Of what waits, the
 * oldest goes first when it is too much.
 */
final class Passing {
  private static final int MAX_WAITING = 2_000;
  private static final int AT_ONCE = 200;

  private final Courier courier;
  private final Clock clock;
  private final Supplier<UUID> ids;
  private final Deque<Event> waiting = new ArrayDeque<>();

  Passing(Courier courier, Clock clock, Supplier<UUID> ids) {
    this.courier = courier;
    this.clock = clock;
    this.ids = ids;
  }

  /** {@link io.parley.log.FleetingApi#TOLD}. */
  void told(LogApi.Notes notes) {
    for (LogApi.Fleeting note : notes.notes()) {
      ObjectNode words = Json.object(note.json().array());
      RoomId room = new RoomId(note.log().id());
      switch (words.path("kind").asText()) {
        case "typing" -> typing(room, words.path("users"));
        case "receipt" -> words.path("markers").forEach(marker -> marked(room, marker));
        default -> {
          // means nothing to others
        }
      }
    }
  }

  private void typing(RoomId room, JsonNode users) {
    List<UserId> some = new ArrayList<>();
    users.forEach(user -> some.add(UserId.fromString(user.asText())));
    if (!some.isEmpty()) {
      add(new Event.Typing(id(), clock.millis(), room, some));
    }
  }

  /** Where somebody is; what they have read has come as well. */
  private void marked(RoomId room, JsonNode marker) {
    UserId user = UserId.fromString(marker.path("user").asText());
    long read = marker.path("read").asLong();
    long delivered = marker.path("delivered").asLong();
    if (delivered > read) {
      add(new Event.MessageDelivered(id(), clock.millis(), room, delivered, user));
    }
    if (read > 0) {
      add(new Event.MessageRead(id(), clock.millis(), room, read, user));
    }
  }

  /** Somebody has come, or gone. */
  void seen(UserId user, boolean online) {
    add(
        online
            ? new Event.UserOnline(id(), clock.millis(), user)
            : new Event.UserOffline(id(), clock.millis(), user));
  }

  private void add(Event event) {
    if (!courier.wants(event.kind())) {
      return;
    }
    if (waiting.size() == MAX_WAITING) {
      waiting.removeFirst();
      courier.dropped(1);
    }
    waiting.addLast(event);
  }

  /**
   * Tells what waits, unless another node does it: all of them hear the same.
   *
   * @param mine whether it is for this node to tell
   */
  Future<Void> flush(boolean mine) {
    if (!mine) {
      waiting.clear();
      return Future.succeededFuture();
    }
    List<Event> some = new ArrayList<>();
    while (!waiting.isEmpty() && some.size() < AT_ONCE) {
      some.add(waiting.removeFirst());
    }
    return courier.pass(some);
  }

  private String id() {
    return ids.get().toString();
  }
}
