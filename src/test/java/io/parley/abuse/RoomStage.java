package io.parley.abuse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.parley.abuse.RoomRights.Trial;
import io.parley.failure.Failure;
import io.parley.fixtures.Await;
import io.parley.fixtures.ParleyProcess;
import io.parley.fixtures.RestClient;
import io.parley.fixtures.RestClient.Answer;
import io.parley.fixtures.RestClient.RestUser;
import io.parley.fixtures.SocketClient;
import io.parley.fixtures.StoreSql;
import io.parley.rooms.Role;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** A node, and rooms on it in which somebody tries what they may. */
final class RoomStage implements AutoCloseable {
  private static final Set<String> SILENT =
      Set.of(
          "messages.history",
          "messages.read",
          "messages.pins",
          "messages.get",
          "messages.revisions",
          "messages.thread",
          "messages.forward",
          "messages.delivered",
          "messages.receipts",
          "messages.unread",
          "messages.typing",
          "threads.get",
          "threads.follow",
          "threads.unfollow",
          "threads.read",
          "rooms.members",
          "rooms.bans",
          "rooms.invite",
          "rooms.invites",
          "rooms.uninvite",
          "rooms.settings",
          "rooms.requests",
          "rooms.refuse");
  private static final String EMOJI = "👍";
  private static final int HOUR = 3_600;

  /** What is done to somebody who is not there. */
  private static final Set<String> NEW =
      Set.of("rooms.add", "rooms.unban", "rooms.admit", "rooms.refuse");

  /** Ways to write for which there is no command of their own. */
  static final String IN_A_THREAD = "messages.post, in a thread";

  static final String FROM_ELSEWHERE = "messages.forward, from another room";

  private static final String RALLY = "mention everybody, of more than 20";

  private final Vertx vertx = Vertx.vertx();
  private final ParleyProcess node;
  private final Map<String, Twin> twins = new HashMap<>();
  private final StoreSql sql;

  /** What a command is in REST. */
  private record Twin(String method, String path) {}

