package io.parley.rooms;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.json.Json;
import io.parley.log.LogClient;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Tells those who let people in how many ask. May be lost; what is said of a room always says it.
 */
final class Knocks {
  /** In a room of more that may decide, the others see it when they look. */
  private static final int MOST_TOLD = 100;

  private final RequestStore store;
  private final RoomStore rooms;
  private final LogClient logs;

  Knocks(RequestStore store, RoomStore rooms, LogClient logs) {
    this.store = store;
    this.rooms = rooms;
    this.logs = logs;
  }

  Future<Void> tell(RoomId room) {
    List<Role> roles = Stream.of(Role.values()).filter(Action.ADMIT::of).toList();
    return rooms
        .requests(List.of(room))
        .compose(
            counts ->
                store
                    .holders(room, roles, MOST_TOLD)
                    .onSuccess(
                        holders ->
                            logs.tell(
                                holders.stream()
                                    .map(each -> Hints.note("requests", each, body(room, counts)))
                                    .toList())))
        .mapEmpty();
  }

  private static ObjectNode body(RoomId room, Map<RoomId, Integer> counts) {
    return Json.mapper()
        .createObjectNode()
        .put("room", room.toString())
        .put("requests", counts.getOrDefault(room, 0));
  }
}
