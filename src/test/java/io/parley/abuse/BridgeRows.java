package io.parley.abuse;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.failure.Failure;
import io.parley.fixtures.Await;
import io.parley.fixtures.RestClient.RestUser;
import io.parley.fixtures.SocketClient;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** What can be tried with the event-bus protocol by somebody who has signed in. */
final class BridgeRows {
  private BridgeRows() {}

  static Stream<Row> all() {
    return Stream.of(
        new Row("B2", "guessing somebody's reply address", "4030", BridgeRows::replyAddress),
        new Row("B6", "a foreign room and an unknown one", "4040, the same words", s -> hidden(s)),
        new Row("B7", "registering twice", "4092", BridgeRows::twice),
        new Row("B7", "one registration too many", "4130 limit=20", BridgeRows::tooMany),
        new Row("B7", "5,000 registrations", "4290, then close 4429", Floods::registrations),
        new Row("B8", "unregistering what another hears", "still heard", BridgeRows::unregister),
        new Row("B9", "claiming author, place, id and time", "all its own", BridgeRows::spoofed),
        new Row("B12", "a kick while subscribed", KICKED, BridgeRows::kicked),
        new Row("B12", "a ban while subscribed", BANNED, BridgeRows::banned),
        new Row("B12", "a room that ends while subscribed", ENDED, BridgeRows::ended),
        new Row("B12", "a mute while subscribed", MUTED, BridgeRows::muted),
        new Row("B12", "posts faster than slow mode", SLOWED, BridgeRows::slowed),
        new Row("B14", "anything in an archive", "4034, and read", BridgeRows::archived),
        new Row("B16", "coming back during a ban", "4032 in every way", BridgeRows::back),
        new Row("B17", "10,000 posts at once", FLOODED, Floods::posts),
        new Row("B18", "the same again", "the same place", BridgeRows::again),
        new Row("B18", "the same cid, other words", "4091", BridgeRows::conflict),
        new Row("B18", "the same cid, another author", "a place of its own", s -> author(s)),
        new Row("B18", "the same cid, another room", "a place of its own", s -> elsewhere(s)),
        fixed("B14", "making a room private", "type", "private"),
        new Row("B21", "history before the join, where hidden", CLOSED, s -> closed(s)));
  }

  private static final String KICKED = "4031, hears the kick and nothing after it";
  private static final String BANNED = "4032, hears the ban and nothing after it";
  private static final String ENDED =
      "4100, then 4040 in every way, hears the end and nothing after it";
  private static final String MUTED = "4033 with until, and deletes their own";
  private static final String SLOWED = "4291 with retryAfterMs, the same again is said";
  private static final String CLOSED = "the join first, nothing from before it";
  private static final String FLOODED = "some served, 4290, then close 4429";

  /** What rooms are from the start, and nobody changes: that alone is no update. */
  private static Row fixed(String id, String what, String field, String value) {
    return new Row(
        id,
        what + " (rooms.update has no " + field + ")",
        "4000",
        scene -> {
          try (SocketClient ann = scene.open(scene.ann)) {
            return Scene.refusal(
                ann.send("rooms.update", Map.of("room", scene.room, field, value)));
          }
        });
  }

  private static String replyAddress(Scene scene) {
    try (SocketClient ann = scene.open(scene.ann);
        SocketClient bob = scene.open(scene.bob)) {
      Future<JsonNode> answer = ann.post(scene.room, cid(), "mine");
      List<String> refusals = new ArrayList<>();
      for (String address : List.of("r1", "r2", "__vertx.reply.1", "__vertx.reply.2")) {
        refusals.add(Scene.refusal(bob.send(address, Map.of("seq", 666))));
      }
      long seq = Await.of(answer).path("seq").asLong();
      return seq == 666 ? "answered by another" : distinct(refusals);
    }
  }

  private static String hidden(Scene scene) {
    String unknown = "room." + UUID.randomUUID();
    String foreign = "room." + scene.foreign;
    try (SocketClient ann = scene.open(scene.ann)) {
      ann.register(unknown, Optional.empty());
      ann.register(foreign, Optional.empty());
      Failure one = Scene.error(ann, unknown);
      Failure other = Scene.error(ann, foreign);
      return one.reason().number()
          + (one.text().equals(other.text()) ? ", the same words" : ": " + one + other);
    }
  }

