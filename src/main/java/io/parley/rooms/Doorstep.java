package io.parley.rooms;

import io.parley.accounts.UserId;
import io.parley.rooms.RequestsApi.Asked;
import io.parley.rooms.RoomStore.Found;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Who stands before the doors of some rooms: whether the one who looks does, and for whoever may
 * let people in how many others do. Asked only of rooms where people ask.
 */
final class Doorstep {
  private final Map<RoomId, Asked> asked;
  private final Map<RoomId, Integer> requests;
  private final Set<RoomId> kept;

  private Doorstep(Map<RoomId, Asked> asked, Map<RoomId, Integer> requests, List<RoomId> kept) {
    this.asked = asked;
    this.requests = requests;
    this.kept = Set.copyOf(kept);
  }

  static Future<Doorstep> of(RoomStore store, UserId viewer, List<Found> found) {
    List<Found> closed =
        found.stream().filter(each -> each.room().terms().door() == Door.REQUEST).toList();
    List<RoomId> outside =
        ids(closed.stream().filter(each -> each.membership().isEmpty()).toList());
    List<RoomId> kept = ids(closed.stream().filter(Doorstep::keeps).toList());
    Future<Map<RoomId, Asked>> asked = some(outside, rooms -> store.asked(viewer, rooms));
    Future<Map<RoomId, Integer>> requests = some(kept, store::requests);
    return Future.all(asked, requests)
        .map(both -> new Doorstep(asked.result(), requests.result(), kept));
  }

  private static boolean keeps(Found found) {
    return found.membership().filter(seat -> Action.ADMIT.of(seat.role())).isPresent();
  }

  private static List<RoomId> ids(List<Found> found) {
    return found.stream().map(each -> each.room().id()).collect(Collectors.toList());
  }

  private static <T> Future<Map<RoomId, T>> some(
      List<RoomId> rooms, Function<List<RoomId>, Future<Map<RoomId, T>>> question) {
    return rooms.isEmpty() ? Future.succeededFuture(Map.of()) : question.apply(rooms);
  }

  /** What the one who looks has asked for. */
  Optional<Asked> asked(RoomId room) {
    return Optional.ofNullable(asked.get(room));
  }

  /** How many ask, where that is theirs to know. */
  Optional<Integer> requests(RoomId room) {
    return kept.contains(room) ? Optional.of(requests.getOrDefault(room, 0)) : Optional.empty();
  }
}
