package io.parley.http;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.accounts.AccountsApi;
import io.parley.accounts.Authenticator;
import io.parley.accounts.DeparturesApi;
import io.parley.accounts.ExportsApi;
import io.parley.accounts.Identity;
import io.parley.accounts.IdentityApi;
import io.parley.accounts.ProfilesApi;
import io.parley.accounts.Role;
import io.parley.accounts.SessionId;
import io.parley.accounts.SessionsApi;
import io.parley.accounts.StaffApi;
import io.parley.accounts.UserId;
import io.parley.audit.AuditApi;
import io.parley.bus.Bus;
import io.parley.bus.Contract;
import io.parley.commands.Command;
import io.parley.commands.Commands;
import io.parley.config.ByteSize;
import io.parley.config.EdgeConfig;
import io.parley.config.EdgeTlsConfig;
import io.parley.config.HttpConfig;
import io.parley.config.LimitsConfig;
import io.parley.contacts.ContactsApi;
import io.parley.edge.Door;
import io.parley.edge.EdgeTls;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Limited;
import io.parley.limits.Rates;
import io.parley.log.AuthorsApi;
import io.parley.log.LogApi;
import io.parley.messages.MessagesApi;
import io.parley.messages.Posts;
import io.parley.presence.PresenceApi;
import io.parley.rooms.InvitesApi;
import io.parley.rooms.ModerationApi;
import io.parley.rooms.ReadersApi;
import io.parley.rooms.RequestsApi;
import io.parley.rooms.RoomsApi;
import io.parley.rooms.SettingsApi;
import io.parley.search.SearchApi;
import io.parley.threads.FollowsApi;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The whole REST edge on a port of its own, with capabilities behind it that remember questions.
 */
final class TestEdge implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-21T02:30:00.123Z");
  static final UserId ADA = user("0190b6c8-0000-7000-8000-000000000001");
  static final SessionId SESSION =
      new SessionId(UUID.fromString("0190b6c8-0000-7000-8000-000000000002"));
  static final EdgeConfig USUAL = edge(0, 64);
  static final HttpConfig PLAIN = config("", List.of("https://app.example.org"));

  private static final List<Contract> ASKED =
      List.of(
          AccountsApi.CONTRACT,
          ProfilesApi.CONTRACT,
          DeparturesApi.CONTRACT,
          ExportsApi.CONTRACT,
          StaffApi.CONTRACT,
          AuditApi.CONTRACT,
          SessionsApi.CONTRACT,
          LogApi.CONTRACT,
          AuthorsApi.CONTRACT,
          IdentityApi.CONTRACT,
          ContactsApi.CONTRACT,
          SessionsApi.CONTRACT,
          RoomsApi.CONTRACT,
          ModerationApi.CONTRACT,
          InvitesApi.CONTRACT,
          SettingsApi.CONTRACT,
          RequestsApi.CONTRACT,
          ReadersApi.CONTRACT,
          FollowsApi.CONTRACT,
          MessagesApi.CONTRACT,
          SearchApi.CONTRACT,
          PresenceApi.CONTRACT);

  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  final Door door;
  final FakeCapabilities behind;
  final Commands commands;
  final List<String> ran = new CopyOnWriteArrayList<>();
  final int port;

  /** What commands wait for before they run. */
  volatile Future<Void> hold = Future.succeededFuture();

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  TestEdge() {
    this(PLAIN, Optional.empty());
  }

  TestEdge(HttpConfig config, Optional<HttpVerticle.Bridge> bridge) {
    this(config, USUAL, bridge);
  }

  TestEdge(HttpConfig config, EdgeConfig edge, Optional<HttpVerticle.Bridge> bridge) {
    this(config, edge, Optional.empty(), bridge);
  }

  TestEdge(
      HttpConfig config,
      EdgeConfig edge,
      Optional<EdgeTls> tls,
      Optional<HttpVerticle.Bridge> bridge) {
    this(config, edge, tls, bridge, Rates.NONE);
  }

  TestEdge(
      HttpConfig config,
      EdgeConfig edge,
      Optional<EdgeTls> tls,
      Optional<HttpVerticle.Bridge> bridge,
      Rates rates) {
    Bus bus = Bus.over(vertx, ASKED);
    door = Door.of(edge, new Random(1), metrics);
    behind = new FakeCapabilities(bus);
    LimitsConfig limits = Limited.room(3, 10);
    commands =
        Commands.of(
            bus,
            behind.logs,
            new Posts(limits, () -> "made"),
            rates,
            limits,
            Duration.ofSeconds(5));
    HttpVerticle verticle =
        new HttpVerticle(
            new OpenApi(),
            config,
            bus,
            authenticator(),
            noted(commands),
            rates,
            metrics,
            Clock.fixed(NOW, ZoneOffset.UTC),
            new HttpVerticle.Doorway(door, tls, bridge));
    vertx.deployVerticle(verticle).await();
    port = verticle.port();
  }

  static EdgeConfig edge(int connections, int requestsPerUser) {
    return edge(connections, requestsPerUser, List.of());
  }

  static EdgeConfig edge(int connections, int requestsPerUser, List<String> trustedProxies) {
    return new EdgeConfig(
        connections,
        0,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(75),
        new ByteSize(64 << 20),
        requestsPerUser,
        0,
        1,
        Duration.ofMillis(250),
        new ByteSize(128 << 10),
        trustedProxies);
  }

  static HttpConfig config(String publicUrl, List<String> origins) {
    return new HttpConfig(
        "127.0.0.1",
        0,
        publicUrl,
        origins,
        false,
        new ByteSize(256 * 1024),
        new ByteSize(8 * 1024),
        EdgeTlsConfig.NONE);
  }

  static UserId user(String id) {
    return new UserId(UUID.fromString(id));
  }

  /** A request of Ada's, with what is most often needed. */
  HttpRequest.Builder asAda(String path) {
    return anonymous(path).header("Authorization", "Bearer ada");
  }

  HttpRequest.Builder anonymous(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(20));
  }

  static HttpRequest.Builder json(HttpRequest.Builder request, String method, String body) {
    return request
        .header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofString(body));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  CompletableFuture<HttpResponse<String>> sendLater(HttpRequest.Builder request) {
    return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    vertx.close().await();
  }

  private Commands noted(Commands commands) {
    Map<String, Command> table = new HashMap<>();
    for (String name : commands.names()) {
      Command command = commands.find(name).orElseThrow();
      table.put(
          name,
          (caller, args) -> {
            ran.add(name);
            return hold.compose(go -> command.run(caller, args));
          });
    }
    return new Commands(table);
  }

  private static Authenticator authenticator() {
    return token ->
        switch (token) {
          case "ada" ->
              Future.succeededFuture(
                  new Identity(ADA, "Ada", SESSION, NOW.plusSeconds(60), Role.ADMIN));
          case "mod" ->
              Future.succeededFuture(
                  new Identity(ADA, "Mod", SESSION, NOW.plusSeconds(60), Role.MODERATOR));
          case "user" ->
              Future.succeededFuture(new Identity(ADA, "Una", SESSION, NOW.plusSeconds(60)));
          case "expired" -> refused(Reason.TOKEN_EXPIRED);
          case "revoked" -> refused(Reason.SESSION_REVOKED);
          case "broken" -> Future.failedFuture(new IllegalStateException("secret internals"));
          default -> refused(Reason.UNAUTHENTICATED);
        };
  }

  private static Future<Identity> refused(Reason reason) {
    return Future.failedFuture(Failure.of(reason, "this token is no good"));
  }
}
