package io.parley.rooms;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.json.Json;
import io.parley.log.LogClient;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells those who let people in how many ask, whenever that may have become another number. May be
 * lost, and fails nothing; what is said of a room always says it.
 */
final class Knocks {
  /** In a room of more that may decide, the others see it when they look. */
  private static final int MOST_TOLD = 100;

  private static final List<Role> DECIDE =
      Stream.of(Role.values()).filter(Action.ADMIT::of).toList();

  private final RoomStore rooms;
  private final LogClient logs;

  Knocks(RoomStore rooms, LogClient logs) {
    this.rooms = rooms;
    this.logs = logs;
  }

  /** How many there are now: none where nobody has to ask. */
  Future<Void> tell(RoomId room) {
    return rooms
        .requests(List.of(room))
        .compose(counts -> tell(room, counts.getOrDefault(room, 0)))
        .otherwiseEmpty();
  }

  /** Somebody who may have asked does not any more. Nobody hears of it where nobody has to ask. */
  Future<Void> gone(RoomId room) {
    return rooms
        .requests(List.of(room))
        .compose(
            counts ->
                counts.containsKey(room)
                    ? tell(room, counts.getOrDefault(room, 0))
                    : Future.succeededFuture())
        .otherwiseEmpty();
  }

  /** The same of several rooms. */
  Future<Void> gone(List<RoomId> many) {
    return Future.join(many.stream().map(this::gone).toList()).mapEmpty();
  }

  private Future<Void> tell(RoomId room, int count) {
    ObjectNode body =
        Json.mapper().createObjectNode().put("room", room.toString()).put("requests", count);
    return rooms
        .holders(room, DECIDE, MOST_TOLD)
        .onSuccess(
            holders ->
                logs.tell(
                    holders.stream().map(each -> Hints.note("requests", each, body)).toList()))
        .mapEmpty();
  }
}
