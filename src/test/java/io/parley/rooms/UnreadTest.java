package io.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.fixtures.Await;
import io.parley.json.Json;
import io.parley.rooms.RoomsApi.Caller;
import io.parley.rooms.RoomsApi.Own;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Whatever people do, with several devices at once: what is said to be unread is what counting over
 * the whole log comes to, and a marker stands where its own moves have put it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnreadTest {
  private static final int STEPS = 120;
  private static final int DEVICES = 2;

  private TestTalk talk;
  private final List<Caller> people = new ArrayList<>();
  private final Map<Caller, Long> markers = new HashMap<>();
  private final Map<Caller, Long> marks = new HashMap<>();
  private final Map<Caller, Long> joins = new HashMap<>();
  private final Map<Caller, List<Long>> known = new HashMap<>();
  private RoomId room;
  private Random random;

  @BeforeAll
  void start() {
    talk = new TestTalk();
  }

  @AfterAll
  void close() {
    talk.close();
  }

  @BeforeEach
  void aRoomOfFour() {
    markers.clear();
    people.clear();
    for (String name : List.of("Ann", "Ben", "Cem", "Dee")) {
      people.add(talk.person(name));
    }
    room = talk.room(people.get(0));
    entered(people.get(0));
    people.stream().skip(1).forEach(this::join);
  }

  @RepeatedTest(4)
  void whatIsUnreadIsWhatCountingTheWholeLogComesTo() {
    long seed = new Random().nextLong();
    random = new Random(seed);
    for (int step = 0; step < STEPS; step++) {
      String done = step();
      for (Caller who : List.copyOf(markers.keySet())) {
        check(who, "seed " + seed + " step " + step + " " + done + ", for " + who.name());
      }
    }
  }

  @Test
  void aReadingThatWasUnderWayDoesNotUndoThatARoomWasMarkedUnread() {
    Caller ben = people.get(1);
    for (int i = 0; i < 5; i++) {
      Await.of(talk.writes(people.get(0), room, "message", Optional.empty(), text()));
    }
    long head = talk.view(ben, room).head();
    talk.read(ben, room, head, Optional.of(0L));
    RoomsApi.Marked marked = talk.unread(ben, room, head - 2);

    assertThat(marked.marks()).contains(1L);
    assertThat(talk.read(ben, room, head, Optional.of(0L)).seq()).isEqualTo(head - 3);
    assertThat(talk.view(ben, room).unread()).isEqualTo(3);
    assertThat(talk.read(ben, room, head, Optional.of(1L)).seq()).isEqualTo(head);
    assertThat(talk.view(ben, room).unread()).isZero();
  }

  @Test
  void nothingIsUnreadThatWasSaidBeforeOneCame() {
    Await.of(talk.writes(people.get(0), room, "message", Optional.empty(), text()));
    Caller late = talk.person("Eva");
    talk.join(late, room);
    long joined = talk.view(late, room).head();
    Await.of(talk.writes(people.get(0), room, "message", Optional.empty(), text()));
    talk.read(late, room, joined + 1, Optional.empty());

    assertThat(talk.unread(late, room, 1).seq()).isEqualTo(joined);
    assertThat(talk.view(late, room).unread()).isEqualTo(1);
  }

  private String step() {
    Caller who = people.get(random.nextInt(people.size()));
    if (!markers.containsKey(who)) {
      join(who);
      return who.name() + " joins";
    }
    return switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> says(who);
      case 4 -> change(who, "edit");
      case 5 -> change(who, "delete");
      case 6 -> change(who, "react");
      case 7, 8, 9 -> read(who);
      case 10 -> unread(who);
      default -> leave(who);
    };
  }

  private void join(Caller who) {
    talk.join(who, room);
    entered(who);
  }

  private void entered(Caller who) {
    long at = talk.view(who, room).head();
    markers.put(who, at);
    joins.put(who, at);
    marks.put(who, 0L);
    known.put(who, new ArrayList<>(List.of(0L, 0L)));
  }

  private String says(Caller who) {
    Await.of(talk.writes(who, room, "message", Optional.empty(), text()));
    return who.name() + " says something";
  }

  private ObjectNode text() {
    ObjectNode body = Json.mapper().createObjectNode().put("text", "\"mentions\":[]");
    if (random != null && random.nextInt(3) == 0) {
      ArrayNode names = body.putArray("mentions");
      people.stream()
          .filter(person -> random.nextBoolean())
          .forEach(person -> names.add(person.user().toString()));
    }
    if (random != null && random.nextInt(8) == 0) {
      body.put("mentionsRoom", true);
    }
    return body;
  }

  /** Changes one of their messages, or somebody's; what is refused has changed nothing. */
  private String change(Caller who, String kind) {
    List<ObjectNode> messages =
        talk.entries(room).stream()
            .filter(entry -> entry.path("kind").asText().equals("message"))
            .toList();
    if (messages.isEmpty()) {
      return "nothing";
    }
    long target = messages.get(random.nextInt(messages.size())).path("seq").asLong();
    ObjectNode body =
        switch (kind) {
          case "edit" -> text();
          case "react" -> Json.mapper().createObjectNode().put("emoji", "👍");
          default -> Json.mapper().createObjectNode();
        };
    Await.of(talk.writes(who, room, kind, Optional.of(target), body).otherwise(0L));
    return who.name() + " tries " + kind + " of " + target;
  }

  /** One of two devices reads, of which one may not know yet that the room was marked unread. */
  private String read(Caller who) {
    int device = random.nextInt(DEVICES);
    long head = talk.view(who, room).head();
    long to = random.nextInt((int) head + 4);
    long before = markers.getOrDefault(who, 0L);
    long knows = known.get(who).get(device);
    RoomsApi.Marked found = talk.read(who, room, to, Optional.of(knows));
    boolean counts = knows == marks.get(who);
    markers.put(who, counts ? Math.max(before, Math.min(to, head)) : before);
    assertThat(found.marks()).contains(marks.get(who));
    known.get(who).set(device, found.marks().orElseThrow());
    return who.name() + " reads to " + to + " knowing of " + knows;
  }

  private String unread(Caller who) {
    int device = random.nextInt(DEVICES);
    long from = 1L + random.nextInt((int) talk.view(who, room).head() + 2);
    long before = markers.get(who);
    long to = Math.max(joins.get(who), from - 1);
    RoomsApi.Marked found = talk.unread(who, room, from);
    if (to < before) {
      markers.put(who, to);
      marks.merge(who, 1L, Long::sum);
    }
    known.get(who).set(device, found.marks().orElseThrow());
    return who.name() + " marks unread from " + from;
  }

  private String leave(Caller who) {
    if (who.equals(people.get(0))) {
      return "nothing";
    }
    talk.leave(who, room);
    markers.remove(who);
    return who.name() + " leaves";
  }

  private void check(Caller who, String when) {
    List<ObjectNode> log = talk.entries(room);
    Map<Long, Boolean> unread = counted(log, who, markers.get(who));
    Own own = talk.view(who, room);
    assertThat(own.read()).as(when).isEqualTo(markers.get(who));
    assertThat(own.marks()).as(when).contains(marks.get(who));
    assertThat(own.unread()).as(when).isEqualTo(unread.size());
    assertThat(own.mentions()).as(when).contains(mentions(unread));
    ReadersApi.Explained explained = talk.explain(who, room, Optional.empty(), 3);
    List<Long> listed = new ArrayList<>();
    List<Long> mentioning = new ArrayList<>(explained.mentioning());
    explained.entries().forEach(entry -> listed.add(entry.seq()));
    while (explained.next().isPresent()) {
      explained = talk.explain(who, room, explained.next(), 3);
      explained.entries().forEach(entry -> listed.add(entry.seq()));
      mentioning.addAll(explained.mentioning());
    }
    assertThat(listed).as(when).containsExactlyElementsOf(unread.keySet());
    assertThat(mentioning).as(when).hasSize((int) mentions(unread));
    assertThat(explained.unread()).as(when).isEqualTo(own.unread());
  }

  private static long mentions(Map<Long, Boolean> unread) {
    return unread.values().stream().filter(mentioned -> mentioned).count();
  }

  /** The messages of others after a place, and whether each mentions the reader as it reads now. */
  private static Map<Long, Boolean> counted(List<ObjectNode> log, Caller who, long after) {
    Map<Long, Boolean> unread = new TreeMap<>();
    for (ObjectNode entry : log) {
      long seq = entry.path("seq").asLong();
      long target = entry.path("target").asLong();
      String kind = entry.path("kind").asText();
      boolean others = !entry.path("author").path("id").asText().equals(who.user().toString());
      if (kind.equals("message") && others && seq > after) {
        unread.put(seq, means(entry.path("body"), who));
      } else if (kind.equals("edit")) {
        unread.computeIfPresent(target, (place, before) -> means(entry.path("body"), who));
      } else if (kind.equals("delete")) {
        unread.computeIfPresent(target, (place, before) -> false);
      }
    }
    return unread;
  }

  private static boolean means(JsonNode body, Caller who) {
    boolean named = false;
    for (JsonNode user : body.path("mentions")) {
      named = named || user.asText().equals(who.user().toString());
    }
    return named || body.path("mentionsRoom").asBoolean();
  }
}
