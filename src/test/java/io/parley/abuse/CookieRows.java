package io.parley.abuse;

import io.parley.json.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What pages of other sites can try with the cookie of a browser. */
final class CookieRows {
  private static final String REFRESH = "/api/auth/refresh";
  private static final String EVIL = "https://evil.example.org";
  private static final String FRIEND = "https://app.example.org";

  private CookieRows() {}

  static Stream<Row> all() {
    return Stream.of(
        new Row("C1", "a foreign page refreshes with the cookie", FOREIGN, CookieRows::foreign),
        new Row("C2", "JSON that says it is text", "415", CookieRows::text),
        new Row("C5", "leave for foreign pages with cookies", "never", CookieRows::leave),
        new Row("C7", "cookies that scripts or others can use", "5 of 5 safe", CookieRows::safe),
        new Row("C8", "another method by header, field or query", OTHER, CookieRows::method));
  }

  private static final String FOREIGN = "[403, 403, 403, 403, 415], then 200";
  private static final String OTHER = "[405, 405, 405], still signed in";

  /** A browser that has just signed in; the cookie as it would send it. */
  private static String cookie(HttpResponse<String> answer) {
    String set = answer.headers().firstValue("set-cookie").orElseThrow();
    return set.substring(0, set.indexOf(';'));
  }

  private static HttpResponse<String> signIn(Scene scene, Device device)
      throws IOException, InterruptedException {
    return Device.send(
        scene,
        "POST",
        "/api/auth/login",
        Device.credentials(device.username()),
        "X-Parley-Client",
        "web");
  }

  private static String foreign(Scene scene) throws IOException, InterruptedException {
    String cookie = cookie(signIn(scene, Device.signUp(scene)));
    List<Integer> refused = new ArrayList<>();
    refused.add(status(scene, cookie, "Origin", EVIL));
    refused.add(status(scene, cookie, "Origin", "null"));
    refused.add(status(scene, cookie, "X-Nothing", "said"));
    refused.add(status(scene, cookie, "Origin", Scene.PUBLIC, "Sec-Fetch-Site", "cross-site"));
    refused.add(
        Device.send(
                scene,
                "POST",
                REFRESH,
                "a=b",
                "Cookie",
                cookie,
                "Origin",
                EVIL,
                "Content-Type",
                "application/x-www-form-urlencoded")
            .statusCode());
    return refused + ", then " + status(scene, cookie, "Origin", Scene.PUBLIC);
  }

  private static int status(Scene scene, String cookie, String... headers)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("Cookie", cookie));
    all.addAll(List.of(headers));
    return Device.send(scene, "POST", REFRESH, "", all.toArray(new String[0])).statusCode();
  }

  private static String text(Scene scene) throws IOException, InterruptedException {
    return String.valueOf(
        Device.send(
                scene,
                "POST",
                "/api/auth/login",
                Device.credentials("somebody"),
                "Content-Type",
                "text/plain")
            .statusCode());
  }

  /**
   * REST never lets pages of other sites send cookies. Sockets let those that the operator has
   * named, since SockJS insists on it; nothing there reads any. All others get no leave at all.
   */
  private static String leave(Scene scene) throws IOException, InterruptedException {
    List<String> given = new ArrayList<>();
    for (String origin : List.of(EVIL, FRIEND, "null")) {
      for (String path : List.of("/api/me", "/api/auth/login", "/eventbus/info", "/")) {
        for (int port : List.of(scene.node.httpPort(), scene.port())) {
          look(Device.send(port, "GET", path, "", "Origin", origin), origin, given);
          look(
              Device.send(
                  port,
                  "OPTIONS",
                  path,
                  "",
                  "Origin",
                  origin,
                  "Access-Control-Request-Method",
                  "POST"),
              origin,
              given);
        }
      }
      look(
          Device.send(scene.port(), "POST", "/eventbus/000/c5/xhr", "", "Origin", origin),
          origin,
          given);
    }
    return given.isEmpty() ? "never" : given.toString();
  }

  private static void look(HttpResponse<String> answer, String origin, List<String> given) {
    answer
        .headers()
        .firstValue("access-control-allow-credentials")
        .filter(leave -> !origin.equals(FRIEND) || !answer.uri().getPath().startsWith("/eventbus/"))
        .ifPresent(leave -> given.add("cookies at " + answer.uri()));
    answer
        .headers()
        .firstValue("access-control-allow-origin")
        .filter(leave -> !origin.equals(FRIEND) || !leave.equals(FRIEND))
        .ifPresent(leave -> given.add(leave + " at " + answer.uri()));
  }

  private static String safe(Scene scene) throws IOException, InterruptedException {
    Device device = Device.signUp(scene);
    List<HttpResponse<String>> answers = new ArrayList<>();
    answers.add(
        Device.send(
            scene,
            "POST",
            "/api/auth/register",
            Device.credentials(device.username() + "x"),
            "X-Parley-Client",
            "web"));
    answers.add(signIn(scene, device));
    String first = cookie(answers.get(1));
    answers.add(sent(scene, "POST", REFRESH, first, ""));
    String second = cookie(answers.get(2));
    answers.add(sent(scene, "POST", "/api/auth/logout", second, ""));
    HttpResponse<String> again = signIn(scene, device);
    String token = Json.object(again.body()).path("token").asText();
    answers.add(sent(scene, "DELETE", "/api/me/sessions", cookie(again), token));

    List<String> set =
        answers.stream().flatMap(each -> each.headers().allValues("set-cookie").stream()).toList();
    return set.stream().filter(CookieRows::kept).count() + " of " + set.size() + " safe";
  }

  private static HttpResponse<String> sent(
      Scene scene, String method, String path, String cookie, String token)
      throws IOException, InterruptedException {
    return Device.send(
        scene,
        method,
        path,
        "",
        "Cookie",
        cookie,
        "Origin",
        Scene.PUBLIC,
        "Authorization",
        "Bearer " + token);
  }

  private static boolean kept(String cookie) {
    String small = cookie.toLowerCase(Locale.ROOT);
    return small.startsWith("__host-")
        && small.contains("; secure")
        && small.contains("; httponly")
        && small.contains("; samesite=strict")
        && small.contains("; path=/")
        && !small.contains("domain=");
  }

  private static String method(Scene scene) throws IOException, InterruptedException {
    Device device = Device.signUp(scene);
    String all = "/api/me/sessions";
    List<Integer> tried = new ArrayList<>();
    for (String path : List.of(all, all + "?_method=DELETE", "/api/auth/logout?_method=POST")) {
      tried.add(
          Device.send(
                  scene,
                  path.startsWith(all) ? "POST" : "GET",
                  path,
                  path.startsWith(all) ? "{\"_method\":\"DELETE\"}" : "",
                  "Authorization",
                  "Bearer " + device.token(),
                  "X-HTTP-Method-Override",
                  path.startsWith(all) ? "DELETE" : "POST",
                  "X-Method-Override",
                  "DELETE")
              .statusCode());
    }
    return tried + (device.check() == 200 ? ", still signed in" : ", signed out");
  }
}
