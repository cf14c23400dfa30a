package io.parley.rooms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.json.Json;
import io.parley.log.Draft;
import io.parley.log.LogApi;
import io.parley.log.LogClient;
import io.parley.log.LogId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Logs that remember what was appended, in order and once per cid, and that can be out of reach.
 */
final class RecordedLogs implements LogClient {
  private final Map<LogId, List<Draft>> entries = new ConcurrentHashMap<>();
  private final List<ObjectNode> told = new CopyOnWriteArrayList<>();
  private volatile boolean reachable = true;

  void reachable(boolean now) {
    reachable = now;
  }

  List<Draft> of(LogId log) {
    return List.copyOf(entries.getOrDefault(log, List.of()));
  }

  /** What somebody's devices were told in passing. */
  List<JsonNode> told(UserId user, String kind) {
    return told.stream()
        .filter(note -> note.path("user").asText().equals(user.toString()))
        .filter(note -> note.path("kind").asText().equals(kind))
        .map(note -> note.path("body"))
        .toList();
  }

  /** What a room was told in passing. */
  List<JsonNode> told(RoomId room, String kind) {
    return told.stream()
        .filter(note -> note.path("room").asText().equals(room.toString()))
        .filter(note -> note.path("kind").asText().equals(kind))
        .map(JsonNode.class::cast)
        .toList();
  }

  @Override
  public Future<LogApi.Appended> append(LogId log, Draft draft, Duration patience) {
    if (!reachable) {
      return Future.failedFuture(Failure.of(Reason.UNAVAILABLE, "out of reach"));
    }
    List<Draft> list = entries.computeIfAbsent(log, unknown -> new ArrayList<>());
    synchronized (list) {
      int before = list.stream().map(Draft::cid).toList().indexOf(draft.cid());
      if (before < 0) {
        list.add(draft);
      }
      int seq = before < 0 ? list.size() : before + 1;
      return Future.succeededFuture(new LogApi.Appended(seq, 0, 0, "", "", before >= 0));
    }
  }

  @Override
  public Future<LogApi.Admitted> admit(LogId log, UserId user, long seen) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Void> signal(LogId log, UserId user, String kind) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void tell(List<LogApi.Fleeting> notes) {
    notes.forEach(note -> told.add(Json.object(note.json().array())));
  }

  @Override
  public Future<LogApi.Page> read(LogApi.Read read) {
    throw new UnsupportedOperationException();
  }
}
