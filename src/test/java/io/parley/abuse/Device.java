package io.parley.abuse;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.fixtures.SocketClient;
import io.parley.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** Somebody new on one device, with all that it was given. */
record Device(
    Scene scene, String username, String user, String session, String token, String refresh) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  static Device signUp(Scene scene) throws IOException, InterruptedException {
    String username = "dev_" + UUID.randomUUID().toString().substring(0, 8);
    return of(scene, username, send(scene, "POST", "/api/auth/register", credentials(username)));
  }

  /** The same person on one more device. */
  Device another() throws IOException, InterruptedException {
    return of(scene, username, send(scene, "POST", "/api/auth/login", credentials(username)));
  }

  static String credentials(String username) {
    return Json.write(Map.of("username", username, "password", "correct horse " + username));
  }

  private static Device of(Scene scene, String username, HttpResponse<String> answer) {
    JsonNode body = json(answer);
    return new Device(
        scene,
        username,
        body.path("userId").asText(),
        body.path("sessionId").asText(),
        body.path("token").asText(),
        body.path("refreshToken").asText());
  }

  /** Sends a request; a body is JSON unless a header says otherwise. */
  static HttpResponse<String> send(
      Scene scene, String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    return send(scene.node.httpPort(), method, path, body, headers);
  }

  static HttpResponse<String> send(
      int port, String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  static JsonNode json(HttpResponse<String> answer) {
    return Json.object(answer.body());
  }

  /** The status of a request of this device. */
  int asks(String method, String path) throws IOException, InterruptedException {
    return asks(method, path, "");
  }

  /** The status of a request with its access token and a body. */
  int asks(String method, String path, String body) throws IOException, InterruptedException {
    return send(scene, method, path, body, "Authorization", "Bearer " + token).statusCode();
  }

  /** Whether its access token is taken. */
  int check() throws IOException, InterruptedException {
    return asks("GET", "/api/auth/check");
  }

  /** Trades a refresh token in. */
  static HttpResponse<String> refresh(Scene scene, String refresh)
      throws IOException, InterruptedException {
    return send(scene, "POST", "/api/auth/refresh", Json.write(Map.of("refreshToken", refresh)));
  }

  SocketClient socket() {
    return SocketClient.open(scene.vertx, scene.port(), token);
  }
}
