package io.parley.abuse;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.fixtures.RestClient;
import io.parley.fixtures.RestClient.Answer;
import io.parley.fixtures.RestClient.RestUser;
import io.parley.fixtures.SocketClient;
import io.parley.fixtures.StoreSql;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** What can be tried with accounts, passwords and the links in mails. */
final class IdentityRows {
  private static final String PASSWORD = "correct horse battery";
  private static final String OTHER = "a staple, rather";
  private static final String RESET = "/api/auth/password-reset";
  private static final String CONFIRM = "/api/auth/password-reset/confirm";

  private static final AtomicInteger PLACES = new AtomicInteger();

  private IdentityRows() {}

  static Stream<Row> all() {
    return Stream.of(
        new Row("A2", "signing up as somebody", "409 username, 409 email", IdentityRows::taken),
        new Row("A2", "a new password for nobody", "202, the same words", s -> nobodys(s)),
        new Row("A8", "passwords that are no text", "400", IdentityRows::shapes),
        new Row("A11", "ids beside known ones", "404, the same words", IdentityRows::neighbours),
        new Row("A12", "a reset link again", "204, then 410", IdentityRows::again),
        new Row("A12", "a reset link too late", "410", IdentityRows::late),
        new Row("A12", "another's link, or one altered", "400", IdentityRows::foreign),
        new Row("A12", "a request with another Host", Scene.PUBLIC, s -> host(s)),
        new Row("J18", "a changed password", "401 and 4403 elsewhere, 200 here", s -> changed(s)),
        new Row("J18", "a reset password", "401 and 4403 everywhere", IdentityRows::reset),
        new Row("U3", "names that are not what they seem", "400", IdentityRows::names));
  }

  /** Somebody who comes from where nobody was before. */
  static RestClient anybody(Scene scene) {
    int next = PLACES.incrementAndGet();
    String place = "198.18." + next / 250 + "." + (1 + next % 250);
    return RestClient.behind(place, scene.node.httpPort());
  }

  private static String address() {
    return "u" + UUID.randomUUID() + "@example.org";
  }

  private static Answer register(Scene scene, Map<String, ?> what) {
    return anybody(scene).ask("POST", "/api/auth/register", what);
  }

  private static Answer signUp(Scene scene, String email) {
    return register(scene, Map.of("email", email, "name", "Mia", "password", PASSWORD)).expect(201);
  }

  private static Answer login(Scene scene, String email, String password) {
    return anybody(scene)
        .post("/api/auth/login", Map.of("email", email, "password", password))
        .expect(200);
  }

  /** The token of the mail that a forgotten password brings. */
  private static String forgotten(Scene scene, String email) {
    anybody(scene).post(RESET, Map.of("email", email)).expect(202);
    return scene.mail.link(email, "/reset-password").token();
  }

  private static Answer confirm(Scene scene, String token, String password) {
    return anybody(scene).post(CONFIRM, Map.of("token", token, "password", password));
  }

  private static String code(Answer answer) {
    return answer.status() + " " + answer.body().path("field").asText();
  }

  /** What is told, without what is different each time. */
  private static String words(Answer answer) {
    if (answer.body() instanceof ObjectNode body) {
      body.remove("traceId");
    }
    return answer.status() + " " + answer.body();
  }

  private static String taken(Scene scene) {
    String email = address();
    signUp(scene, email);
    String name = scene.ann.username().toUpperCase(java.util.Locale.ROOT);
    Answer username = register(scene, Map.of("username", name, "password", PASSWORD));
    Answer again = register(scene, Map.of("email", email, "password", PASSWORD));
    return code(username) + ", " + code(again);
  }

  private static String nobodys(Scene scene) {
    String somebody = address();
    String nobody = address();
    signUp(scene, somebody);
    Set<String> told = new TreeSet<>();
    for (String email : List.of(somebody, nobody)) {
      Answer answer = anybody(scene).post(RESET, Map.of("email", email));
      told.add(words(answer) + " " + answer.raw().headers().map().keySet());
    }
    scene.mail.await(somebody, 2);
    boolean alike = told.size() == 1 && told.iterator().next().startsWith("202 ");
    return alike && scene.mail.to(nobody).isEmpty() ? "202, the same words" : told.toString();
  }

  private static String shapes(Scene scene) {
    Set<String> told = new TreeSet<>();
    for (Object shape : List.of(List.of(PASSWORD), Map.of("$gt", ""), 12345678, true)) {
      Map<String, Object> login = Map.of("identifier", "ann", "password", shape);
      Map<String, Object> change = Map.of("current", shape, "password", shape);
      told.add(code(anybody(scene).post("/api/auth/login", login)));
      told.add(code(register(scene, Map.of("username", "nn", "password", shape))));
      told.add(code(anybody(scene).post(CONFIRM, Map.of("token", "t", "password", shape))));
      told.add(
          code(scene.ann.rest().post("/api/me/password", change)).replace("current", "password"));
    }
    return told.equals(Set.of("400 password")) ? "400" : told.toString();
  }

