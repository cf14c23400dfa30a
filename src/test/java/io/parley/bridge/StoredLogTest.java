package io.parley.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.accounts.AccountsApi;
import io.parley.accounts.Identity;
import io.parley.accounts.ProfilesApi;
import io.parley.accounts.SessionId;
import io.parley.accounts.SessionsApi;
import io.parley.accounts.SessionsApi.EndedPlace;
import io.parley.accounts.SessionsApi.EndedSessions;
import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.commands.Args;
import io.parley.commands.Command;
import io.parley.commands.Commands;
import io.parley.config.ByteSize;
import io.parley.config.LimitsConfig;
import io.parley.config.LogConfig;
import io.parley.contacts.ContactsApi;
import io.parley.edge.Door;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.Limited;
import io.parley.fixtures.LocalOwnership;
import io.parley.fixtures.TestPostgres;
import io.parley.log.Admission;
import io.parley.log.BusLogClient;
import io.parley.log.Draft;
import io.parley.log.LogApi;
import io.parley.log.LogClient;
import io.parley.log.LogId;
import io.parley.log.LogStore;
import io.parley.log.LogVerticle;
import io.parley.log.Ownership;
import io.parley.log.PicksApi;
import io.parley.log.Standing;
import io.parley.log.ThreadsApi;
import io.parley.presence.PresenceApi;
import io.parley.stores.postgres.PostgresLogStore;
import io.parley.stores.postgres.PostgresPool;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The bridge with real owners of logs and PostgreSQL behind it, on two event loops each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoredLogTest {
  private static final String NODE = "here";
  private static final int LOOPS = 2;
  private static final LimitsConfig LIMITS = Limited.room(0, 0);

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus =
      Bus.over(
          vertx,
          List.of(
              LogApi.CONTRACT,
              PicksApi.CONTRACT,
              ThreadsApi.CONTRACT,
              AccountsApi.CONTRACT,
              ProfilesApi.CONTRACT,
              SessionsApi.CONTRACT,
              ContactsApi.CONTRACT,
              PresenceApi.CONTRACT));
  private final Ownership ownership = new LocalOwnership(NODE, LOOPS);
  private final LogClient logs = new BusLogClient(vertx, bus, ownership, new Random(1));
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Map<String, UserId> tokens = new ConcurrentHashMap<>();
  private CountedStore counted;
  private int port;

  @BeforeAll
  void start() {
    counted =
        new CountedStore(new PostgresLogStore(PostgresPool.open(vertx, TestPostgres.database())));
    for (int instance = 0; instance < LOOPS; instance++) {
      Await.of(vertx.deployVerticle(owner(counted.store(), new Ownership.Owner(NODE, instance))));
    }
    EndedSessions none =
        new EndedSessions(
            List.of(), new EndedPlace(Instant.EPOCH, new SessionId(new UUID(0, 0))), false);
    Await.of(bus.answer(SessionsApi.ENDED_SINCE, request -> Future.succeededFuture(none)));
    port = freePort();
    Bridge bridge =
        new Bridge(
            vertx,
            Configs.port(TestBridge.config(), port),
            LIMITS,
            new Bridge.Surroundings(
                NODE,
                bus,
                ownership,
                logs,
                new Commands(Map.<String, Command>of("messages.post", this::post)),
                this::authenticate,
                Door.of(TestBridge.edge(), new Random(1), meters),
                Optional.empty(),
                () -> Duration.ZERO,
                () -> 0,
                seen -> {},
                false,
                TestBridge.presence()),
            meters,
            Clock.systemUTC());
    Await.of(bridge.start(LOOPS));
  }

  @AfterAll
  void stop() {
    Await.of(vertx.close());
  }

  @Test
  void everyReaderSeesWhatTheStoreHasInItsOrder() {
    LogId room = LogId.room(UUID.randomUUID());
    List<Peer> peers = Stream.generate(() -> signedIn(user())).limit(10).toList();
    peers.forEach(peer -> peer.listen(room));

    for (int i = 0; i < 100; i++) {
      for (Peer peer : peers) {
        post(peer, room, "m" + i);
      }
    }

    for (Peer peer : peers) {
      peer.awaitSeq(room, 1000);
      assertThat(peer.seqs(room)).isEqualTo(LongStream.rangeClosed(1, 1000).boxed().toList());
    }
    Map<String, List<Integer>> byAuthor =
        peers.get(0).got.stream()
            .map(message -> message.path("body"))
            .filter(body -> Peer.kind(body).equals("message"))
            .collect(
                Collectors.groupingBy(
                    body -> body.path("author").path("id").asText(),
                    Collectors.mapping(
                        body ->
                            Integer.parseInt(body.path("body").path("text").asText().substring(1)),
                        Collectors.toList())));
    assertThat(byAuthor).hasSize(10);
    assertThat(byAuthor.values()).allSatisfy(order -> assertThat(order).isSorted());
    assertThat(meters.get("parley.log.voids").counter().count()).isZero();
  }

  @Test
  void whoComesAndGoesEndsWithExactlyTheStoresView() {
    LogId room = LogId.room(UUID.randomUUID());
    UserId reader = user();
    Peer writer = signedIn(user());
    List<Long> seen = new ArrayList<>();
    String cursor = "";

    for (int round = 0; round < 10; round++) {
      Peer peer = signedIn(reader);
      JsonNode ready = cursor.isEmpty() ? peer.listen(room) : peer.listen(room, cursor);
      assertThat(ready.path("complete").asBoolean()).isTrue();
      for (int i = 0; i < 20; i++) {
        post(writer, room, "m" + i);
      }
      peer.awaitSeq(room, round * 40 + 10);
      peer.cut();
      seen.addAll(peer.seqs(room));
      cursor = lastCursor(peer, room);
      for (int i = 0; i < 20; i++) {
        post(writer, room, "missed" + i);
      }
    }
    Await.of(logs.append(room, draft(reader, "end"), Duration.ofSeconds(5)));
    Peer last = signedIn(reader);
    last.listen(room, cursor);
    last.awaitSeq(room, 401);
    seen.addAll(last.seqs(room));

    assertThat(seen).isEqualTo(LongStream.rangeClosed(1, 401).boxed().toList());
  }

  @Test
  void comingBackAsksTheStoreForNoMoreThanWasMissed() {
    LogId room = LogId.room(UUID.randomUUID());
    UserId reader = user();
    IntStream.range(0, 2_000).forEach(i -> say(room, "before"));
    for (int missed : List.of(1, 10, 100, 300)) {
      Peer peer = signedIn(reader);
      String cursor = peer.listen(room).path("cursor").asText();
      peer.cut();
      IntStream.range(0, missed).forEach(i -> say(room, "missed"));
      long questions = counted.questions();
      long rows = counted.rows();

      Peer back = signedIn(reader);
      assertThat(back.listen(room, cursor).path("complete").asBoolean()).isTrue();

      assertThat(back.seqs(room)).hasSize(missed);
      assertThat(counted.questions() - questions).as("questions").isLessThanOrEqualTo(3);
      assertThat(counted.rows() - rows).as("rows").isLessThanOrEqualTo(missed + 2);
      back.cut();
    }
  }

  private void say(LogId room, String text) {
    Await.of(logs.append(room, draft(user(), text), Duration.ofSeconds(5)));
  }

  @Test
  void nobodyHearsAnythingAfterBeingExpelled() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 40; round++) {
      race(random, "seed " + seed + " round " + round);
    }
  }

  private void race(Random random, String name) {
    LogId room = LogId.room(UUID.randomUUID());
    UserId victim = user();
    Peer out = signedIn(victim);
    Peer stays = signedIn(user());
    stays.listen(room);
    if (random.nextBoolean()) {
      out.listen(room);
    }
    for (int i = random.nextInt(10); i > 0; i--) {
      post(stays, room, "before");
    }
    out.register(room);
    Future<LogApi.Appended> kick = logs.append(room, kick(victim), Duration.ofSeconds(5));
    for (int i = 0; i < 5; i++) {
      post(stays, room, "around");
      post(out, room, "mine");
    }
    long at = Await.of(kick).seq();
    Draft end = draft(user(), "end");
    stays.awaitSeq(room, Await.of(logs.append(room, end, Duration.ofSeconds(5))).seq());

    out.send("messages.post", "probe", Map.of("room", room.id().toString(), "text", "x"));
    assertThat(out.awaitOn("probe").path("failureCode").asInt()).as(name).isEqualTo(4040);
    assertThat(out.seqs(room)).as(name).allMatch(seq -> seq <= at);
    assertThat(authorsAfter(at, stays)).as(name).doesNotContain(victim.toString());
    out.cut();
    stays.cut();
  }

  private static List<String> authorsAfter(long seq, Peer peer) {
    return peer.got.stream()
        .map(message -> message.path("body"))
        .filter(body -> body.path("seq").asLong() > seq)
        .map(body -> body.path("author").path("id").asText())
        .toList();
  }

  private void post(Peer peer, LogId room, String text) {
    peer.send(
        "messages.post",
        "p" + UUID.randomUUID(),
        Map.of("room", room.id().toString(), "text", text));
  }

  private static String lastCursor(Peer peer, LogId room) {
    String cursor = "";
    for (JsonNode message : peer.got) {
      JsonNode body = message.path("body");
      if (message.path("address").asText().equals(room.toString()) && body.has("cursor")) {
        cursor = body.path("cursor").asText();
      }
    }
    return cursor;
  }

  private static UserId user() {
    return new UserId(UUID.randomUUID());
  }

  private Peer signedIn(UserId user) {
    String token = "token-" + UUID.randomUUID();
    tokens.put(token, user);
    Peer peer = Peer.raw(vertx, port);
    peer.open(token);
    return peer;
  }

  private Future<Identity> authenticate(String token) {
    UserId user = tokens.get(token);
    return user == null
        ? Future.failedFuture(Failure.of(Reason.UNAUTHENTICATED, "unknown"))
        : Future.succeededFuture(
            new Identity(
                user,
                "Name",
                new SessionId(UUID.nameUUIDFromBytes(token.getBytes(StandardCharsets.UTF_8))),
                Instant.now().plusSeconds(900)));
  }

  private Future<JsonNode> post(Identity caller, Args args) {
    return logs.append(
            args.room().log(), draft(caller.user(), args.text("text")), Duration.ofSeconds(5))
        .map(appended -> JsonNodeFactory.instance.objectNode().put("seq", appended.seq()));
  }

  private static Draft draft(UserId author, String text) {
    return entry("message", author, "{\"text\":\"" + text + "\"}", Optional.empty());
  }

  private static Draft kick(UserId victim) {
    Standing outside = new Standing(Standing.Access.HIDDEN, 0, Optional.empty(), 1, false);
    return entry(
        "kick", user(), "{\"user\":{}}", Optional.of(new Draft.Change(1, victim, outside)));
  }

  private static Draft entry(
      String kind, UserId author, String body, Optional<Draft.Change> change) {
    return new Draft(
        kind,
        author,
        "Name",
        UUID.randomUUID().toString(),
        body,
        Optional.empty(),
        change.isEmpty(),
        change);
  }

  private LogVerticle owner(LogStore store, Ownership.Owner here) {
    Standing member = new Standing(Standing.Access.POST, 0, Optional.empty(), 0, false);
    Admission everybody =
        new Admission() {
          @Override
          public Future<Known> standings(LogId log, List<UserId> users) {
            return Future.succeededFuture(
                Known.of(
                    users.stream().collect(Collectors.toMap(Function.identity(), user -> member))));
          }

          @Override
          public Future<Integer> members(LogId log) {
            return Future.succeededFuture(1);
          }
        };
    LogConfig config =
        new LogConfig(
            "postgres",
            500,
            new ByteSize(1 << 20),
            10_000,
            new ByteSize(16 << 20),
            Duration.ofSeconds(5),
            20_000);
    return new LogVerticle(
        bus, store, everybody, ownership, here, config, LIMITS, Clock.systemUTC(), meters);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
