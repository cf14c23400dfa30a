package io.parley.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.fixtures.Leaks;
import io.parley.fixtures.ParleyProcess;
import io.parley.fixtures.Processes;
import io.parley.fixtures.StoreSql;
import io.parley.fixtures.WireTap;
import io.parley.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A day in the life of a node where everything that people give away is marked. */
final class CanaryLife implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String MARK = Leaks.MARK;
  private static final String PHONE = "+493012345";
  private static final String PASSWORD = MARK + " is my password";
  private static final List<String> TABLES =
      List.of("accounts", "sessions", "refresh_tokens", "rooms", "log_entries");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger names = new AtomicInteger();
  private final Path data;
  private final ParleyProcess node;
  private final String token;
  private final String room;

  /** What a request came to. */
  private record Answer(int status, JsonNode body) {
    Answer expect(int wanted) {
      assertThat(status).as(String.valueOf(body)).isEqualTo(wanted);
      return this;
    }
  }

  /** Everything is logged that can be. */
  CanaryLife(Path data) throws IOException, InterruptedException {
    this.data = data;
    this.node =
        ParleyProcess.serve(data)
            .jvm("-Dparley.log.level=DEBUG")
            .env("PARLEY_AUTH_JWT_SECRET", MARK + "-kPz0-that-only-this-test-knows-7Qx")
            .start()
            .awaitReady();
    Map<String, Object> zoe = Map.of("username", MARK + "_zoe", "password", PASSWORD);
    this.token = post("/api/auth/register", zoe, "").expect(201).body().path("token").asText();
    Map<String, Object> about = Map.of("name", "About " + MARK, "type", "private");
    this.room = post("/api/rooms", about, token).expect(201).body().path("id").asText();
  }

  /** Somebody signs up, in, on and out, and says and searches this and that. */
  void people() throws IOException, InterruptedException {
    String name = MARK + "_" + names.incrementAndGet();
    Map<String, Object> account =
        Map.of(
            "username", name,
            "email", name + "@example.org",
            "phoneNumber", PHONE + (10 + names.get()),
            "name", "Ann " + MARK,
            "password", PASSWORD);
    JsonNode ann = post("/api/auth/register", account, "").body();
    String own = ann.path("token").asText();
    post("/api/auth/register", account, "");
    post("/api/auth/login", Map.of("username", name, "password", MARK + " but wrong"), "");
    post("/api/auth/login", Map.of("email", "no-" + MARK + "@example.org", "password", MARK), "");
    String refresh = ann.path("refreshToken").asText();
    post("/api/auth/refresh", Map.of("refreshToken", refresh), "");
    post("/api/auth/refresh", Map.of("refreshToken", refresh), "");
    post("/api/auth/refresh", Map.of("refreshToken", "prt_" + MARK + "x".repeat(37)), "");
    rest();
    post("/api/auth/logout", Map.of("refreshToken", refresh), own);
    get("/api/me", own);
  }

  /** What sockets say and should not say. */
  void sockets() throws IOException {
    try (WireTap tap = new WireTap(node.bridgePort(), 0)) {
      send(tap, "session.open", Map.of("token", MARK + token));
      send(tap, "session.open", Map.of("token", token));
      send(tap, "messages.post", Map.of("room", room, "cid", "one", "text", "sung by " + MARK));
      send(tap, "messages.post", Map.of("room", room, "cid", "one", "text", "again by " + MARK));
      send(tap, "messages.edit", Map.of("room", room, "target", MARK, "text", MARK));
      send(tap, "messages.typing", Map.of("room", MARK));
      send(tap, "users.search", Map.of("query", MARK));
      send(tap, MARK, Map.of(MARK, MARK));
      tap.text("{\"type\":\"" + MARK + "\"}");
      tap.text("{\"type\":\"send\",\"headers\":{\"Authorization\":\"Bearer " + MARK + "\"}");
      tap.frame(0x82, MARK.getBytes(StandardCharsets.UTF_8));
      tap.end();
    }
  }

  /** What can be said and asked with a token, whether it is answered or not. */
  private void rest() throws IOException, InterruptedException {
    post("/api/rooms", Map.of("name", "Another " + MARK, "type", "private"), token);
    post("/api/rooms/" + room + "/messages", Map.of("text", "I said " + MARK), token);
    get("/api/users?query=" + MARK, token);
    get("/api/search?query=" + MARK, token);
    get("/api/rooms/" + room + "/messages?before=" + MARK, token);
    get("/api/rooms/" + MARK, token);
    get("/api/me", MARK + "." + token);
    get("/api/me?token=" + token, "");
  }

  /** What no client of ours sends. */
  void nonsense() throws IOException, InterruptedException {
    for (int port : new int[] {node.httpPort(), node.bridgePort()}) {
      List<String> headers =
          List.of(
              "Authorization: Basic " + MARK,
              "Cookie: __Host-refresh=" + MARK,
              "Origin: https://" + MARK + ".example.org",
              "Traceparent: " + MARK);
      RawHttp.status(port, "POST /api/auth/login", headers, "{\"password\":\"" + MARK);
      RawHttp.status(port, "GET /" + MARK + "?access_token=" + MARK, headers, "");
      RawHttp.status(port, "GET /eventbus/websocket?token=" + MARK, RawHttp.UPGRADE, "");
      RawHttp.status(port, "GET /%zz" + MARK, headers, "");
      RawHttp.status(port, "GET /", List.of(MARK + " : no header", "X-" + MARK), "");
      RawHttp.status(port, "GET /", List.of("X: " + MARK.repeat(5_000)), "");
      RawHttp.status(port, MARK + " /", List.of(), "");
    }
    post("/api/auth/login", Map.of("username", MARK, "password", List.of(MARK)), "");
    post("/api/auth/register", Map.of("username", MARK, "password", MARK.repeat(2_000)), "");
  }

  /** The store refuses every row, and says in its log which. */
  void brokenStore() throws IOException, InterruptedException {
    StoreSql sql = StoreSql.in(data);
    for (String table : TABLES) {
      sql.run("alter table " + table + " add constraint refused check (false) not valid");
    }
    people();
    sockets();
    for (String table : TABLES) {
      sql.run("alter table " + table + " drop constraint refused");
      sql.run("alter table " + table + " rename to " + table + "_away");
    }
    people();
    for (String table : TABLES) {
      sql.run("alter table " + table + "_away rename to " + table);
    }
    awaitWell();
  }

  /** The store keeps its connections open and answers nothing. */
  void frozenStore() throws IOException, InterruptedException {
    List<ProcessHandle> servers =
        ProcessHandle.allProcesses()
            .filter(each -> Processes.standsIn(each, data.toAbsolutePath()))
            .filter(each -> each.info().command().orElse("").endsWith("postgres"))
            .toList();
    assertThat(servers).isNotEmpty();
    servers.forEach(each -> Processes.signal(each.pid(), "STOP"));
    try {
      post("/api/auth/login", Map.of("username", MARK, "password", PASSWORD), "");
      post("/api/auth/register", Map.of("username", MARK + "z", "password", PASSWORD), "");
      post("/api/auth/refresh", Map.of("refreshToken", "prt_" + "c4n4ry-".repeat(6) + "x"), "");
    } finally {
      servers.forEach(each -> Processes.signal(each.pid(), "CONT"));
    }
    awaitWell();
  }

  /** Stops it, and answers what it has printed. */
  List<String> end() {
    node.terminate();
    return node.output();
  }

  /** Where a secret or somebody's address stands in what it and its servers have logged. */
  List<String> leaks() throws IOException {
    Path printed = Files.write(data.resolve("printed.log"), node.output());
    assertThat(printed).isNotEmptyFile();
    Leaks leaks = new Leaks(List.of(MARK, PHONE.substring(1)));
    try (Stream<Path> files = Files.walk(data)) {
      return files
          .filter(file -> file.getFileName().toString().contains(".log"))
          .flatMap(file -> leaks.in(file).stream())
          .toList();
    }
  }

  @Override
  public void close() {
    node.close();
  }

  private void awaitWell() {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              Map<String, Object> login =
                  Map.of("username", "nobody", "password", "whatever it is");
              return post("/api/auth/login", login, "").status() == 401;
            });
  }

  private static void send(WireTap tap, String address, Object body) {
    tap.text(
        Json.write(Map.of("type", "send", "address", address, "replyAddress", "r", "body", body)));
  }

  private Answer post(String path, Object body, String token)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node.url() + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)));
    return ask(request, token);
  }

  private Answer get(String path, String token) throws IOException, InterruptedException {
    return ask(HttpRequest.newBuilder(URI.create(node.url() + path)), token);
  }

  private Answer ask(HttpRequest.Builder request, String token)
      throws IOException, InterruptedException {
    Optional.of(token)
        .filter(given -> !given.isEmpty())
        .ifPresent(given -> request.header("Authorization", "Bearer " + given));
    HttpResponse<byte[]> response =
        http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofByteArray());
    byte[] body = response.body();
    return new Answer(
        response.statusCode(),
        Json.mapper().readTree(body.length > 0 && body[0] == '{' ? body : new byte[] {'{', '}'}));
  }
}
