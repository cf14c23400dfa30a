package io.parley.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.cli.client.RestCalls;
import io.parley.cli.history.Entry;
import io.parley.cli.history.RoomLog;
import io.vertx.core.Future;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads whole logs as the store has them: the first entry from history, all others after its
 * cursor.
 */
final class LogReader {
  private static final int PAGE = 500;

  private final RestCalls rest;
  private final String token;

  /**
   * @param token of somebody who is in the rooms
   */
  LogReader(RestCalls rest, String token) {
    this.rest = rest;
    this.token = token;
  }

  Future<RoomLog> read(String room) {
    List<Entry> entries = new ArrayList<>();
    return rest.get("/api/rooms/" + room + "/messages?after=0&limit=1", token)
        .compose(page -> first(room, page, entries))
        .map(done -> new RoomLog(room, entries));
  }

  private Future<Void> first(String room, ObjectNode page, List<Entry> entries) {
    JsonNode first = page.path("entries").path(0);
    if (first.isMissingNode()) {
      return Future.succeededFuture();
    }
    entries.add(Entry.of(first));
    return after(room, first.path("cursor").asText(), entries);
  }

  private Future<Void> after(String room, String cursor, List<Entry> entries) {
    String from = URLEncoder.encode(cursor, StandardCharsets.UTF_8);
    return rest.get("/api/rooms/" + room + "/sync?limit=" + PAGE + "&cursor=" + from, token)
        .compose(
            page -> {
              page.path("entries").forEach(entry -> entries.add(Entry.of(entry)));
              boolean more = page.path("more").asBoolean() && page.path("entries").size() > 0;
              return more
                  ? after(room, page.path("next").asText(), entries)
                  : Future.succeededFuture();
            });
  }
}
