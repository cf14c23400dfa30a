package io.parley.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.accounts.AccountsApi;
import io.parley.accounts.AccountsApi.SessionEnded;
import io.parley.accounts.Authenticator;
import io.parley.accounts.Identity;
import io.parley.accounts.ProfilesApi;
import io.parley.accounts.SessionId;
import io.parley.accounts.SessionsApi;
import io.parley.accounts.SessionsApi.EndedPlace;
import io.parley.accounts.SessionsApi.EndedSessions;
import io.parley.accounts.SessionsApi.EndedSince;
import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.commands.Args;
import io.parley.commands.Command;
import io.parley.commands.Commands;
import io.parley.config.BridgeConfig;
import io.parley.config.ByteSize;
import io.parley.config.EdgeConfig;
import io.parley.config.EdgeTlsConfig;
import io.parley.config.LimitsConfig;
import io.parley.config.PresenceConfig;
import io.parley.contacts.ContactsApi;
import io.parley.edge.Door;
import io.parley.edge.EdgeTls;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.Limited;
import io.parley.fixtures.MovableClock;
import io.parley.log.Draft;
import io.parley.log.LogApi;
import io.parley.log.LogId;
import io.parley.presence.PresenceApi;
import io.parley.rooms.ReadersApi;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A bridge on a free port, with an owner of logs and tokens that tests make up. */
final class TestBridge implements AutoCloseable {
  static final String ORIGIN = "https://app.example.org";

  private static final Paces QUICK =
      new Paces(
          Duration.ofMillis(50),
          Duration.ofMillis(300),
          Duration.ofSeconds(1),
          Duration.ofMillis(500),
          Duration.ofSeconds(5),
          Duration.ofMillis(500),
          Duration.ofMillis(100),
          Duration.ofMillis(50),
          Duration.ofMillis(1_500));

  private static final EndedPlace START =
      new EndedPlace(Instant.EPOCH, new SessionId(new UUID(0, 0)));