  private static String twice(Scene scene) {
    try (SocketClient ann = scene.open(scene.ann)) {
      ann.listen(scene.room, Optional.empty());
      ann.register("room." + scene.room, Optional.empty());
      return number(Scene.error(ann, "room." + scene.room));
    }
  }

  private static String tooMany(Scene scene) {
    List<String> rooms = new ArrayList<>();
    for (int i = 0; i < 21; i++) {
      rooms.add(scene.ann.rest().room("many", "private"));
    }
    try (SocketClient ann = scene.open(scene.ann)) {
      rooms.forEach(room -> ann.register("room." + room, Optional.empty()));
      Failure failure = Scene.error(ann, "room." + rooms.get(20));
      return number(failure) + " limit=" + failure.details().get("limit");
    }
  }

  private static String unregister(Scene scene) {
    try (SocketClient ann = scene.open(scene.ann);
        SocketClient bob = scene.open(scene.bob)) {
      ann.listen(scene.room, Optional.empty());
      bob.write("{\"type\":\"unregister\",\"address\":\"room." + scene.room + "\"}");
      bob.write("{\"type\":\"unregister\",\"address\":\"user." + scene.ann.id() + "\"}");
      Await.of(bob.send("rooms.list", Map.of()));
      Await.of(ann.post(scene.room, cid(), "heard?"));
      await().atMost(Scene.PATIENCE).until(() -> !ann.entries(scene.room).isEmpty());
      return "still heard";
    }
  }

  private static String spoofed(Scene scene) {
    String id = UUID.randomUUID().toString();
    Map<String, Object> claims =
        Map.of(
            "room",
            scene.room,
            "text",
            "trust me",
            "cid",
            cid(),
            "seq",
            999_999,
            "n",
            999_999,
            "id",
            id,
            "from",
            "admin",
            "author",
            Map.of("id", scene.bob.id(), "name", "Admin"),
            "at",
            "1999-01-01T00:00:00Z",
            "kind",
            "kick");
    try (SocketClient ann = scene.open(scene.ann)) {
      ann.listen(scene.room, Optional.empty());
      Await.of(ann.send("messages.post", claims));
      await().atMost(Scene.PATIENCE).until(() -> !ann.entries(scene.room).isEmpty());
      JsonNode entry = ann.entries(scene.room).get(0);
      return ownWords(entry, scene.ann) && !entry.path("id").asText().equals(id)
          ? "all its own"
          : entry.toString();
    }
  }

  private static boolean ownWords(JsonNode entry, RestUser author) {
    return entry.path("seq").asLong() < 999_999
        && entry.path("n").asLong() < 999_999
        && entry.path("author").path("id").asText().equals(author.id())
        && entry.path("author").path("name").asText().equals(author.name())
        && entry.path("at").asText().startsWith("20")
        && entry.path("kind").asText().equals("message")
        && !entry.has("from");
  }

  private static String kicked(Scene scene) {
    return expelled(scene, "rooms.remove", "kick");
  }

  private static String banned(Scene scene) {
    return expelled(scene, "rooms.ban", "ban");
  }

  private static String ended(Scene scene) {
    String room = scene.shared();
    Map<String, Object> there = Map.of("room", room, "seq", 1, "user", scene.ann.id());
    try (SocketClient ann = scene.open(scene.ann);
        SocketClient bob = scene.open(scene.bob)) {
      bob.listen(room, Optional.empty());
      Await.of(ann.send("rooms.delete", there));
      await().atMost(Scene.PATIENCE).until(() -> !Scene.errors(bob, "room." + room).isEmpty());
      String end = number(Scene.error(bob, "room." + room));
      List<String> told = new ArrayList<>();
      told.add(Scene.refusal(bob.post(room, cid(), "but I")));
      for (String command :
          ("rooms.get rooms.join rooms.leave rooms.members rooms.add rooms.delete messages.history"
                  + " messages.read messages.typing messages.receipts messages.pins")
              .split(" ")) {
        told.add(Scene.refusal(bob.send(command, there)));
      }
      List<String> heard =
          bob.received("room." + room).stream().map(body -> body.path("kind").asText()).toList();
      return end
          + ", then "
          + distinct(told)
          + " in every way"
          + (heard.equals(List.of("ready", "end"))
              ? ", hears the end and nothing after it"
              : " " + heard);
    }
  }