  private static String neighbours(Scene scene) {
    Set<String> told = new TreeSet<>();
    for (String path : List.of("/api/users/", "/api/rooms/")) {
      String known = path.contains("users") ? scene.ann.id() : scene.foreign;
      Set<String> same = new TreeSet<>();
      for (long step = 1; step <= 8; step++) {
        UUID id = UUID.fromString(known);
        UUID beside = new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() + step);
        same.add(words(scene.ann.rest().get(path + beside)));
      }
      if (path.contains("rooms")) {
        same.add(words(scene.ann.rest().get(path + known)));
      }
      told.add(same.size() == 1 && same.iterator().next().startsWith("404") ? "404" : same + "");
    }
    return told.equals(Set.of("404")) ? "404, the same words" : told.toString();
  }

  private static String again(Scene scene) {
    String email = address();
    signUp(scene, email);
    String token = forgotten(scene, email);
    int first = confirm(scene, token, OTHER).status();
    int second = confirm(scene, token, PASSWORD).status();
    login(scene, email, OTHER);
    return first + ", then " + second;
  }

  private static String late(Scene scene) {
    String email = address();
    signUp(scene, email);
    String token = forgotten(scene, email);
    StoreSql.in(scene.data)
        .run(
            "update mail_tokens set expires_at = now() - interval '1 second' where address = '"
                + email
                + "'");
    int status = confirm(scene, token, OTHER).status();
    login(scene, email, PASSWORD);
    return String.valueOf(status);
  }

  /** A token for another purpose, one that is nearly that of another account, and none at all. */
  private static String foreign(Scene scene) {
    String email = address();
    signUp(scene, email);
    String verifying = scene.mail.link(email, "/verify-email").token();
    String resetting = forgotten(scene, email);
    String altered = resetting.substring(0, resetting.length() - 3) + "AAA";
    Set<Integer> told = new TreeSet<>();
    told.add(confirm(scene, verifying, OTHER).status());
    told.add(confirm(scene, altered, OTHER).status());
    told.add(confirm(scene, "' or 1=1 --", OTHER).status());
    told.add(anybody(scene).post("/api/auth/verify-email", Map.of("token", resetting)).status());
    login(scene, email, PASSWORD);
    return told.size() == 1 ? told.iterator().next().toString() : told.toString();
  }

  private static String host(Scene scene) throws IOException {
    String email = address();
    signUp(scene, email);
    String body = "{\"email\":\"" + email + "\"}";
    try (Socket socket = RawHttp.connect(scene.node.httpPort(), "127.0.0.1")) {
      String head =
          "POST /api/auth/password-reset HTTP/1.1\r\nHost: evil.example\r\n"
              + "X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: http\r\n"
              + "Forwarded: host=evil.example\r\nOrigin: https://evil.example\r\n"
              + "Content-Type: application/json\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n";
      socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
      String status = RawHttp.line(socket);
      if (!status.contains("202") && !status.contains("403")) {
        return status;
      }
      if (status.contains("403")) {
        anybody(scene).post(RESET, Map.of("email", email)).expect(202);
      }
    }
    return scene.mail.link(email, "/reset-password").page().replace("/reset-password", "");
  }

  private static String changed(Scene scene) {
    String email = address();
    String here = signUp(scene, email).body().path("token").asText();
    String there = login(scene, email, PASSWORD).body().path("token").asText();
    try (SocketClient kept = SocketClient.open(scene.vertx, scene.port(), here);
        SocketClient lost = SocketClient.open(scene.vertx, scene.port(), there)) {
      RestUser mia = user(scene, here);
      mia.rest()
          .post("/api/me/password", Map.of("current", PASSWORD, "password", OTHER))
          .expect(204);
      await().atMost(Scene.PATIENCE).until(lost::closed);
      int elsewhere = user(scene, there).rest().get("/api/me").status();
      boolean lives = !kept.closed() && mia.rest().get("/api/me").status() == 200;
      return elsewhere
          + " and "
          + lost.closeCode().orElse(0)
          + " elsewhere, "
          + (lives ? "200 here" : "lost here");
    }
  }

  private static String reset(Scene scene) {
    String email = address();
    String here = signUp(scene, email).body().path("token").asText();
    String token = forgotten(scene, email);
    try (SocketClient socket = SocketClient.open(scene.vertx, scene.port(), here)) {
      confirm(scene, token, OTHER).expect(204);
      await().atMost(Scene.PATIENCE).until(socket::closed);
      int status = user(scene, here).rest().get("/api/me").status();
      return status + " and " + socket.closeCode().orElse(0) + " everywhere";
    }
  }

  private static RestUser user(Scene scene, String token) {
    return new RestUser("", "", "", token, anybody(scene).with(token));
  }

  /** Direction, width and joining that nobody sees, marks of order, and letters of two scripts. */
  private static String names(Scene scene) {
    Set<String> told = new TreeSet<>();
    for (String odd :
        List.of("\u202E", "\u2066", "\u200B", "\u200D", "\uFEFF", "\uDB40\uDC41", "\u2028")) {
      String name = "a" + odd + "b";
      told.add(code(register(scene, Map.of("username", name, "password", PASSWORD))));
      told.add(
          code(register(scene, Map.of("username", "abc", "name", name, "password", PASSWORD))));
      told.add(code(scene.ann.rest().post("/api/rooms", Map.of("name", name, "type", "private"))));
    }
    told.add(code(register(scene, Map.of("username", "p\u0430ypal", "password", PASSWORD))));
    return told.equals(Set.of("400 username", "400 name")) ? "400" : told.toString();
  }
}