  final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(4));
  final Bus bus =
      Bus.over(
          vertx,
          List.of(
              LogApi.CONTRACT,
              AccountsApi.CONTRACT,
              ProfilesApi.CONTRACT,
              SessionsApi.CONTRACT,
              ContactsApi.CONTRACT,
              PresenceApi.CONTRACT,
              ReadersApi.CONTRACT));
  final ScriptedLogs logs = new ScriptedLogs(bus, "here");
  final List<UserId> seen = new CopyOnWriteArrayList<>();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final MovableClock clock = new MovableClock();

  /** What accounts answer when they are asked which sessions have ended. */
  final Queue<SessionEnded> ended = new ConcurrentLinkedQueue<>();

  volatile boolean accountsAnswer = true;
  final List<String> ran = new CopyOnWriteArrayList<>();
  final Door door;
  final Bridge bridge;
  volatile Duration lag = Duration.ZERO;
  volatile double pending;
  private final Map<String, Identity> tokens = new ConcurrentHashMap<>();

  TestBridge() {
    this(config -> config);
  }

  TestBridge(UnaryOperator<BridgeConfig> change) {
    this(change, Map.of());
  }

  TestBridge(UnaryOperator<BridgeConfig> change, Map<String, Command> commands) {
    this(change, commands, edge());
  }

  TestBridge(UnaryOperator<BridgeConfig> change, Map<String, Command> commands, EdgeConfig edge) {
    this(change, commands, edge, Optional.empty(), 1);
  }

  TestBridge(
      UnaryOperator<BridgeConfig> change,
      Map<String, Command> commands,
      EdgeConfig edge,
      Optional<EdgeTls> tls,
      int loops) {
    door = Door.of(edge, new Random(1), meters);
    Await.of(logs.start());
    Await.of(bus.answer(SessionsApi.ENDED_SINCE, this::endedSince));
    Map<String, Command> table = new HashMap<>(commands);
    table.put("messages.post", this::post);
    table.put("rooms.list", (caller, args) -> answer(caller));
    LimitsConfig limits = Limited.room(3, 10);
    bridge =
        new Bridge(
            vertx,
            change.apply(config()),
            limits,
            new Bridge.Surroundings(
                "here",
                bus,
                logs,
                logs,
                new Commands(table),
                authenticator(),
                door,
                tls,
                () -> lag,
                () -> pending,
                seen::add,
                false,
                presence()),
            meters,
            clock,
            QUICK);
    Await.of(bridge.start(loops));
  }

  private Future<EndedSessions> endedSince(EndedSince request) {
    return accountsAnswer
        ? Future.succeededFuture(new EndedSessions(List.copyOf(ended), START, false))
        : Future.failedFuture(Failure.of(Reason.UNAVAILABLE, "accounts are out of reach"));
  }

  static EdgeConfig edge() {
    return edge(0, 1, 0);
  }

  /**
   * @param connections from one address, 0 for no limit
   */
  static EdgeConfig edge(int frameRate, int frameBurst, int connections) {
    return new EdgeConfig(
        0,
        connections,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(75),
        new ByteSize(64 << 20),
        64,
        frameRate,
        frameBurst,
        Duration.ofMillis(250),
        new ByteSize(128 << 10),
        List.of());
  }

  static PresenceConfig presence() {
    return new PresenceConfig(Duration.ofSeconds(75), Duration.ofSeconds(30), 3, 2, 20);
  }

  static BridgeConfig config() {
    return new BridgeConfig(
        "127.0.0.1",
        0,
        List.of(ORIGIN),
        List.of("websocket", "eventsource", "xhr-streaming", "xhr"),
        new ByteSize(64 * 1024),
        20,
        3,
        300,
        Duration.ofSeconds(10),
        Duration.ofSeconds(75),
        Duration.ofSeconds(25),
        new ByteSize(1024 * 1024),
        Duration.ofSeconds(5),
        new ByteSize(256 * 1024 * 1024),
        EdgeTlsConfig.NONE);
  }

  int port() {
    return bridge.port();
  }

  /** A token of a new session; the text is the token. */
  String token(UserId user, Duration life) {
    return token(user, new SessionId(UUID.randomUUID()), life);
  }

  String token(UserId user, SessionId session, Duration life) {
    String token = "token-" + UUID.randomUUID();
    tokens.put(token, new Identity(user, "Name", session, clock.instant().plus(life)));
    return token;
  }

  static UserId user() {
    return new UserId(UUID.randomUUID());
  }

  /** Somebody new in a room. */
  UserId member(LogId room) {
    UserId user = user();
    logs.readmit(room, user);
    return user;
  }

  /** A raw socket whose session is open. */
  Peer signedIn(UserId user) {
    Peer peer = Peer.raw(vertx, port());
    peer.open(token(user, Duration.ofMinutes(15)));
    return peer;
  }

  double count(String meter, String... tags) {
    return meters.get(meter).tags(tags).counter().count();
  }

  private Authenticator authenticator() {
    return token -> {
      Identity identity = tokens.get(token);
      if (identity == null) {
        return Future.failedFuture(Failure.of(Reason.UNAUTHENTICATED, "this token is not valid"));
      }
      if (!clock.instant().isBefore(identity.expiresAt())) {
        return Future.failedFuture(Failure.of(Reason.TOKEN_EXPIRED, "this token has expired"));
      }
      return Future.succeededFuture(identity);
    };
  }

  private Future<JsonNode> post(Identity caller, Args args) {
    String text = args.text("text");
    ran.add(text);
    Draft draft =
        new Draft(
            "message",
            caller.user(),
            caller.name(),
            args.optionalText("cid").orElse("none"),
            text,
            Optional.empty(),
            true,
            Optional.empty());
    return logs.append(args.room().log(), draft, Duration.ofSeconds(5))
        .map(appended -> JsonNodeFactory.instance.objectNode().put("seq", appended.seq()));
  }

  private Future<JsonNode> answer(Identity caller) {
    return Future.succeededFuture(
        JsonNodeFactory.instance
            .objectNode()
            .put("user", caller.user().toString())
            .put("name", caller.name()));
  }

  @Override
  public void close() {
    Await.of(vertx.close());
  }
}
