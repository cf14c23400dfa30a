package io.parley.abuse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.fixtures.RestClient.RestUser;
import io.parley.json.Json;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What can be tried at the door: guessing who is known, guessing passwords, wearing it down. */
final class AccountRows {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final AtomicInteger PLACES = new AtomicInteger();
  private static final String LOGIN = "/api/auth/login";
  private static final String REGISTER = "/api/auth/register";
  private static final int TRIES = 40;
  private static final int PEOPLE = 5;

  private AccountRows() {}

  static Stream<Row> all() {
    return Stream.of(
        new Row("A1", "an unknown user, a wrong password", "the same", AccountRows::constantShape),
        new Row("A2", "registering a name that is taken", "{409=60, 429=10}", s -> taken(s)),
        new Row("A3", "ten wrong passwords", "[401, 401, 401, 401, 401]", s -> guessing(s, ann(s))),
        new Row(
            "A3", "the same, of nobody", "[401, 401, 401, 401, 401]", s -> guessing(s, "noone")),
        new Row("A3", "then the right one, elsewhere", "200", AccountRows::elsewhere),
        new Row("A3", "spraying a hundred from one address", "slowed down", AccountRows::spraying),
        new Row("A3", "a crowd of addresses at one account", "200 at home", AccountRows::crowd),
        new Row(
            "A7", "a password of 2 KiB, 1 MB, 10 MB", "[400, 413, 413] unhashed", s -> large(s)),
        new Row("A7", "fifty logins at once", "others are well", AccountRows::storm),
        new Row("A8", "a password that is no string", "[400, 400, 400, 400]", AccountRows::types));
  }

  private static String ann(Scene scene) {
    return scene.ann.username();
  }

  /** Somewhere where nobody was before. */
  private static String place() {
    int next = PLACES.incrementAndGet();
    return "198.19." + next / 250 + "." + (1 + next % 250);
  }

