package io.parley.abuse;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.failure.Failure;
import io.parley.fixtures.Await;
import io.parley.fixtures.RestClient.RestUser;
import io.parley.fixtures.SocketClient;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** What can be tried with messages that stand already. */
final class ChangeRows {
  private static final List<String> CHANGES =
      List.of(
          "messages.edit",
          "messages.delete",
          "messages.react",
          "messages.unreact",
          "messages.pin",
          "messages.unpin",
          "messages.revisions",
          "messages.thread",
          "messages.forward",
          "threads.get",
          "threads.follow",
          "threads.unfollow");

  private ChangeRows() {}

  static Stream<Row> all() {
    return Stream.of(
        new Row("A10", "changing what nobody showed", "4040, the same words", s -> hidden(s)),
        new Row("A10", "editing another's message", "4030", ChangeRows::anothers),
        new Row("A10", "deleting another's message", "4030", ChangeRows::deleting),
        new Row("A10", "changing what is no message", "4040, the same words", s -> notice(s)),
        new Row("B18", "the same change again", "the same place", ChangeRows::again),
        new Row("M1", "a reaction that is no emoji", "4000", ChangeRows::markup),
        new Row("B18", "changing what was deleted", "4100", ChangeRows::gone),
        new Row("A10", "pinning as nobody in particular", "4030", ChangeRows::pinning),
        new Row("A10", "forwarding what was deleted", "4040", ChangeRows::forwardingNothing),
        new Row("A10", "looking at what a deleted message said", "4040", ChangeRows::lookingBack),
        new Row("B18", "forwarding again what was deleted since", "the same place", s -> twice(s)),
        new Row("A10", "answering what is no message", "4000", ChangeRows::answeringNothing),
        new Row("A10", "a thread of what is no message", "4000", ChangeRows::threadOfNothing));
  }

  private static Map<String, Object> change(String room, long target, String text) {
    Map<String, Object> change = new HashMap<>();
    change.put("room", room);
    change.put("target", target);
    change.put("cid", UUID.randomUUID().toString());
    change.put("text", text);
    change.put("emoji", "\uD83D\uDC4D");
    change.put("to", room);
    return change;
  }

  /** A change of what somebody has just said in a room of both. */
  private static Map<String, Object> said(Scene scene, RestUser author) {
    String room = scene.shared();
    try (SocketClient socket = scene.open(author)) {
      long target =
          Await.of(socket.post(room, UUID.randomUUID().toString(), "said")).path("seq").asLong();
      return change(room, target, "other");
    }
  }

  /** Every change of a message in a room of others, and in one that is not there. */
  private static String hidden(Scene scene) {
    try (SocketClient ann = scene.open(scene.ann)) {
      return words(ann, List.of(change(scene.foreign, 1, "x"), change(unknown(), 1, "x")));
    }
  }

  /** Every change of the room's first entry, and of one that is not there. */
  private static String notice(Scene scene) {
    try (SocketClient ann = scene.open(scene.ann)) {
      return words(ann, List.of(change(scene.room, 1, "x"), change(scene.room, 999_999_999, "x")));
    }
  }

  private static String words(SocketClient socket, List<Map<String, Object>> changes) {
    Set<String> told = new LinkedHashSet<>();
    for (Map<String, Object> change : changes) {
      for (String command : CHANGES) {
        change.put("cid", UUID.randomUUID().toString());
        Failure failure = Await.failure(socket.send(command, change));
        told.add(failure.reason().number() + " " + failure.text());
      }
    }
    return told.size() == 1 && told.iterator().next().startsWith("4040 ")
        ? "4040, the same words"
        : told.toString();
  }

  private static String unknown() {
    return UUID.randomUUID().toString();
  }

  private static String anothers(Scene scene) {
    return refused(scene, "messages.edit", said(scene, scene.ann));
  }

  private static String deleting(Scene scene) {
    return refused(scene, "messages.delete", said(scene, scene.ann));
  }

  /** As Bob, who is nobody in particular in the room. */
  private static String refused(Scene scene, String command, Map<String, Object> change) {
    try (SocketClient bob = scene.open(scene.bob)) {
      return Scene.refusal(bob.send(command, change));
    }
  }

  private static String markup(Scene scene) {
    Map<String, Object> change = said(scene, scene.ann);
    change.put("emoji", "<img src=x onerror=alert(1)>");
    return refused(scene, "messages.react", change);
  }

  private static String again(Scene scene) {
    Map<String, Object> change = said(scene, scene.bob);
    try (SocketClient bob = scene.open(scene.bob)) {
      Future<JsonNode> one = bob.send("messages.edit", change);
      Future<JsonNode> other = bob.send("messages.edit", change);
      long place = Await.of(one).path("seq").asLong();
      return Await.of(other).path("seq").asLong() == place ? "the same place" : "two places";
    }
  }

  private static String pinning(Scene scene) {
    return refused(scene, "messages.pin", said(scene, scene.bob));
  }

  private static String forwardingNothing(Scene scene) {
    return afterDeletion(scene, "messages.forward");
  }

  private static String lookingBack(Scene scene) {
    return afterDeletion(scene, "messages.revisions");
  }

  private static String afterDeletion(Scene scene, String command) {
    Map<String, Object> change = said(scene, scene.bob);
    try (SocketClient bob = scene.open(scene.bob)) {
      Await.of(bob.send("messages.edit", change));
      change.put("cid", UUID.randomUUID().toString());
      Await.of(bob.send("messages.delete", change));
      change.put("cid", UUID.randomUUID().toString());
      return Scene.refusal(bob.send(command, change));
    }
  }

  private static String twice(Scene scene) {
    Map<String, Object> forward = said(scene, scene.bob);
    Map<String, Object> deletion = new HashMap<>(forward);
    deletion.put("cid", UUID.randomUUID().toString());
    try (SocketClient bob = scene.open(scene.bob)) {
      long place = Await.of(bob.send("messages.forward", forward)).path("seq").asLong();
      Await.of(bob.send("messages.delete", deletion));
      JsonNode again = Await.of(bob.send("messages.forward", forward));
      boolean same = again.path("seq").asLong() == place && again.path("duplicate").asBoolean();
      return same ? "the same place" : again.toString();
    }
  }

  private static String answeringNothing(Scene scene) {
    return naming(scene, "replyTo");
  }

  private static String threadOfNothing(Scene scene) {
    return naming(scene, "thread");
  }

  private static String naming(Scene scene, String field) {
    Map<String, Object> post = new HashMap<>();
    post.put("room", scene.shared());
    post.put("text", "x");
    post.put(field, 999_999_999);
    return refused(scene, "messages.post", post);
  }

  private static String gone(Scene scene) {
    Map<String, Object> change = said(scene, scene.bob);
    try (SocketClient bob = scene.open(scene.bob)) {
      Await.of(bob.send("messages.delete", change));
      change.put("cid", UUID.randomUUID().toString());
      return Scene.refusal(bob.send("messages.edit", change));
    }
  }
}
