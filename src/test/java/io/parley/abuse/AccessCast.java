package io.parley.abuse;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.cli.client.Person;
import io.parley.cli.load.Mint;
import io.parley.config.Config;
import io.parley.config.ConfigLoader;
import io.parley.fixtures.Await;
import io.parley.fixtures.ParleyProcess;
import io.parley.fixtures.RestClient;
import io.parley.fixtures.RestClient.Answer;
import io.parley.fixtures.StoreSql;
import io.parley.json.Json;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A node, and for each cell of the table people of its own, none of whom has a password. */
final class AccessCast implements AutoCloseable {
  /** A node that has just begun does not know yet who is here. */
  private static final Duration START = Duration.ofSeconds(30);

  private static final int OWNER = 0;
  private static final int MEMBER = 1;
  private static final int OTHER = 2;
  private static final int TARGET = 3;
  private static final int EACH = 4;
  private static final Set<String> ON_MEMBERS =
      Set.of("removeMember", "giveRoomRole", "muteMember", "unmuteMember", "banFromRoom");

  private final Vertx vertx = Vertx.vertx();
  private final ParleyProcess node;
  private final RestClient anonymous;
  private final Map<String, AccessIT.Operation> operations;
  private final Map<Cell, List<Person>> people = new HashMap<>();
  private final Map<Cell, Scenery> sceneries = new ConcurrentHashMap<>();

  /** Who asks: of the room, of the server, or nobody any more. */
  enum Caller {
    ANONYMOUS,
    STRANGER,
    MEMBER,
    OWNER,
    MODERATOR,
    ADMIN,
    DISABLED,
    GONE
  }

  record Cell(String operation, Caller who) {}

  /** A private room, and what of it a request names. */
  private record Scenery(String room, String seq, String cursor) {}

  AccessCast(Path data, Collection<AccessIT.Operation> all) {
    operations =
        all.stream().collect(Collectors.toMap(AccessIT.Operation::id, operation -> operation));
    node =
        ParleyProcess.serve(data)
            .env("PARLEY_LIMITS_REST_ANONYMOUS", "0")
            .env("PARLEY_LIMITS_REST_USER", "0")
            .env("PARLEY_LIMITS_REGISTRATIONS", "0")
            .env("PARLEY_LIMITS_SIGN_IN_FAILURES", "1000")
            .env("PARLEY_LIMITS_SIGN_IN_FAILURES_PER_ADDRESS", "1000")
            .start()
            .awaitReady();
    anonymous = RestClient.anonymous(node.httpPort());
    Config config =
        ConfigLoader.load(Optional.empty(), Map.of(), Map.of("node.data", data.toString()))
            .config();
    List<Cell> cells = new ArrayList<>();
    for (AccessIT.Operation operation : all) {
      for (Caller who : Caller.values()) {
        cells.add(new Cell(operation.id(), who));
      }
    }
    List<Person> made =
        Await.of(Mint.of(vertx, config, Duration.ofMinutes(15)).make("cast", cells.size() * EACH));
    for (int i = 0; i < cells.size(); i++) {
      people.put(cells.get(i), made.subList(i * EACH, (i + 1) * EACH));
    }
    StoreSql sql = StoreSql.in(data);
    sql.run("update accounts set role = 'moderator' where id in " + who(Caller.MODERATOR));
    sql.run("update accounts set role = 'admin' where id in " + who(Caller.ADMIN));
    sql.run("update accounts set disabled_at = now() where id in " + who(Caller.DISABLED));
    sql.run("update sessions set ended_at = now() where account in " + who(Caller.GONE));
    RestClient anybody = anonymous.with(made.get(OWNER).token());
    String whoIsHere = "/api/users/" + made.get(OWNER).user() + "/presence";
    await().atMost(START).until(() -> anybody.get(whoIsHere).status() == 200);
  }

  Collection<Cell> cells() {
    return people.keySet();
  }

  private String who(Caller who) {
    return people.entrySet().stream()
        .filter(cell -> cell.getKey().who() == who)
        .map(cell -> "'" + cell.getValue().get(OTHER).user() + "'")
        .collect(Collectors.joining(",", "(", ")"));
  }

  /** Asks what a cell asks for, of what is there for it. */
  Answer ask(Cell cell) {
    Scenery scenery =
        operations.get(cell.operation()).inRoom()
            ? sceneries.computeIfAbsent(cell, this::scenery)
            : new Scenery("", "1", "");
    return ask(cell, scenery);
  }

  /** The same of another room. */
  Answer ask(Cell cell, String room) {
    Scenery scenery = sceneries.computeIfAbsent(cell, this::scenery);
    return ask(cell, new Scenery(room, scenery.seq(), scenery.cursor()));
  }

