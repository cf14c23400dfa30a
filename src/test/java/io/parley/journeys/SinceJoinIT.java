package io.parley.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.parley.failure.Failure;
import io.parley.fixtures.Await;
import io.parley.fixtures.ParleyProcess;
import io.parley.fixtures.RestClient;
import io.parley.fixtures.RestClient.RestUser;
import io.parley.fixtures.SocketClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody who came later into a room whose history is closed, on a real node: whatever they ask,
 * by socket and by REST, and whatever they hear, nothing of what was said before is in it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(org.junit.jupiter.api.MethodOrderer.MethodName.class)
class SinceJoinIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Stands in everything that was said before, and in other words for it. */
  private static final String BEFORE = "sekret";

  private static final String AFTER = "afterwards";

  /** Ends what the others need; shows no message. */
  private static final Set<String> NEVER_ASKED =
      Set.of(
          "account.delete",
          "rooms.leave",
          "sessions.revoke",
          "sessions.revokeAll",
          "session.open",
          "session.renew",
          "presence.watch");

  /** Those that have no twin among commands; of them only the export tells of messages. */
  private static final Set<String> REST_ONLY =
      Set.of(
          "register",
          "login",
          "refresh",
          "logout",
          "check",
          "verifyEmail",
          "resendVerification",
          "askPasswordReset",
          "resetPassword",
          "changePassword",
          "changeIdentifier",
          "me",
          "exportAccount",
          "listAccounts",
          "getAccount",
          "giveRole",
          "disableAccount",
          "enableAccount",
          "endSessions",
          "readAudit",
          "getUser",
          "searchUsers",
          "postDirect",
          "revokeSession",
          "revokeSessions",
          "deleteAccount");

  private final Vertx vertx = Vertx.vertx();
  private final JsonNode openapi = yaml("/openapi.yaml");
  private final JsonNode asyncapi = yaml("/asyncapi.yaml");
  private ParleyProcess node;
  private RestUser ann;
  private RestUser bob;
  private String room;
  private String elsewhere;
  private SocketClient live;
  private SocketClient socket;
  private String early;
  private long old;
  private long root;
  private long edited;
  private long pinned;
  private long fresh;

  @BeforeAll
  void somebodyComesLater(@TempDir Path data) {
    node =
        ParleyProcess.serve(data)
            .withoutRates()
            .env("PARLEY_LIMITS_SEARCHES", "0")
            .env("PARLEY_LIMITS_REST_USER", "0")
            .env("PARLEY_AUTH_ARGON_MEMORY_KIB", "8192")
            .env("PARLEY_AUTH_ARGON_ITERATIONS", "1")
            .start()
            .awaitReady();
    ann = RestClient.signUp(node.httpPort(), "Ann");
    bob = RestClient.signUp(node.httpPort(), "Bob");
    elsewhere = bob.rest().room("elsewhere", "private");
    Map<String, Object> wanted =
        Map.of("name", "cellar", "type", "private", "history", "since-join");
    room = ann.rest().post("/api/rooms", wanted).expect(201).body().path("id").asText();
    before();
    ann.rest().put("/api/rooms/" + room + "/members/" + bob.id()).expect(204);
    live = SocketClient.open(vertx, node.bridgePort(), bob.token());
    live.register("user." + bob.id(), Optional.empty());
    live.listen(room, Optional.empty());
    socket = SocketClient.open(vertx, node.bridgePort(), bob.token());
    after();
  }

  private void before() {
    JsonNode first = says(Map.of("text", "the first " + BEFORE, "mentions", List.of(bob.id())));
    old = first.path("seq").asLong();
    early = first.path("cursor").asText();
    root = says(Map.of("text", "a thread of " + BEFORE)).path("seq").asLong();
    says(Map.of("text", "in it a " + BEFORE, "thread", root));
    edited = says(Map.of("text", "one " + BEFORE)).path("seq").asLong();
    change("PATCH", edited, "", Map.of("text", "another " + BEFORE));
    pinned = says(Map.of("text", "a pinned " + BEFORE)).path("seq").asLong();
    change("PUT", pinned, "/pin", Map.of());
  }

  private void after() {
    fresh = says(Map.of("text", AFTER, "replyTo", old)).path("seq").asLong();
    change("PATCH", edited, "", Map.of("text", "once more a " + BEFORE));
    change("PUT", old, "/pin", Map.of());
    change("PUT", old, "/reactions/" + encoded("👍"), Map.of());
    change("PUT", fresh, "/pin", Map.of());
    says(Map.of("text", AFTER + " in the thread", "thread", root));
    says(Map.of("text", AFTER + " for Bob", "mentions", List.of(bob.id())));
    String aside = AFTER + " for Bob in the thread";
    says(Map.of("text", aside, "thread", root, "mentions", List.of(bob.id())));
  }

  private JsonNode says(Map<String, ?> body) {
    return ann.rest().post("/api/rooms/" + room + "/messages", body).expect(201).body();
  }

  private void change(String method, long target, String what, Map<String, ?> body) {
    ann.rest().ask(method, "/api/rooms/" + room + "/messages/" + target + what, body).expect(200);
  }

  @AfterAll
  void stop() {
    node.terminate();
    Await.of(vertx.close());
  }

  /** The questions that can show messages, each asked in all these ways. */
  private Map<String, List<Map<String, Object>>> reading() {
    Map<String, List<Map<String, Object>>> reading = new LinkedHashMap<>();
    reading.put(
        "messages.history",
        List.of(
            Map.of(),
            Map.of("around", old),
            Map.of("around", edited),
            Map.of("before", fresh),
            Map.of("after", 0),
            Map.of("limit", 500)));
    reading.put(
        "messages.thread",
        List.of(Map.of("target", root), Map.of("target", old), Map.of("target", fresh)));
    reading.put("messages.sync", List.of(Map.of("cursor", early), Map.of("cursor", cursor())));
    reading.put("messages.pins", List.of(Map.of(), Map.of("before", 1_000)));
    reading.put(
        "messages.get",
        List.of(Map.of("seqs", List.of(old, root, edited, pinned, fresh), "target", old)));
    reading.put("messages.revisions", List.of(Map.of("target", edited), Map.of("target", fresh)));
    reading.put(
        "messages.forward",
        List.of(Map.of("target", old, "to", elsewhere), Map.of("target", edited, "to", elsewhere)));
    reading.put("messages.explain", List.of(Map.of(), Map.of("after", 0), Map.of("thread", root)));
    reading.put("threads.list", List.of(Map.of()));
    reading.put("threads.get", List.of(Map.of("target", root)));
    reading.put("messages.receipts", List.of(Map.of()));
    reading.put(
        "search.messages",
        List.of(
            Map.of("query", BEFORE),
            Map.of("query", "from:Ann"),
            Map.of("query", BEFORE, "sort", "rank")));
    reading.put("rooms.list", List.of(Map.of()));
    reading.put("rooms.get", List.of(Map.of()));
    reading.put("rooms.members", List.of(Map.of()));
    return reading;
  }

  /** The questions that change something, or are about other things, asked about what is hidden. */
  private static final String OTHERS =
      """
      contacts.add contacts.block contacts.blocked contacts.list contacts.remove contacts.unblock
      messages.delete messages.delivered messages.edit messages.pin messages.post messages.react
      messages.read messages.typing messages.unpin messages.unreact messages.unread
      presence.get presence.set profile.get profile.update
      rooms.accept rooms.add rooms.admit rooms.archive rooms.ask rooms.ban rooms.bans rooms.create
      rooms.delete rooms.direct rooms.invite rooms.invited rooms.invites rooms.join rooms.mute
      rooms.refuse rooms.remove rooms.requests rooms.role rooms.settings rooms.unarchive
      rooms.unban rooms.uninvite rooms.unmute rooms.update rooms.withdraw
      sessions.list threads.follow threads.read threads.unfollow users.get users.search
      """;

  private String cursor() {
    JsonNode page = bob.rest().get("/api/rooms/" + room + "/messages").expect(200).body();
    return page.path("entries").path(0).path("cursor").asText();
  }

  @Test
  void a1_everyCommandAndEveryOperationIsPutDownHere() {
    Set<String> known = new TreeSet<>(reading().keySet());
    known.addAll(List.of(OTHERS.strip().split("\\s+")));
    known.addAll(NEVER_ASKED);
    Set<String> commands = new TreeSet<>();
    for (JsonNode channel : asyncapi.path("channels")) {
      if (channel.path("messages").has("request")) {
        commands.add(channel.path("address").asText());
      }
    }
    assertThat(known).isEqualTo(commands);

    Set<String> alone = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : openapi.path("paths").properties()) {
      for (JsonNode operation : path.getValue()) {
        String command = operation.path("x-parley-command").asText();
        if (operation.has("operationId") && !known.contains(command)) {
          alone.add(operation.path("operationId").asText());
        }
      }
    }
    assertThat(REST_ONLY).containsAll(alone);
  }

  @Test
  void a2_whateverTheyAskNothingFromBeforeTheyCameIsInIt() {
    awaitIndexed();
    List<String> leaks = new ArrayList<>();
    int shown = 0;
    Map<String, List<Map<String, Object>>> all = new LinkedHashMap<>(reading());
    for (String command : OTHERS.strip().split("\\s+")) {
      all.putIfAbsent(command, List.of(Map.of("target", edited)));
    }
    for (var each : all.entrySet()) {
      for (Map<String, Object> more : each.getValue()) {
        for (String answer : answers(each.getKey(), more)) {
          shown += answer.contains(AFTER) ? 1 : 0;
          if (answer.contains(BEFORE)) {
            leaks.add(each.getKey() + " " + more + ": " + answer);
          }
        }
      }
    }
    assertThat(leaks).isEmpty();
    assertThat(shown).as("but what was said since is").isGreaterThan(20);
    String export =
        new String(bob.rest().get("/api/me/export").raw().body(), StandardCharsets.UTF_8);
    assertThat(export).contains(room).doesNotContain(BEFORE);
  }

  /** The search above finds nothing because it must not, and not because there is nothing yet. */
  private void awaitIndexed() {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                ann.rest().get("/api/search?query=" + BEFORE).body().path("results").size() >= 4
                    && !bob.rest()
                        .get("/api/search?query=" + AFTER)
                        .body()
                        .path("results")
                        .isEmpty());
  }

  private List<String> answers(String command, Map<String, Object> more) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("room", room);
    fields.put("text", "x");
    fields.put("emoji", "👍");
    fields.put("seq", old);
    fields.put("user", bob.id());
    fields.put("seconds", 60);
    fields.put("favourite", true);
    fields.put("name", "n " + UUID.randomUUID());
    fields.put("query", "Ann");
    fields.put("state", "online");
    fields.putAll(more);
    List<String> answers = new ArrayList<>();
    answers.add(
        Await.of(
            socket
                .send(command, fields)
                .map(JsonNode::toString)
                .recover(cause -> Future.succeededFuture(Failure.from(cause).text()))));
    byRest(command, fields).ifPresent(answers::add);
    return answers;
  }

  private Optional<String> byRest(String command, Map<String, Object> fields) {
    for (Map.Entry<String, JsonNode> path : openapi.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> each : path.getValue().properties()) {
        if (each.getValue().path("x-parley-command").asText().equals(command)) {
          return Optional.of(ask(each.getKey(), path.getKey(), each.getValue(), fields));
        }
      }
    }
    return Optional.empty();
  }

  private String ask(String method, String path, JsonNode operation, Map<String, Object> fields) {
    Map<String, Object> body = new HashMap<>(fields);
    body.put("userId", ann.id());
    String filled = path;
    for (var field : fields.entrySet()) {
      String place = "{" + field.getKey() + "}";
      if (path.contains(place)) {
        filled = filled.replace(place, encoded(String.valueOf(field.getValue())));
        body.remove(field.getKey());
      }
    }
    StringBuilder query = new StringBuilder();
    for (JsonNode parameter : operation.path("parameters")) {
      String name = name(parameter);
      if (body.containsKey(name)) {
        query.append(query.isEmpty() ? "?" : "&").append(name).append("=");
        query.append(encoded(String.valueOf(body.get(name))));
      }
    }
    String verb = method.toUpperCase(Locale.ROOT);
    Map<String, Object> sent = operation.has("requestBody") ? body : Map.of();
    byte[] answer =
        bob.rest().ask(verb, filled.replaceAll("\\{\\w+}", bob.id()) + query, sent).raw().body();
    return new String(answer, StandardCharsets.UTF_8);
  }

  private String name(JsonNode parameter) {
    JsonNode found =
        parameter.has("$ref")
            ? openapi.at(parameter.path("$ref").asText().substring(1))
            : parameter;
    return found.path("in").asText().equals("query") ? found.path("name").asText() : "";
  }

  @Test
  void a3_whatTheyHearHasNoOtherWordsForWhatTheyMayNotSee() {
    await().atMost(PATIENCE).until(() -> heard(live, "edit"));
    await().atMost(PATIENCE).until(() -> live.received("room." + room).toString().contains(AFTER));
    assertThat(live.received("room." + room).toString()).doesNotContain(BEFORE);
    assertThat(live.received("user." + bob.id()).toString()).doesNotContain(BEFORE);

    SocketClient again = SocketClient.open(vertx, node.bridgePort(), bob.token());
    JsonNode ready = again.listen(room, Optional.of(cursor()));
    assertThat(ready.path("complete").asBoolean()).isTrue();
    assertThat(again.received("room." + room).toString()).contains(AFTER).doesNotContain(BEFORE);
    assertThat(heard(again, "edit")).isTrue();
    again.close();
  }

  @Test
  void a4_whereSomebodyElseStoodTheyBeginAnew() {
    SocketClient again = SocketClient.open(vertx, node.bridgePort(), bob.token());
    JsonNode ready = again.listen(room, Optional.of(early));
    assertThat(ready.path("reset").asBoolean()).isTrue();
    assertThat(again.entries(room)).isEmpty();
    String sync = "/api/rooms/" + room + "/sync?cursor=" + encoded(early);
    assertThat(bob.rest().get(sync).expect(200).body().path("reset").asBoolean()).isTrue();
    again.close();
  }

  @Test
  void b1_whoIsThereKeepsWhatTheyCouldReadAndOpeningShowsItToAll() {
    RestUser cem = RestClient.signUp(node.httpPort(), "Cem");
    JsonNode own = bob.rest().get("/api/rooms/" + room).expect(200).body().path("membership");
    assertThat(own.path("since").asLong()).isGreaterThan(pinned).isLessThan(fresh);
    assertThat(ann.rest().get("/api/rooms/" + room).body().path("membership").has("since"))
        .isFalse();
    assertThat(history(ann)).contains(BEFORE);

    change(Map.of("history", "all"));

    assertThat(history(bob)).contains("the first " + BEFORE);
    await().atMost(PATIENCE).until(() -> heard(live, "history"));
    change("PATCH", edited, "", Map.of("text", "open now: " + BEFORE));
    await()
        .atMost(PATIENCE)
        .until(() -> live.received("room." + room).toString().contains("open now: " + BEFORE));
    JsonNode reply =
        bob.rest()
            .post("/api/rooms/" + room + "/messages", Map.of("text", "x", "replyTo", old))
            .expect(201)
            .body();
    change(Map.of("history", "since-join"));
    ann.rest().put("/api/rooms/" + room + "/members/" + cem.id()).expect(204);
    assertThat(history(bob)).as("kept").contains(BEFORE);
    assertThat(history(cem)).doesNotContain(BEFORE).doesNotContain(AFTER);
    SocketClient late = SocketClient.open(vertx, node.bridgePort(), cem.token());
    assertThat(
            late.listen(room, Optional.of(reply.path("cursor").asText())).path("reset").asBoolean())
        .isTrue();
    late.close();
  }

  private void change(Map<String, ?> terms) {
    ann.rest().ask("PATCH", "/api/rooms/" + room, terms).expect(200);
  }

  private String history(RestUser user) {
    return user.rest()
        .get("/api/rooms/" + room + "/messages?limit=500")
        .expect(200)
        .body()
        .toString();
  }

  private boolean heard(SocketClient listener, String kind) {
    return listener.entries(room).stream()
        .anyMatch(entry -> entry.path("kind").asText().equals(kind));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static JsonNode yaml(String name) {
    try (InputStream yaml = SinceJoinIT.class.getResourceAsStream(name)) {
      return new YAMLMapper().readTree(yaml);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
