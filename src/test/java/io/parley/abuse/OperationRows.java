package io.parley.abuse;

import static org.awaitility.Awaitility.await;

import io.parley.fixtures.StoreSql;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What can be tried with the ports that are not there for people, and with those that are. */
final class OperationRows {
  private static final List<String> NOBODYS =
      List.of(
          "/metrics",
          "/health",
          "/livez",
          "/readyz",
          "/startupz",
          "/admin",
          "/actuator/env",
          "/actuator/heapdump",
          "/debug/pprof",
          "/jolokia",
          "/server-status",
          "/conf/parley.yaml",
          "/.env",
          "/..%2f..%2fconf%2fparley.yaml");

  private static final Pattern INSIDE =
      Pattern.compile(
          "exception|\\bat io\\.|\\.java|vertx|vert\\.x|netty|jackson|hazelcast|postgres|sql");
  private static final int MANY = 500;
  private static final int CHUNK = 20_000;

  private OperationRows() {}

  static Stream<Row> all() {
    return Stream.of(
        new Row("O4", "what operators see, at the public ports", "404", s -> nobodys(s)),
        new Row(
            "O5",
            "five hundred questions about health",
            "asked the store at most each second",
            s -> asked(s)),
        new Row(
            "O7",
            "errors of every kind",
            "400 401 403 404 405 413 414 415 431 and nothing of the inside",
            s -> inside(s)),
        new Row("O15", "a request line without end", "414, then cut", s -> line(s)),
        new Row("O15", "a header without end", "431, then cut", s -> header(s)),
        new Row("O15", "headers without end", "431, then cut", s -> headers(s)));
  }

  private static String nobodys(Scene scene) throws IOException {
    Set<String> statuses = new TreeSet<>();
    for (int port : ports(scene)) {
      for (String path : NOBODYS) {
        statuses.add(RawHttp.status(port, "GET " + path, List.of(), ""));
      }
    }
    return String.join(" ", statuses);
  }

  /** Each check of the store is a transaction of its own. */
  private static String asked(Scene scene) throws IOException, InterruptedException {
    StoreSql sql = StoreSql.in(scene.data);
    HttpClient http = HttpClient.newHttpClient();
    URI health = URI.create("http://127.0.0.1:" + scene.node.adminPort() + "/health");
    long began = System.nanoTime();
    long before = transactions(sql);
    for (int i = 0; i < MANY; i++) {
      http.send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.discarding());
    }
    long seconds = 1 + (System.nanoTime() - began) / 1_000_000_000;
    long more = transactions(sql) - before;
    // What the node does of itself is a few transactions a second.
    return more < MANY / 4 + 20 * seconds
        ? "asked the store at most each second"
        : more + " transactions in " + seconds + " s";
  }

  private static long transactions(StoreSql sql) {
    return Long.parseLong(
        sql.run(
                "select xact_commit + xact_rollback from pg_stat_database where datname ="
                    + " current_database()")
            .orElseThrow());
  }

  private static String inside(Scene scene) throws IOException {
    String big = "{\"text\":\"" + "x".repeat(300_000) + "\"}";
    List<String> json = List.of("Content-Type: application/json", "Connection: close");
    List<String> foreign = List.of("Origin: https://evil.example.org", "Connection: close");
    List<String> answers =
        List.of(
            answer(scene, "POST /api/auth/login", json, "{\"password\":["),
            answer(scene, "GET /api/me", json, ""),
            answer(scene, "GET /eventbus/info", foreign, ""),
            answer(scene, "GET /api/nothing", json, ""),
            answer(scene, "DELETE /api/auth/login", json, ""),
            answer(scene, "POST /api/auth/login", json, big),
            answer(scene, "GET /" + "x".repeat(5_000), json, ""),
            answer(scene, "POST /api/auth/login", List.of("Connection: close"), "x"),
            answer(scene, "GET /", List.of("X: " + "x".repeat(9_000)), ""));
    Set<String> statuses = new TreeSet<>();
    Set<String> told = new LinkedHashSet<>();
    for (String answer : answers) {
      statuses.add(answer.substring(9, 12));
      String lower = answer.toLowerCase(Locale.ROOT);
      if (INSIDE.matcher(lower).find() || lower.contains("\nserver:")) {
        told.add(answer);
      }
    }
    return String.join(" ", statuses) + " and " + (told.isEmpty() ? "nothing of the inside" : told);
  }

  private static String answer(Scene scene, String request, List<String> headers, String body)
      throws IOException {
    try (Socket socket = RawHttp.connect(scene.node.httpPort(), "127.0.0.1")) {
      RawHttp.write(socket, request, headers, body);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String line(Scene scene) throws IOException {
    return endless(scene, "GET /", "x".repeat(CHUNK));
  }

  private static String header(Scene scene) throws IOException {
    return endless(scene, "GET / HTTP/1.1\r\nHost: x\r\nX: ", "x".repeat(CHUNK));
  }

  private static String headers(Scene scene) throws IOException {
    String one = "X-Header: of many\r\n";
    return endless(scene, "GET / HTTP/1.1\r\nHost: x\r\n", one.repeat(CHUNK / one.length()));
  }

  /** More than is read is sent, then much more; at both ports the same must come of it. */
  private static String endless(Scene scene, String begin, String chunk) throws IOException {
    Set<String> ends = new TreeSet<>();
    for (int port : ports(scene)) {
      try (Socket socket = RawHttp.connect(port, "127.0.0.1")) {
        socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
        byte[] bytes = chunk.getBytes(StandardCharsets.US_ASCII);
        socket.getOutputStream().write(bytes);
        String line = RawHttp.line(socket);
        String told = line.replaceFirst("HTTP/1\\.[01] (\\d{3}).*", "$1");
        await()
            .atMost(Scene.PATIENCE)
            .pollInterval(Duration.ofMillis(10))
            .until(() -> !taken(socket, bytes));
        ends.add(told + ", then cut");
      }
    }
    return String.join("; ", ends);
  }

  private static boolean taken(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return true;
    } catch (IOException cut) {
      return false;
    }
  }

  private static int[] ports(Scene scene) {
    return new int[] {scene.node.httpPort(), scene.port()};
  }
}
