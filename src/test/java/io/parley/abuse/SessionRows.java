package io.parley.abuse;

import static org.awaitility.Awaitility.await;

import io.parley.accounts.SessionId;
import io.parley.accounts.UserId;
import io.parley.fixtures.Await;
import io.parley.fixtures.SocketClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What can be tried with sessions, their ends, and refresh tokens. */
final class SessionRows {
  private static final Duration END = Duration.ofSeconds(60);

  private SessionRows() {}

  static Stream<Row> all() {
    return Stream.of(
        new Row("J9", "a token after logging out", OVER, SessionRows::loggedOut),
        new Row("J9", "a token after another device revoked it", OVER, SessionRows::revoked),
        new Row("J9", "signing out everywhere else, by socket", ELSEWHERE, SessionRows::elsewhere),
        new Row("J9", "revoking the session of somebody else", "204, it lives", s -> foreign(s)),
        new Row("J10", "the token before the last again", BURNT, SessionRows::replayed),
        new Row("J10", "a used token after its moment", BURNT, SessionRows::replayedLate),
        new Row("J11", "two tabs refresh at once", "one pair, one family", SessionRows::twoTabs),
        new Row("J12", "the answer was lost", "the same pair again", SessionRows::lostAnswer),
        new Row("J13", "a refresh token of a deleted user", "401, 401", SessionRows::deleted),
        new Row("J13", "a refresh token of a disabled user", BANNED, SessionRows::banned),
        new Row("J14", "a token that ends while a socket lives", ENDED, SessionRows::expires));
  }

  private static final String OVER = "401, refresh 401, close 4403";
  private static final String ELSEWHERE = "1 ended, close 4403, this one stays";
  private static final String BURNT = "401, its successor 401, close 4403, counted";
  private static final String BANNED =
      "401, 401, close 4403, 403 for the password, 401 for another, 200 once enabled";
  private static final String ENDED = "4011, close 4401";

  private static String loggedOut(Scene scene) throws IOException, InterruptedException {
    Device device = Device.signUp(scene);
    try (SocketClient socket = device.socket()) {
      device.asks("POST", "/api/auth/logout");
      return over(device, socket);
    }
  }

  private static String revoked(Scene scene) throws IOException, InterruptedException {
    Device device = Device.signUp(scene);
    Device other = device.another();
    try (SocketClient socket = device.socket()) {
      other.asks("DELETE", "/api/me/sessions/" + device.session());
      return over(device, socket);
    }
  }

  private static String over(Device device, SocketClient socket)
      throws IOException, InterruptedException {
    int closed = closeCode(socket);
    int check = device.check();
    int refresh = Device.refresh(device.scene(), device.refresh()).statusCode();
    return check + ", refresh " + refresh + ", close " + closed;
  }

  private static int closeCode(SocketClient socket) {
    await().atMost(END).until(socket::closed);
    return socket.closeCode().orElse(0);
  }

  private static String elsewhere(Scene scene) throws IOException, InterruptedException {
    Device here = Device.signUp(scene);
    Device there = here.another();
    try (SocketClient mine = here.socket();
        SocketClient other = there.socket()) {
      int count =
          Await.of(mine.send("sessions.revokeAll", Map.of("keepCurrent", true)))
              .path("count")
              .asInt();
      int closed = closeCode(other);
      boolean stays = Await.of(mine.send("sessions.list", Map.of())).path("sessions").size() == 1;
      return count + " ended, close " + closed + (stays ? ", this one stays" : ", all are gone");
    }
  }

  private static String foreign(Scene scene) throws IOException, InterruptedException {
    Device victim = Device.signUp(scene);
    int status = Device.signUp(scene).asks("DELETE", "/api/me/sessions/" + victim.session());
    return status + (victim.check() == 200 ? ", it lives" : ", it has ended");
  }

  private static String replayed(Scene scene) throws IOException, InterruptedException {
    Device device = Device.signUp(scene);
    String second = next(scene, device.refresh());
    String third = next(scene, second);
    return burnt(device, third);
  }

  private static String replayedLate(Scene scene) throws IOException, InterruptedException {
    Device device = Device.signUp(scene);
    String second = next(scene, device.refresh());
    Await.of(scene.vertx.timer(Scene.REFRESH_GRACE.toMillis() + 100, TimeUnit.MILLISECONDS));
    return burnt(device, second);
  }

  private static String next(Scene scene, String refresh) throws IOException, InterruptedException {
    return Device.json(Device.refresh(scene, refresh)).path("refreshToken").asText();
  }

