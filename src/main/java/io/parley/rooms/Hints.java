package io.parley.rooms;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.accounts.UserId;
import io.parley.bus.Bytes;
import io.parley.json.Json;
import io.parley.log.LogApi;
import io.parley.log.LogApi.Fleeting;
import io.parley.log.LogApi.Head;
import io.parley.log.LogApi.Mentioned;
import io.parley.log.LogClient;
import io.parley.log.LogId;
import io.parley.rooms.Badges.Badge;
import io.parley.rooms.ReaderStore.Reader;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Tells people's own devices what keeps their badges right without listening to every room: that a
 * room has a new head, and how far another device has read. Coalesced, and may be lost; a head is
 * told once more within half a minute, and {@code rooms.list} always says everything.
 */
final class Hints {
  /** In larger rooms there is always something new, and telling so costs too much. */
  static final int MAX_MEMBERS = 500;

  private static final int MAX_WAITING = 10_000;
  private static final int MAX_MENTIONS = 20;
  private static final int FEW_ROOMS = 10;
  private static final int MANY_ROOMS = 200;

  /** How many people at once keep the work of telling them short. */
  private static final int ENOUGH_READERS = 10_000;

  private final ReaderStore readers;
  private final LogClient logs;
  private final Map<LogId, Head> waiting = new LinkedHashMap<>();
  private final Map<LogId, Head> again = new LinkedHashMap<>();
  private Map<LogId, List<Mentioned>> mentioned = new HashMap<>();
  private Map<LogId, List<Mentioned>> mentionedBefore = Map.of();
  private final Map<Reader, ObjectNode> read = new LinkedHashMap<>();
  private int roomsAtOnce = FEW_ROOMS;

  Hints(ReaderStore readers, LogClient logs) {
    this.readers = readers;
    this.logs = logs;
  }

  /** These rooms have new heads. */
  void moved(LogApi.Moved moved) {
    for (Head head : moved.heads()) {
      keep(waiting, head);
      keep(again, head);
    }
    moved.mentioned().ifPresent(all -> all.forEach(this::mentioned));
  }

  private void mentioned(Mentioned mention) {
    List<Mentioned> known =
        mentioned.computeIfAbsent(mention.place().log(), first -> new ArrayList<>());
    if (known.size() < MAX_MENTIONS) {
      known.add(mention);
    }
  }

  /** Somebody has read on, or wants to read something once more. */
  void read(Membership seat, Head head, Badge badge) {
    Reader reader = seat.reader();
    if (read.size() < MAX_WAITING || read.containsKey(reader)) {
      ObjectNode body = Json.mapper().createObjectNode();
      body.put("room", seat.room().toString()).put("seq", seat.marker().seq());
      body.put("marks", seat.reading().marks());
      body.put("head", head.seq()).put("n", head.n());
      body.put("unread", badge.unread()).put("mentions", badge.mentions());
      read.merge(reader, body, Hints::later);
    }
  }

  /** Two devices may have read on at once, and the one that was first be heard of last. */
  private static ObjectNode later(ObjectNode known, ObjectNode now) {
    Comparator<ObjectNode> progress =
        Comparator.comparingLong((ObjectNode body) -> body.path("marks").longValue())
            .thenComparingLong(body -> body.path("seq").longValue());
    return progress.compare(known, now) > 0 ? known : now;
  }

  /**
   * What has moved since the last time is told once more, for those whom it did not reach; the
   * mentions that were told so are done with.
   */
  void repeat() {
    again.values().forEach(head -> keep(waiting, head));
    again.clear();
    mentionedBefore = mentioned;
    mentioned = new HashMap<>();
  }

  /** Tells what waits. Fails UNAVAILABLE; then some heads wait for their repetition. */
  Future<Void> flush() {
    logs.tell(
        read.entrySet().stream()
            .map(each -> note("read", each.getKey().user(), each.getValue()))
            .toList());
    read.clear();
    Map<RoomId, Head> heads = take();
    if (heads.isEmpty()) {
      return Future.succeededFuture();
    }
    return readers
        .readers(List.copyOf(heads.keySet()), MAX_MEMBERS)
        .onSuccess(members -> logs.tell(notes(heads, members)))
        .onSuccess(members -> pace(members.values().stream().mapToInt(List::size).sum()))
        .mapEmpty();
  }

  /** Fewer rooms at a time when they are large, more when they are small. */
  private void pace(int told) {
    roomsAtOnce =
        told > ENOUGH_READERS
            ? Math.max(FEW_ROOMS, roomsAtOnce / 2)
            : Math.min(MANY_ROOMS, 2 * roomsAtOnce);
  }

  private static void keep(Map<LogId, Head> heads, Head head) {
    Head known = heads.get(head.log());
    if (known == null ? heads.size() < MAX_WAITING : known.seq() < head.seq()) {
      heads.put(head.log(), head);
    }
  }

  private Map<RoomId, Head> take() {
    Map<RoomId, Head> taken = new HashMap<>();
    Iterator<Head> each = waiting.values().iterator();
    while (each.hasNext() && taken.size() < roomsAtOnce) {
      Head head = each.next();
      taken.put(new RoomId(head.log().id()), head);
      each.remove();
    }
    return taken;
  }

  private List<Fleeting> notes(Map<RoomId, Head> heads, Map<RoomId, List<UserId>> members) {
    Map<UserId, List<Head>> byUser = new LinkedHashMap<>();
    heads.forEach(
        (room, head) -> {
          for (UserId user : members.getOrDefault(room, List.of())) {
            byUser.computeIfAbsent(user, first -> new ArrayList<>()).add(head);
          }
        });
    return byUser.entrySet().stream().map(each -> heads(each.getKey(), each.getValue())).toList();
  }

  private Fleeting heads(UserId user, List<Head> heads) {
    ObjectNode body = Json.mapper().createObjectNode();
    ArrayNode rooms = body.putArray("rooms");
    for (Head head : heads) {
      ObjectNode room =
          rooms
              .addObject()
              .put("room", head.log().id().toString())
              .put("head", head.seq())
              .put("n", head.n())
              .put("at", Json.time(Instant.ofEpochMilli(head.at())));
      List<Long> mentions = mentions(user, head.log());
      if (!mentions.isEmpty()) {
        mentions.forEach(room.putArray("mentions")::add);
      }
    }
    return note("heads", user, body);
  }

  /** Where somebody is mentioned by what is new; places, which can be told twice. */
  private List<Long> mentions(UserId user, LogId log) {
    return Stream.of(mentionedBefore, mentioned)
        .flatMap(each -> each.getOrDefault(log, List.of()).stream())
        .filter(mention -> !mention.author().equals(user))
        .filter(mention -> mention.everybody() || mention.users().contains(user))
        .map(mention -> mention.place().seq())
        .toList();
  }

  /** Something fleeting for all devices of somebody. */
  static Fleeting note(String kind, UserId user, ObjectNode body) {
    ObjectNode note = Json.mapper().createObjectNode();
    note.put("kind", kind).put("user", user.toString()).set("body", body);
    return new Fleeting(LogId.user(user.value()), new Bytes(Json.bytes(note)));
  }
}
