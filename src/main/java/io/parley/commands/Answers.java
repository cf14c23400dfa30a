package io.parley.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.parley.json.Json;
import io.parley.log.LogApi;
import io.parley.log.PicksApi;
import io.parley.log.Rules;
import io.parley.log.ThreadsApi;
import io.parley.rooms.Door;
import io.parley.rooms.ReadersApi;
import io.parley.rooms.RoomId;
import io.parley.rooms.RoomType;
import io.parley.rooms.RoomsApi;
import io.parley.rooms.Terms;
import io.parley.search.SearchApi;
import io.parley.threads.FollowsApi;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** What commands answer, as JSON. Entries keep the bytes that their log encoded. */
final class Answers {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Answers() {}

  static JsonNode done() {
    return NODES.objectNode();
  }

  static JsonNode tree(Object value) {
    return Json.mapper().valueToTree(value);
  }

  static JsonNode posted(RoomId room, String cid, LogApi.Appended appended) {
    return NODES
        .objectNode()
        .put("room", room.toString())
        .put("seq", appended.seq())
        .put("n", appended.n())
        .put("at", time(appended.at()))
        .put("cursor", appended.cursor())
        .put("id", appended.id())
        .put("cid", cid)
        .put("duplicate", appended.duplicate());
  }

  /**
   * Positions of the first and last entry come along, so that a caller can ask for the pages
   * beside.
   */
  static JsonNode history(LogApi.HistoryPage page) {
    ObjectNode answer = NODES.objectNode();
    answer.set("entries", entries(page.entries()));
    answer.put("older", page.older()).put("newer", page.newer());
    if (!page.entries().isEmpty()) {
      answer.put("first", page.entries().get(0).seq());
      answer.put("last", last(page.entries()).seq());
    }
    return answer.set("asOf", head(page.asOf()));
  }

  /** A page as {@link #history} tells it, with the message that it all answers. */
  static JsonNode thread(ThreadsApi.Unfolded thread) {
    LogApi.HistoryPage page =
        new LogApi.HistoryPage(thread.entries(), thread.older(), thread.newer(), thread.asOf());
    ObjectNode answer = NODES.objectNode();
    answer.set("root", entry(thread.root()));
    return answer.setAll((ObjectNode) history(page));
  }

  /** {@code next} is the cursor to go on from when there is more. */
  static JsonNode sync(LogApi.Page page) {
    ObjectNode answer = NODES.objectNode();
    answer.set("entries", entries(page.entries()));
    answer.put("more", page.more()).put("reset", page.reset());
    if (page.more() && !page.entries().isEmpty()) {
      answer.set("next", Json.object(last(page.entries()).json().array()).path("cursor"));
    }
    return answer.set("head", head(page.head()));
  }

  /** {@code more} says that some did not fit: those after the last one. */
  static JsonNode picked(PicksApi.Picked picked) {
    ObjectNode answer = NODES.objectNode();
    answer.set("entries", entries(picked.entries()));
    return answer.put("more", picked.more());
  }

  static JsonNode room(RoomsApi.RoomView room) {
    ObjectNode answer = Json.mapper().valueToTree(room);
    answer.remove("last");
    answer.remove("rules");
    answer.remove("terms");
    Rules rules = room.rules().orElse(Rules.NONE);
    answer.put("archived", rules.archived()).put("slowMode", rules.slowSeconds());
    Terms terms = room.terms().orElse(Terms.USUAL);
    boolean enters = room.type() == RoomType.PUBLIC;
    answer.put("history", terms.history().word());
    answer.put("join", enters ? terms.door().word() : Door.INVITE);
    room.last().ifPresent(last -> answer.set("last", entry(last)));
    if (answer.get("membership") instanceof ObjectNode own) {
      own.put("at", time(own.path("at").longValue()));
    }
    return answer;
  }

  static JsonNode rooms(RoomsApi.RoomPage page) {
    ObjectNode answer = NODES.objectNode();
    ArrayNode rooms = answer.putArray("rooms");
    page.rooms().forEach(room -> rooms.add(room(room)));
    page.next().ifPresent(next -> answer.put("next", next));
    return answer;
  }

  static JsonNode found(SearchApi.Found found) {
    ObjectNode answer = NODES.objectNode();
    ArrayNode results = answer.putArray("results");
    for (SearchApi.Result result : found.results()) {
      ObjectNode node = results.addObject();
      node.put("room", result.room().toString()).put("seq", result.message().seq());
      node.set("message", entry(result.message()));
      node.set("highlights", tree(result.highlights()));
    }
    found.next().ifPresent(next -> answer.put("next", next));
    return answer;
  }

  /** Threads, with their first messages beside them. */
  static JsonNode followed(FollowsApi.FollowedPage page) {
    ObjectNode answer = NODES.objectNode();
    answer.set("threads", tree(page.threads()));
    answer.set("roots", entries(page.roots()));
    page.next().ifPresent(next -> answer.put("next", next));
    return answer;
  }

  /** What stands behind a badge. */
  static JsonNode explained(ReadersApi.Explained explained) {
    ObjectNode answer =
        NODES
            .objectNode()
            .put("room", explained.room().toString())
            .put("read", explained.read())
            .put("head", explained.head())
            .put("unread", explained.unread())
            .put("mentions", explained.mentions());
    answer.set("entries", entries(explained.entries()));
    answer.set("mentioning", tree(explained.mentioning()));
    explained.next().ifPresent(next -> answer.put("next", next));
    return answer;
  }

  private static ObjectNode head(LogApi.Head head) {
    return NODES
        .objectNode()
        .put("seq", head.seq())
        .put("n", head.n())
        .put("cursor", head.cursor());
  }

  private static ArrayNode entries(List<LogApi.Encoded> entries) {
    ArrayNode array = NODES.arrayNode(entries.size());
    for (LogApi.Encoded entry : entries) {
      array.add(entry(entry));
    }
    return array;
  }

  private static JsonNode entry(LogApi.Encoded entry) {
    String json = new String(entry.json().array(), StandardCharsets.UTF_8);
    return NODES.rawValueNode(new RawValue(json));
  }

  private static LogApi.Encoded last(List<LogApi.Encoded> entries) {
    return entries.get(entries.size() - 1);
  }

  private static String time(long epochMillis) {
    return Json.time(Instant.ofEpochMilli(epochMillis));
  }
}
