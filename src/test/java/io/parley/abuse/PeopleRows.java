package io.parley.abuse;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.parley.fixtures.Await;
import io.parley.fixtures.RestClient;
import io.parley.fixtures.RestClient.Answer;
import io.parley.fixtures.RestClient.RestUser;
import io.parley.fixtures.SocketClient;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/** What people can try with each other's rooms and profiles. */
final class PeopleRows {
  /** Within which a block counts, wherever somebody remembers that there was none. */
  private static final Duration HEEDED = Duration.ofSeconds(5);

  private static final Map<String, Map<String, Object>> BODIES =
      Map.ofEntries(
          Map.entry("delivered", Map.of("seq", 1)),
          Map.entry("forwardMessage", Map.of("to", UUID.randomUUID().toString())),
          Map.entry("markUnread", Map.of("seq", 1)),
          Map.entry("muteMember", Map.of("seconds", 60)),
          Map.entry("postMessage", Map.of("text", "x")),
          Map.entry("editMessage", Map.of("text", "x")),
          Map.entry("updateRoom", Map.of("description", "x")),
          Map.entry("giveRoomRole", Map.of("role", "member")),
          Map.entry("setRoomSettings", Map.of("favourite", true)),
          Map.entry("read", Map.of("seq", 1)),
          Map.entry("readThread", Map.of("seq", 1)));

  private PeopleRows() {}

  static Stream<Row> all() {
    return Stream.of(
        new Row(
            "A10", "others' rooms on every route", "404, as if there were none", s -> routes(s)),
        new Row("A10", "every route without a token", "401", PeopleRows::anonymous),
        new Row("A10", "people who are not there", "404", PeopleRows::nobody),
        new Row("A10", "deleting without the password", "403, and still there", s -> kept(s)),
        new Row("A10", "exporting what is known of one", "one's own, then 429", s -> export(s)),
        new Row("A13", "everything of a deleted account", "gone", PeopleRows::deleted),
        new Row("B14", "a direct room after a block", "4030, and readable", PeopleRows::blocked),
        new Row("B14", "typing after a block", "4030", PeopleRows::typing),
        new Row("B14", "opening a direct room after a block", "4030", PeopleRows::opening),
        new Row("B14", "a direct room after the block", "said", PeopleRows::unblocked),
        new Row("B14", "the profile after a block", "nothing but the name", PeopleRows::profile));
  }