  private static String muted(Scene scene) {
    String room = scene.shared();
    try (SocketClient ann = scene.open(scene.ann);
        SocketClient bob = scene.open(scene.bob)) {
      long own = Await.of(bob.post(room, cid(), "mine")).path("seq").asLong();
      Await.of(
          ann.send("rooms.mute", Map.of("room", room, "user", scene.bob.id(), "seconds", 600)));
      Failure refused = Await.failure(bob.post(room, cid(), "but I"));
      Await.of(bob.send("messages.delete", Map.of("room", room, "target", own)));
      return number(refused)
          + (refused.details().containsKey("until") ? " with until, and deletes their own" : "");
    }
  }

  private static String slowed(Scene scene) {
    String room = scene.shared();
    try (SocketClient ann = scene.open(scene.ann);
        SocketClient bob = scene.open(scene.bob)) {
      Await.of(ann.send("rooms.update", Map.of("room", room, "slowMode", 1)));
      Await.of(bob.post(room, cid(), "one"));
      String cid = cid();
      Failure refused = Await.failure(bob.post(room, cid, "two"));
      await()
          .atMost(Scene.PATIENCE)
          .until(() -> Await.of(bob.post(room, cid, "two").map(true).otherwise(false)));
      return number(refused)
          + (refused.details().containsKey("retryAfterMs")
              ? " with retryAfterMs, the same again is said"
              : "");
    }
  }

  private static String archived(Scene scene) {
    String room = scene.shared();
    try (SocketClient ann = scene.open(scene.ann);
        SocketClient bob = scene.open(scene.bob)) {
      long own = Await.of(bob.post(room, cid(), "mine")).path("seq").asLong();
      Await.of(ann.send("rooms.archive", Map.of("room", room)));
      Map<String, Object> target = Map.of("room", room, "target", own, "text", "x", "emoji", "👍");
      String told =
          distinct(
              List.of(
                  Scene.refusal(bob.post(room, cid(), "but I")),
                  Scene.refusal(bob.send("messages.edit", target)),
                  Scene.refusal(bob.send("messages.delete", target)),
                  Scene.refusal(bob.send("messages.react", target)),
                  Scene.refusal(bob.send("messages.typing", target))));
      Await.of(bob.send("messages.history", Map.of("room", room)));
      return told + ", and read";
    }
  }

  private static String back(Scene scene) {
    String room = scene.shared();
    try (SocketClient ann = scene.open(scene.ann);
        SocketClient bob = scene.open(scene.bob)) {
      Map<String, Object> subject = Map.of("room", room, "user", scene.bob.id(), "seconds", 600);
      Await.of(ann.send("rooms.ban", subject));
      bob.register("room." + room, Optional.empty());
      String told =
          distinct(
              List.of(
                  number(Scene.error(bob, "room." + room)),
                  Scene.refusal(bob.send("rooms.join", subject)),
                  Scene.refusal(bob.send("rooms.get", subject)),
                  Scene.refusal(bob.send("messages.history", subject)),
                  Scene.refusal(bob.send("messages.read", Map.of("room", room, "seq", 1))),
                  Scene.refusal(bob.post(room, cid(), "but I")),
                  Scene.refusal(ann.send("rooms.add", subject))));
      return told + " in every way";
    }
  }