  private Answer ask(Cell cell, Scenery scenery) {
    AccessIT.Operation operation = operations.get(cell.operation());
    String path =
        operation
            .path()
            .replace("{room}", scenery.room())
            .replace("{target}", scenery.seq())
            .replace("{user}", target(cell).user())
            .replace("{session}", session(person(cell, TARGET)))
            .replace("{invite}", target(cell).user())
            .replace("{kind}", "username")
            .replace("{emoji}", "%F0%9F%91%8D");
    String query =
        switch (operation.id()) {
          case "sync" -> "?cursor=" + scenery.cursor();
          case "explainUnread" -> "?room=" + scenery.room();
          case "search" -> "?query=tea";
          default -> "";
        };
    return caller(cell).ask(operation.method(), path + query, body(cell, scenery));
  }

  private RestClient caller(Cell cell) {
    return switch (cell.who()) {
      case ANONYMOUS -> anonymous;
      case OWNER -> anonymous.with(person(cell, OWNER).token());
      case MEMBER -> anonymous.with(person(cell, MEMBER).token());
      default -> anonymous.with(person(cell, OTHER).token());
    };
  }

  private Person person(Cell cell, int which) {
    return people.get(cell).get(which);
  }

  /**
   * Members are removed, and get roles, who are there; everything else is done to somebody who is
   * elsewhere.
   */
  private Person target(Cell cell) {
    if (!ON_MEMBERS.contains(cell.operation())) {
      return person(cell, TARGET);
    }
    return person(cell, cell.who() == Caller.MEMBER ? OWNER : MEMBER);
  }

  /** Whether the one to whom it was done is still signed in. */
  boolean stillThere(Cell cell) {
    return anonymous.with(person(cell, TARGET).token()).get("/api/me").status() == 200;
  }

  private static String session(Person person) {
    String claims = person.token().split("\\.", -1)[1];
    return Json.object(Base64.getUrlDecoder().decode(claims)).path("sid").asText();
  }

  private Scenery scenery(Cell cell) {
    RestClient owner = anonymous.with(person(cell, OWNER).token());
    String room = owner.room("cast", "private");
    owner.put("/api/rooms/" + room + "/members/" + person(cell, MEMBER).user()).expect(204);
    JsonNode said =
        owner.post("/api/rooms/" + room + "/messages", Map.of("text", "hello")).expect(201).body();
    return new Scenery(room, said.path("seq").asText(), said.path("cursor").asText());
  }

  private Map<String, ?> body(Cell cell, Scenery scenery) {
    String target = person(cell, TARGET).user();
    return switch (cell.operation()) {
      case "register" ->
          Map.of("username", "new" + target.substring(24), "password", "correct horse battery");
      case "login" -> Map.of("username", person(cell, OTHER).username(), "password", "a guess");
      case "refresh", "logout" -> Map.of("refreshToken", refreshToken(cell));
      case "verifyEmail" -> Map.of("token", "pmt_no");
      case "askPasswordReset" -> Map.of("email", "somebody@example.org");
      case "resetPassword" -> Map.of("token", "pmt_no", "password", "correct horse battery");
      case "changePassword" -> Map.of("current", "a guess", "password", "correct horse battery");
      case "changeIdentifier" -> Map.of("value", "another", "password", "a guess");
      case "deleteAccount" -> Map.of("password", "a guess");
      case "setPresence" -> Map.of("state", "online");
      case "updateProfile" -> Map.of("about", "x");
      case "createRoom" -> Map.of("name", "x" + target);
      case "directRoom" -> Map.of("userId", target);
      case "postMessage", "editMessage" -> Map.of("text", "x");
      case "read", "delivered", "markUnread", "readThread" -> Map.of("seq", 1);
      case "forwardMessage" -> Map.of("to", scenery.room());
      case "postDirect" -> Map.of("recipientId", target, "text", "x");
      case "giveRole", "giveRoomRole" -> Map.of("role", "moderator");
      case "updateRoom" -> Map.of("description", "x");
      case "acceptInvite", "lookAtInvite" -> Map.of("token", "pit_" + "A".repeat(43));
      case "muteMember" -> Map.of("seconds", 60);
      case "setRoomSettings" -> Map.of("favourite", true);
      case "disableAccount", "banFromRoom" -> Map.of("reason", "x");
      default -> Map.of();
    };
  }

  private String refreshToken(Cell cell) {
    return switch (cell.who()) {
      case ANONYMOUS -> "prt_no";
      case OWNER -> person(cell, OWNER).refreshToken();
      case MEMBER -> person(cell, MEMBER).refreshToken();
      default -> person(cell, OTHER).refreshToken();
    };
  }

  @Override
  public void close() {
    node.terminate();
    Await.of(vertx.close());
  }
}