  private static JsonNode paths() {
    try (InputStream yaml = PeopleRows.class.getResourceAsStream("/openapi.yaml")) {
      return new YAMLMapper().readTree(yaml).path("paths");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One of the routes below a room, as a stranger to it asks. */
  private static Answer ask(
      RestUser who, String path, String method, String operation, String room) {
    String filled =
        path.replace("{room}", room)
            .replace("{user}", who.id())
            .replace("{invite}", who.id())
            .replace("{target}", "1")
            .replace("{emoji}", "%F0%9F%91%8D");
    String query = operation.equals("sync") ? "?cursor=" + cursor(who) : "";
    query = operation.equals("search") ? "?query=tea" : query;
    return who.rest().ask(method, filled + query, BODIES.getOrDefault(operation, Map.of()));
  }

  private static String cursor(RestUser who) {
    String own = who.rest().room("own", "private");
    return who.rest().get("/api/rooms/" + own).body().path("membership").path("cursor").asText();
  }

  private static String routes(Scene scene) {
    Set<String> told = new TreeSet<>();
    int routes = 0;
    for (Map.Entry<String, JsonNode> path : paths().properties()) {
      for (String method : Set.of("get", "post", "put", "patch", "delete")) {
        JsonNode operation = path.getValue().path(method);
        if (operation.isMissingNode() || !path.getKey().contains("{room}")) {
          continue;
        }
        String id = operation.path("operationId").asText();
        String verb = method.toUpperCase(Locale.ROOT);
        Answer foreign = ask(scene.ann, path.getKey(), verb, id, scene.foreign);
        Answer none = ask(scene.ann, path.getKey(), verb, id, UUID.randomUUID().toString());
        boolean same = foreign.body().path("detail").equals(none.body().path("detail"));
        told.add(foreign.status() == 404 && none.status() == 404 && same ? "404" : id + foreign);
        routes++;
      }
    }
    return told.equals(Set.of("404")) && routes > 10
        ? "404, as if there were none"
        : told.toString();
  }

  private static String anonymous(Scene scene) {
    RestClient stranger = RestClient.anonymous(scene.node.httpPort());
    Set<String> told = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : paths().properties()) {
      for (String method : Set.of("get", "post", "put", "patch", "delete")) {
        JsonNode operation = path.getValue().path(method);
        boolean open = operation.path("security").isArray() && operation.path("security").isEmpty();
        if (!operation.isMissingNode() && !open) {
          String filled = path.getKey().replaceAll("\\{(room|user)}", scene.ann.id());
          filled = filled.replace("{target}", "1").replaceAll("\\{\\w+}", "x");
          told.add(
              String.valueOf(
                  stranger.ask(method.toUpperCase(Locale.ROOT), filled, Map.of()).status()));
        }
      }
    }
    return String.join(" ", told);
  }

  private static String nobody(Scene scene) {
    RestClient ann = scene.ann.rest();
    String none = UUID.randomUUID().toString();
    Set<String> told = new TreeSet<>();
    told.add(String.valueOf(ann.get("/api/users/" + none).status()));
    told.add(String.valueOf(ann.put("/api/me/contacts/" + none).status()));
    told.add(String.valueOf(ann.put("/api/me/blocks/" + none).status()));
    told.add(String.valueOf(ann.post("/api/rooms/direct", Map.of("userId", none)).status()));
    return String.join(" ", told);
  }

  private static String kept(Scene scene) {
    RestUser cleo = somebody(scene);
    int wrong = cleo.rest().ask("DELETE", "/api/me", Map.of("password", "not this one")).status();
    int none = cleo.rest().ask("DELETE", "/api/me", Map.of()).status();
    int still = cleo.rest().get("/api/me").status();
    return wrong == 403 && none == 400 && still == 200
        ? "403, and still there"
        : wrong + " " + none + " " + still;
  }

  /** Cleo says something in a public room and to Ann, and goes. */
  private static String deleted(Scene scene) {
    RestUser cleo = somebody(scene);
    String room = scene.shared();
    String direct = direct(cleo, scene.ann);
    cleo.rest().post("/api/rooms/" + room + "/join", Map.of()).expect(200);
    say(cleo, room).expect(201);
    say(cleo, direct).expect(201);
    SocketClient socket = scene.open(cleo);
    String password = "correct horse " + cleo.username();
    cleo.rest().ask("DELETE", "/api/me", Map.of("password", password)).expect(204);
    await().atMost(HEEDED).until(() -> cleo.rest().get("/api/me").status() == 401);
    await().atMost(HEEDED).until(socket::closed);
    RestClient again = RestClient.anonymous(scene.node.httpPort());
    Map<String, String> credentials = Map.of("username", cleo.username(), "password", password);
    int login = again.post("/api/auth/login", credentials).status();
    int taken =
        again
            .post(
                "/api/auth/register",
                Map.of("username", cleo.username(), "password", "another password"))
            .status();
    RestClient ann = scene.ann.rest();
    await().atMost(HEEDED).until(() -> say(scene.ann, direct).status() == 403);
    await().atMost(Scene.PATIENCE.plusSeconds(30)).until(() -> named(ann, direct));
    await().atMost(HEEDED).until(() -> named(ann, room));
    int looked = ann.get("/api/users/" + cleo.id()).status();
    boolean member =
        ann.get("/api/rooms/" + room + "/members").body().toString().contains(cleo.id());
    String peer = ann.get("/api/rooms/" + direct).body().path("name").asText();
    boolean well =
        login == 401 && taken == 409 && looked == 404 && !member && peer.equals("Deleted account");
    return well ? "gone" : login + " " + taken + " " + looked + " " + member + " " + peer;
  }

  /** Whether nothing in a room tells the name of a deleted account any more. */
  private static boolean named(RestClient who, String room) {
    String entries = who.get("/api/rooms/" + room + "/messages?limit=500").body().toString();
    return entries.contains("Deleted account") && !entries.contains("Cleo");
  }

  private static String export(Scene scene) {
    RestUser cleo = somebody(scene);
    String room = scene.shared();
    cleo.rest().post("/api/rooms/" + room + "/join", Map.of()).expect(200);
    say(cleo, room).expect(201);
    cleo.rest().put("/api/me/contacts/" + scene.ann.id()).expect(200);
    JsonNode own = cleo.rest().get("/api/me/export").expect(200).body();
    boolean all =
        own.path("account").path("id").asText().equals(cleo.id())
            && own.path("contacts").path(0).path("id").asText().equals(scene.ann.id())
            && own.path("sessions").size() == 1
            && told(own.path("audit"))
            && said(own, room) == 1
            && !own.toString().contains("correct horse");
    cleo.rest().get("/api/me/export").expect(200);
    cleo.rest().get("/api/me/export").expect(200);
    int fourth = cleo.rest().get("/api/me/export").status();
    return all && fourth == 429 ? "one's own, then 429" : fourth + " " + own;
  }

  /** Nothing but that they signed up and asked for this, by themselves. */
  private static boolean told(JsonNode audit) {
    boolean all = audit.size() > 0;
    for (JsonNode deed : audit) {
      all &= deed.path("by").asText().equals("self");
    }
    return all;
  }

  private static int said(JsonNode export, String room) {
    int said = 0;
    for (JsonNode each : export.path("rooms")) {
      said += each.path("id").asText().equals(room) ? each.path("messages").size() : 0;
    }
    return said;
  }

  private static String direct(RestUser by, RestUser with) {
    return by.rest()
        .post("/api/rooms/direct", Map.of("userId", with.id()))
        .expect(200)
        .body()
        .path("id")
        .asText();
  }

  private static RestUser somebody(Scene scene) {
    return RestClient.signUp(scene.node.httpPort(), "Cleo");
  }

  private static Answer say(RestUser who, String room) {
    return who.rest().post("/api/rooms/" + room + "/messages", Map.of("text", "hello"));
  }

  /** A direct room of Ann's and somebody new, in which both have spoken before Ann blocks them. */
  private static String quarrel(Scene scene, RestUser other) {
    String room = direct(other, scene.ann);
    say(other, room).expect(201);
    say(scene.ann, room).expect(201);
    scene.ann.rest().put("/api/me/blocks/" + other.id()).expect(204);
    await().atMost(HEEDED).until(() -> say(other, room).status() == 403);
    return room;
  }

  private static String blocked(Scene scene) {
    RestUser cleo = somebody(scene);
    String room = quarrel(scene, cleo);
    await().atMost(HEEDED).until(() -> say(scene.ann, room).status() == 403);
    JsonNode cleos = say(cleo, room).body();
    JsonNode anns = say(scene.ann, room).body();
    int cleoReads = cleo.rest().get("/api/rooms/" + room + "/messages").status();
    int annReads = scene.ann.rest().get("/api/rooms/" + room + "/messages").status();
    boolean same = cleos.path("detail").equals(anns.path("detail"));
    boolean refused = cleos.path("code").asText().equals("FORBIDDEN");
    return same && refused && cleoReads == 200 && annReads == 200
        ? "4030, and readable"
        : cleos + " " + anns + cleoReads + annReads;
  }

  private static String typing(Scene scene) {
    RestUser cleo = somebody(scene);
    String room = quarrel(scene, cleo);
    try (SocketClient socket = scene.open(cleo)) {
      return Scene.refusal(socket.send("messages.typing", Map.of("room", room)));
    }
  }

  private static String opening(Scene scene) {
    RestUser cleo = somebody(scene);
    scene.ann.rest().put("/api/me/blocks/" + cleo.id()).expect(204);
    try (SocketClient socket = scene.open(cleo)) {
      return Scene.refusal(socket.send("rooms.direct", Map.of("user", scene.ann.id())));
    }
  }

  private static String unblocked(Scene scene) {
    RestUser cleo = somebody(scene);
    String room = quarrel(scene, cleo);
    try (SocketClient socket = scene.open(scene.ann)) {
      Await.of(socket.send("contacts.unblock", Map.of("user", cleo.id())));
    }
    await().atMost(HEEDED).until(() -> say(cleo, room).status() == 201);
    return "said";
  }

  private static String profile(Scene scene) {
    RestUser cleo = somebody(scene);
    cleo.rest().ask("PATCH", "/api/me/profile", Map.of("about", "all about me")).expect(200);
    cleo.rest().put("/api/me/blocks/" + scene.ann.id()).expect(204);
    JsonNode seen = scene.ann.rest().get("/api/users/" + cleo.id()).expect(200).body();
    JsonNode found = scene.ann.rest().get("/api/users?query=" + cleo.username()).expect(200).body();
    boolean hidden =
        !seen.has("about")
            && !seen.has("lastSeen")
            && !seen.path("blocked").asBoolean()
            && found.path("users").isEmpty();
    return hidden ? "nothing but the name" : seen + " " + found;
  }
}