  private static String closed(Scene scene) {
    String room = scene.ann.rest().room("closed", "private");
    try (SocketClient ann = scene.open(scene.ann);
        SocketClient bob = scene.open(scene.bob)) {
      Await.of(ann.send("rooms.update", Map.of("room", room, "history", "since-join")));
      long before = Await.of(ann.post(room, cid(), "a secret")).path("seq").asLong();
      Map<String, Object> last = Map.of("room", room, "before", before + 1, "limit", 1);
      JsonNode known = Await.of(ann.send("messages.history", last)).path("entries").path(0);
      Await.of(ann.send("rooms.add", Map.of("room", room, "user", scene.bob.id())));

      JsonNode all = Await.of(bob.send("messages.history", Map.of("room", room)));
      Map<String, Object> since = Map.of("room", room, "cursor", known.path("cursor").asText());
      List<JsonNode> told =
          List.of(
              all,
              Await.of(bob.send("messages.history", last)),
              Await.of(bob.send("messages.history", Map.of("room", room, "around", before))),
              Await.of(bob.send("messages.sync", since)),
              bob.listen(room, Optional.of(known.path("cursor").asText())));
      boolean leaks = (told + "" + bob.received("room." + room)).contains("a secret");
      String first = all.path("entries").path(0).path("kind").asText();
      return "the "
          + first
          + " first, "
          + (leaks ? "and what was before" : "nothing from before it");
    }
  }

  private static String expelled(Scene scene, String command, String kind) {
    String room = scene.shared();
    try (SocketClient ann = scene.open(scene.ann);
        SocketClient bob = scene.open(scene.bob)) {
      ann.listen(room, Optional.empty());
      bob.listen(room, Optional.empty());
      Await.of(ann.send(command, Map.of("room", room, "user", scene.bob.id())));
      Await.of(ann.post(room, cid(), "now that he is gone"));
      Await.of(ann.send("messages.typing", Map.of("room", room)));
      await().atMost(Scene.PATIENCE).until(() -> ann.entries(room).size() == 2);
      await().atMost(Scene.PATIENCE).until(() -> !Scene.errors(bob, "room." + room).isEmpty());
      String refusal = Scene.refusal(bob.post(room, cid(), "but I"));
      await()
          .atMost(Scene.PATIENCE)
          .until(() -> ann.received("room." + room).stream().anyMatch(BridgeRows::typing));
      List<String> heard =
          bob.received("room." + room).stream().map(body -> body.path("kind").asText()).toList();
      return refusal
          + (heard.equals(List.of("ready", kind))
              ? ", hears the " + kind + " and nothing after it"
              : " " + heard);
    }
  }

  private static boolean typing(JsonNode body) {
    return body.path("kind").asText().equals("typing");
  }

  private static String again(Scene scene) {
    String cid = cid();
    try (SocketClient ann = scene.open(scene.ann)) {
      JsonNode first = Await.of(ann.post(scene.room, cid, "once"));
      JsonNode second = Await.of(ann.post(scene.room, cid, "once"));
      boolean same =
          first.path("seq").equals(second.path("seq")) && second.path("duplicate").asBoolean();
      return same ? "the same place" : first + " and " + second;
    }
  }

  private static String conflict(Scene scene) {
    String cid = cid();
    try (SocketClient ann = scene.open(scene.ann)) {
      Await.of(ann.post(scene.room, cid, "once"));
      return Scene.refusal(ann.post(scene.room, cid, "or twice"));
    }
  }

  private static String author(Scene scene) {
    String room = scene.shared();
    return apart(scene, scene.ann, room, scene.bob, room);
  }

  private static String elsewhere(Scene scene) {
    String other = scene.ann.rest().room("elsewhere", "private");
    return apart(scene, scene.ann, scene.room, scene.ann, other);
  }

  private static String apart(Scene scene, RestUser one, String room, RestUser two, String other) {
    String cid = cid();
    try (SocketClient first = scene.open(one);
        SocketClient second = scene.open(two)) {
      JsonNode place = Await.of(first.post(room, cid, "said by one"));
      JsonNode another = Await.of(second.post(other, cid, "said by another"));
      boolean own =
          !another.path("duplicate").asBoolean() && !place.path("id").equals(another.path("id"));
      return own ? "a place of its own" : place + " and " + another;
    }
  }

  private static String number(Failure failure) {
    return String.valueOf(failure.reason().number());
  }

  private static String distinct(List<String> all) {
    return String.join(", ", all.stream().distinct().toList());
  }

  private static String cid() {
    return UUID.randomUUID().toString();
  }
}