  RoomStage(Path data) {
    node =
        ParleyProcess.serve(data)
            .env("PARLEY_LIMITS_REST_ANONYMOUS", "0")
            .env("PARLEY_LIMITS_REST_USER", "0")
            .env("PARLEY_LIMITS_REGISTRATIONS", "0")
            .env("PARLEY_LIMITS_ROOM_RATE", "0")
            .env("PARLEY_LIMITS_USER_RATE", "0")
            .env("PARLEY_AUTH_ARGON_MEMORY_KIB", "8192")
            .env("PARLEY_AUTH_ARGON_ITERATIONS", "1")
            .start()
            .awaitReady();
    sql = StoreSql.in(data);
    try (InputStream yaml = RoomStage.class.getResourceAsStream("/openapi.yaml")) {
      JsonNode paths = new YAMLMapper().readTree(yaml).path("paths");
      for (Map.Entry<String, JsonNode> path : paths.properties()) {
        for (Map.Entry<String, JsonNode> each : path.getValue().properties()) {
          String command = each.getValue().path("x-parley-command").asText();
          if (!command.isEmpty() && path.getKey().startsWith("/api/rooms/{room}")) {
            String method = each.getKey().toUpperCase(Locale.ROOT);
            twins.put(command, new Twin(method, path.getKey()));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What may be asked of a room, but for some. */
  Set<String> commands(Set<String> except) {
    return twins.keySet().stream()
        .filter(command -> !except.contains(command))
        .collect(Collectors.toSet());
  }

  Room room(String type, boolean socket) {
    return new Room(type, socket);
  }

  private RestUser somebody(String name) {
    return RestClient.signUp(node.httpPort(), name);
  }

  private SocketClient open(RestUser user) {
    return SocketClient.open(vertx, node.bridgePort(), user.token());
  }

  @Override
  public void close() {
    node.terminate();
    Await.of(vertx.close());
  }

  /** A room of an owner, with somebody who tries things, and another whom they are tried on. */
  final class Room implements AutoCloseable {
    private final RestUser owner = somebody("Olga");
    private final RestUser actor = somebody("Ada");
    private final RestUser subject = somebody("Ben");
    private final RestUser newcomer = somebody("Nia");
    private final SocketClient line = open(actor);
    private final SocketClient outside = open(newcomer);
    private final boolean socket;
    private final String id;
    private final String elsewhere;
    private final long saidElsewhere;

    private Room(String type, boolean socket) {
      this.socket = socket;
      this.id = owner.rest().room("stage", type);
      this.elsewhere = actor.rest().room("elsewhere", "private");
      this.saidElsewhere = post(actor, elsewhere);
      add(actor);
      add(subject);
    }

    String id() {
      return id;
    }

    private void add(RestUser user) {
      owner.rest().put("/api/rooms/" + id + "/members/" + user.id()).expect(204);
    }

    private void give(RestUser user, Role role) {
      owner
          .rest()
          .ask(
              "PUT",
              "/api/rooms/" + id + "/members/" + user.id() + "/role",
              Map.of("role", role.word()))
          .expect(204);
    }

    /** What the one who tries things is from now on. */
    void becomes(Role role) {
      give(actor, role);
    }

    /** How a trial ends: OK, or the reason; and whether the log has what it should have. */
    String tries(Trial trial) {
      if (trial.command().equals("rooms.delete")) {
        return deletes(trial);
      }
      calm();
      add(actor);
      add(subject);
      owner.rest().delete("/api/rooms/" + id + "/members/" + newcomer.id()).expect(204);
      becomes(Role.MEMBER);
      give(subject, trial.subject().orElse(Role.MEMBER));
      Map<String, Object> arguments = arguments(trial.command(), trial.to());
      if (trial.what().startsWith("slow")) {
        arguments.remove("description");
        arguments.put("slowMode", 7);
      }
      if (trial.what().endsWith("its history")) {
        arguments.remove("description");
        arguments.put("history", "since-join");
      }
      RestUser author = trial.what().endsWith("others'") ? owner : actor;
      if (trial.what().equals(RALLY)) {
        sql.run("update rooms set member_count = 21 where id = '" + id + "'");
        arguments.put("mentionsRoom", true);
      }
      arguments.put("target", post(author));
      arguments.put("user", (NEW.contains(trial.command()) ? newcomer : subject).id());
      if (trial.command().equals("messages.unreact")) {
        ask(false, actor, line, "messages.react", arguments);
      }
      if (trial.command().equals("messages.unpin")) {
        ask(false, owner, line, "messages.pin", arguments);
      }
      becomes(trial.actor());
      prepare(trial);
      long before = head();
      String ended = ask(socket, actor, line, trial.command(), arguments);
      long written = head() - before;
      long due = ended.equals("OK") && !SILENT.contains(trial.command()) ? 1 : 0;
      return written == due ? ended : ended + " and " + written + " entries";
    }

    /** In a room that is there for nothing else, and is gone when it was deleted. */
    private String deletes(Trial trial) {
      RestClient by = owner.rest();
      String last = by.room("last", "private");
      String member = "/api/rooms/" + last + "/members/" + actor.id();
      by.put(member).expect(204);
      by.ask("PUT", member + "/role", Map.of("role", trial.actor().word())).expect(204);
      Map<String, Object> arguments = new HashMap<>(Map.of("room", last));
      String ended = ask(socket, actor, line, trial.command(), arguments);
      int left = by.get("/api/rooms/" + last).status();
      return left == (ended.equals("OK") ? 404 : 200) ? ended : ended + " and then " + left;
    }

    /** Nothing is left of what was done to the room, or to the people in it. */
    private void calm() {
      RestClient by = owner.rest();
      by.delete("/api/rooms/" + id + "/archive").expect(200);
      by.ask("PATCH", "/api/rooms/" + id, Map.of("slowMode", 0, "history", "all")).expect(200);
      for (RestUser each : List.of(actor, subject, newcomer)) {
        by.delete("/api/rooms/" + id + "/bans/" + each.id()).expect(204);
      }
    }

    /** What must be there to be taken back. */
    private void prepare(Trial trial) {
      RestClient by = owner.rest();
      switch (trial.command()) {
        case "rooms.unarchive" -> by.put("/api/rooms/" + id + "/archive").expect(200);
        case "rooms.unban" -> by.put("/api/rooms/" + id + "/bans/" + newcomer.id()).expect(204);
        case "rooms.unmute" ->
            by.ask("PUT", members(subject) + "/mute", Map.of("seconds", HOUR)).status();
        case "rooms.admit", "rooms.refuse" -> asks(newcomer);
        default -> {}
      }
    }

    private void asks(RestUser user) {
      sql.run("delete from room_requests where room = '" + id + "'");
      sql.run(
          "insert into room_requests (room, account, note, asked_at, until) values ('"
              + id
              + "', '"
              + user.id()
              + "', '', now(), now() + interval '1 day')");
    }

    private String members(RestUser user) {
      return "/api/rooms/" + id + "/members/" + user.id();
    }

    private long post(RestUser author) {
      return post(author, id);
    }

    private static long post(RestUser author, String room) {
      return author
          .rest()
          .post("/api/rooms/" + room + "/messages", Map.of("text", "hello"))
          .expect(201)
          .body()
          .path("seq")
          .asLong();
    }

    /** How somebody is answered who is not in the room. */
    String asStranger(String command) {
      Map<String, Object> arguments = arguments(command, Optional.of(Role.MEMBER));
      arguments.put("target", 1);
      arguments.put("user", subject.id());
      return ask(socket, newcomer, outside, command, arguments);
    }

    private Map<String, Object> arguments(String command, Optional<Role> to) {
      Map<String, Object> arguments = new HashMap<>(Map.of("room", id, "emoji", EMOJI));
      switch (command) {
        case "messages.post", "messages.edit" -> arguments.put("text", "x");
        case "messages.get" -> arguments.put("seqs", List.of(1));
        case "messages.forward" -> arguments.put("to", elsewhere);
        case "messages.read", "messages.delivered", "messages.unread", "threads.read" ->
            arguments.put("seq", 1);
        case "rooms.update" -> arguments.put("description", UUID.randomUUID().toString());
        case "rooms.uninvite" -> arguments.put("invite", UUID.randomUUID().toString());
        case "rooms.mute" -> arguments.put("seconds", HOUR);
        case "rooms.settings" -> arguments.put("favourite", true);
        case "rooms.role" -> arguments.put("role", to.orElseThrow().word());
        default -> {}
      }
      return arguments;
    }

    private String ask(
        boolean bySocket,
        RestUser user,
        SocketClient own,
        String command,
        Map<String, Object> arguments) {
      return bySocket ? send(own, command, arguments) : call(user, command, arguments);
    }

    private static String send(SocketClient own, String command, Map<String, Object> arguments) {
      return Await.of(
          own.send(command, arguments)
              .map("OK")
              .recover(cause -> Future.succeededFuture(Failure.from(cause).reason().name())));
    }

    private String call(RestUser user, String command, Map<String, Object> arguments) {
      Twin twin = twins.get(command);
      Map<String, Object> body = new HashMap<>(arguments);
      String path = twin.path();
      for (String place : List.of("room", "target", "user", "emoji", "seqs", "invite")) {
        String value = String.valueOf(body.remove(place));
        path = path.replace("{" + place + "}", URLEncoder.encode(value, StandardCharsets.UTF_8));
      }
      Answer answer = user.rest().ask(twin.method(), path, body);
      return answer.status() < 300 ? "OK" : answer.body().path("code").asText();
    }

    long head() {
      return view().path("membership").path("head").asLong();
    }

    private JsonNode view() {
      return owner.rest().get("/api/rooms/" + id).expect(200).body();
    }

    /** What the room is called, to its owner and among the public ones. */
    List<String> seen(Optional<String> query) {
      String part = URLEncoder.encode(query.orElse(""), StandardCharsets.UTF_8);
      JsonNode found =
          newcomer.rest().get("/api/rooms?discover=true&query=" + part).expect(200).body();
      return List.of(
          view().path("name").asText(), found.path("rooms").path(0).path("name").asText());
    }

    /** The owner, who hears all that happens. */
    SocketClient listener() {
      SocketClient listener = open(owner);
      listener.listen(id, Optional.empty());
      return listener;
    }

    Future<JsonNode> says(String text) {
      return line.post(id, UUID.randomUUID().toString(), text);
    }

    /** One of all the ways to write, at a message of one's own. */
    Future<JsonNode> writes(String way, long target) {
      String command = way.split(",")[0];
      Map<String, Object> arguments = arguments(command, Optional.empty());
      arguments.put("cid", UUID.randomUUID().toString());
      switch (way) {
        case "messages.post" -> {}
        case IN_A_THREAD -> arguments.put("thread", target);
        case FROM_ELSEWHERE ->
            arguments.putAll(Map.of("room", elsewhere, "target", saidElsewhere, "to", id));
        default -> arguments.put("target", target);
      }
      return line.send(command, arguments);
    }

    /** A message of the one who tries things. */
    long said() {
      return post(actor);
    }

    /** Does something to the one who tries things. */
    Future<JsonNode> does(SocketClient by, String command, Map<String, Object> more) {
      Map<String, Object> arguments = new HashMap<>(more);
      arguments.put("room", id);
      arguments.put("user", actor.id());
      return by.send(command, arguments);
    }

    /** As it was at first. */
    void again() {
      calm();
      owner.rest().delete(members(actor) + "/mute");
      add(actor);
    }

    Future<JsonNode> comes() {
      return line.send("rooms.join", Map.of("room", id));
    }

    Future<JsonNode> silences(SocketClient by) {
      return by.send("rooms.role", Map.of("room", id, "user", actor.id(), "role", "readonly"));
    }

    boolean heard(SocketClient listener, long seq) {
      List<JsonNode> entries = listener.entries(id);
      return !entries.isEmpty() && last(listener).path("seq").asLong() >= seq;
    }

    JsonNode last(SocketClient listener) {
      List<JsonNode> entries = listener.entries(id);
      return entries.get(entries.size() - 1);
    }

    /** Where the newest change of a role stands. */
    long lastRole(SocketClient listener) {
      return lastOf(listener, "role");
    }

    /** Where the newest entry of a kind stands. */
    long lastOf(SocketClient listener, String kind) {
      return listener.entries(id).stream()
          .filter(entry -> entry.path("kind").asText().equals(kind))
          .mapToLong(entry -> entry.path("seq").asLong())
          .max()
          .orElseThrow();
    }

    List<JsonNode> saidAfter(SocketClient listener, long seq) {
      return listener.entries(id).stream()
          .filter(entry -> entry.path("seq").asLong() > seq)
          .filter(entry -> entry.path("author").path("id").asText().equals(actor.id()))
          .toList();
    }

    @Override
    public void close() {
      line.close();
      outside.close();
    }
  }
}