  private static HttpRequest request(Scene scene, String path, String place, String body) {
    return HttpRequest.newBuilder(URI.create(scene.node.url() + path))
        .timeout(Duration.ofMinutes(1))
        .header("Content-Type", "application/json")
        .header("X-Forwarded-For", place)
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private static HttpResponse<String> send(Scene scene, String path, String place, Object body)
      throws IOException, InterruptedException {
    String json =
        body instanceof String text ? text : new String(Json.bytes(body), StandardCharsets.UTF_8);
    return HTTP.send(request(scene, path, place, json), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> login(
      Scene scene, String place, String username, String password)
      throws IOException, InterruptedException {
    return send(scene, LOGIN, place, Map.of("username", username, "password", password));
  }

  /** As the fixture makes them. */
  private static String password(String username) {
    return "correct horse " + username;
  }

  /** In any of three rounds, since the machine has other things to do as well. */
  private static String constantShape(Scene scene) throws Exception {
    String verdict = "";
    for (int round = 0; round < 3 && !verdict.equals("the same"); round++) {
      verdict = compared(scene);
    }
    return verdict;
  }

  private static String compared(Scene scene) throws Exception {
    List<Long> known = new ArrayList<>();
    List<Long> unknown = new ArrayList<>();
    for (int person = 0; person < PEOPLE; person++) {
      RestUser user = scene.somebody();
      for (int i = 0; i < TRIES; i++) {
        String one = timed(scene, user.username(), known);
        String other = timed(scene, "x" + user.username(), unknown);
        if (!one.equals(other)) {
          return one + " but " + other;
        }
      }
    }
    double ratio = (double) median(known) / median(unknown);
    return ratio > 0.9 && ratio < 1.1 ? "the same" : "times differ by " + ratio;
  }

  private static String timed(Scene scene, String username, List<Long> times) throws Exception {
    long begun = System.nanoTime();
    HttpResponse<String> answer = login(scene, place(), username, "guess");
    times.add(System.nanoTime() - begun);
    ObjectNode body = (ObjectNode) Json.mapper().readTree(answer.body());
    body.remove("traceId");
    return answer.statusCode() + " " + body + " " + answer.headers().map().keySet();
  }

  private static long median(List<Long> times) {
    return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
  }

  private static String taken(Scene scene) throws Exception {
    String place = place();
    Map<String, String> body = Map.of("username", ann(scene), "password", "an analytical engine");
    Map<Integer, Integer> statuses = new TreeMap<>();
    for (int i = 0; i < 70; i++) {
      statuses.merge(send(scene, REGISTER, place, body).statusCode(), 1, Integer::sum);
    }
    return statuses.toString();
  }

  /** The first five are compared; of the others most are not, and all say when to come back. */
  private static String guessing(Scene scene, String username) throws Exception {
    String place = place();
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      HttpResponse<String> answer = login(scene, place, username, "guess " + i);
      statuses.add(answer.statusCode());
      if (answer.statusCode() == 429 && answer.headers().firstValue("Retry-After").isEmpty()) {
        return "no word of when to come back";
      }
    }
    return statuses.contains(429) ? statuses.subList(0, 5).toString() : "never stopped";
  }

  private static String elsewhere(Scene scene) throws Exception {
    return String.valueOf(login(scene, place(), ann(scene), password(ann(scene))).statusCode());
  }

  private static String spraying(Scene scene) throws Exception {
    String place = place();
    int compared = 0;
    for (int i = 0; i < 1_000; i++) {
      HttpResponse<String> answer = login(scene, place, "target" + i % 100, "Summer2026!");
      compared += answer.statusCode() == 401 ? 1 : 0;
      if (answer.statusCode() == 429 && answer.headers().firstValue("Retry-After").isEmpty()) {
        return "no word of when to come back";
      }
    }
    boolean elsewhere = login(scene, place(), "target1", "Summer2026!").statusCode() == 401;
    return compared >= 20 && compared < 30 && elsewhere ? "slowed down" : compared + " compared";
  }

  /** Whoever has signed in from a place gets in there, whatever strangers do elsewhere. */
  private static String crowd(Scene scene) throws Exception {
    RestUser user = scene.somebody();
    String home = place();
    login(scene, home, user.username(), password(user.username()));
    Map<Integer, Integer> statuses = new LinkedHashMap<>();
    for (int i = 0; i < 70; i++) {
      HttpResponse<String> answer = login(scene, place(), user.username(), "guess " + i);
      statuses.merge(answer.statusCode(), 1, Integer::sum);
    }
    int own = login(scene, home, user.username(), password(user.username())).statusCode();
    return statuses.containsKey(429) ? own + " at home" : "the crowd is not stopped";
  }

  private static String large(Scene scene) throws Exception {
    double before = scene.metric("parley_auth_hashing_seconds_count");
    List<Integer> statuses = new ArrayList<>();
    for (int size : new int[] {2 << 10, 1 << 20, 10 << 20}) {
      statuses.add(status(scene, size));
    }
    boolean hashed = scene.metric("parley_auth_hashing_seconds_count") > before;
    return statuses + (hashed ? " hashed" : " unhashed");
  }

  /** What is too large is refused by its head: the rest of it is never sent. */
  private static int status(Scene scene, int size) throws IOException {
    String body = "{\"username\":\"x\",\"password\":\"" + "p".repeat(size) + "\"}";
    String head =
        "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(LOGIN, body.length());
    try (Socket socket = RawHttp.connect(scene.node.httpPort(), "127.0.0.1")) {
      String sent = head + body.substring(0, Math.min(4 << 10, body.length()));
      socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
      return Integer.parseInt(RawHttp.line(socket).substring(9, 12));
    }
  }

  private static String storm(Scene scene) {
    List<CompletableFuture<Integer>> answers =
        IntStream.range(0, 50)
            .mapToObj(i -> "{\"username\":\"storm" + i + "\",\"password\":\"a guess\"}")
            .map(body -> request(scene, LOGIN, place(), body))
            .map(request -> HTTP.sendAsync(request, HttpResponse.BodyHandlers.discarding()))
            .map(answer -> answer.thenApply(HttpResponse::statusCode))
            .toList();
    scene.talk(5);
    List<Integer> unforeseen =
        answers.stream()
            .map(CompletableFuture::join)
            .filter(status -> status != 401 && status != 503)
            .toList();
    return unforeseen.isEmpty() ? "others are well" : unforeseen.toString();
  }

  private static String types(Scene scene) throws Exception {
    List<Integer> statuses = new ArrayList<>();
    for (String password : List.of("[\"a\"]", "{\"a\":1}", "12345678", "null")) {
      String body = "{\"username\":\"x\",\"password\":" + password + "}";
      statuses.add(send(scene, LOGIN, place(), body).statusCode());
    }
    return statuses.toString();
  }
}