  /** The first token comes again. */
  private static String burnt(Device device, String newest)
      throws IOException, InterruptedException {
    Scene scene = device.scene();
    double before = scene.authFailures("replay");
    try (SocketClient socket = device.socket()) {
      int replay = Device.refresh(scene, device.refresh()).statusCode();
      int closed = closeCode(socket);
      int successor = Device.refresh(scene, newest).statusCode();
      boolean counted = scene.authFailures("replay") == before + 1;
      return replay
          + ", its successor "
          + successor
          + ", close "
          + closed
          + (counted ? ", counted" : "");
    }
  }

  private static String twoTabs(Scene scene) throws IOException, InterruptedException {
    Device device = Device.signUp(scene);
    List<HttpResponse<String>> answers =
        Stream.of(1, 2).parallel().map(tab -> quietly(scene, device.refresh())).toList();
    String one = Device.json(answers.get(0)).path("refreshToken").asText("none");
    String other = Device.json(answers.get(1)).path("refreshToken").asText("nothing");
    boolean same = one.equals(other) && tokens(answers.get(0)).equals(tokens(answers.get(1)));
    int onward = Device.refresh(scene, one).statusCode();
    return (same ? "one pair" : "two pairs") + (onward == 200 ? ", one family" : ", none");
  }

  private static HttpResponse<String> quietly(Scene scene, String refresh) {
    try {
      return Device.refresh(scene, refresh);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String tokens(HttpResponse<String> answer) {
    return Device.json(answer).path("token").asText() + Device.json(answer).path("refreshToken");
  }

  private static String lostAnswer(Scene scene) throws IOException, InterruptedException {
    Device device = Device.signUp(scene);
    String lost = tokens(Device.refresh(scene, device.refresh()));
    String found = tokens(Device.refresh(scene, device.refresh()));
    return lost.equals(found) ? "the same pair again" : "another one";
  }

  private static String deleted(Scene scene) throws IOException, InterruptedException {
    Device device = Device.signUp(scene);
    Device another = device.another();
    String used = next(scene, another.refresh());
    scene.sql("delete from accounts where id = '" + UUID.fromString(device.user()) + "'");
    return Device.refresh(scene, device.refresh()).statusCode()
        + ", "
        + Device.refresh(scene, used).statusCode();
  }

  private static String banned(Scene scene) throws IOException, InterruptedException {
    Device admin = Device.signUp(scene);
    Device device = Device.signUp(scene);
    scene.sql(
        "update accounts set role = 'admin' where id = '" + UUID.fromString(admin.user()) + "'");
    await()
        .atMost(Scene.PATIENCE)
        .until(() -> admin.asks("GET", "/api/admin/users/" + device.user()) == 200);
    try (SocketClient socket = device.socket()) {
      admin.asks("POST", "/api/admin/users/" + device.user() + "/disable", "{\"reason\":\"x\"}");
      int closed = closeCode(socket);
      int refresh = Device.refresh(scene, device.refresh()).statusCode();
      int check = device.check();
      String right = Device.credentials(device.username());
      int told = login(scene, right);
      int guess = login(scene, right.replace("correct", "wrong"));
      admin.asks("POST", "/api/admin/users/" + device.user() + "/enable");
      return "%s, %s, close %s, %s for the password, %s for another, %s once enabled"
          .formatted(refresh, check, closed, told, guess, login(scene, right));
    } finally {
      scene.sql("update accounts set role = 'user'");
    }
  }

  private static int login(Scene scene, String credentials)
      throws IOException, InterruptedException {
    return Device.send(scene, "POST", "/api/auth/login", credentials).statusCode();
  }

  /** The clocks of both are one, and the end of a token is a whole second. */
  private static String expires(Scene scene) throws IOException, InterruptedException {
    Device device = Device.signUp(scene);
    Instant now = Instant.now();
    String brief =
        scene
            .tokens(Scene.SECRET)
            .issue(
                new UserId(UUID.fromString(device.user())),
                new SessionId(UUID.fromString(device.session())),
                now,
                now.plusSeconds(3));
    try (SocketClient socket = SocketClient.open(scene.vertx, scene.port(), brief)) {
      await()
          .atMost(Scene.PATIENCE)
          .until(() -> Scene.outcome(socket.send("rooms.list", Map.of())).equals("4011"));
      return "4011, close " + closeCode(socket);
    }
  }
}
