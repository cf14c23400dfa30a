package io.parley.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.SessionsApi;
import io.parley.json.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionRoutesTest {
  private final TestEdge edge = new TestEdge();

  @AfterEach
  void stop() {
    edge.close();
  }

  private HttpResponse<String> delete(String path) {
    HttpRequest.Builder request = edge.asAda(path).header("Cookie", "parley-refresh=r1").DELETE();
    return edge.send(request);
  }

  private static Optional<String> setCookie(HttpResponse<String> response) {
    return response.headers().firstValue("set-cookie");
  }

  @Test
  void oneIsToldOfOnesOwnSessions() {
    HttpResponse<String> response = edge.send(edge.asAda("/api/me/sessions"));

    JsonNode session =
        Json.object(response.body().getBytes(StandardCharsets.UTF_8)).path("sessions").get(0);
    assertThat(session.path("device").asText()).isEqualTo("phone");
    assertThat(session.path("address").asText()).isEqualTo("192.0.2.1");
    assertThat(session.path("current").isBoolean()).isTrue();
    assertThat(edge.behind.last(SessionsApi.ListOwn.class).user()).isEqualTo(TestEdge.ADA);
  }

  @Test
  void anotherDeviceIsSignedOutAndTheBrowserKeepsItsCookie() {
    UUID other = UUID.randomUUID();

    HttpResponse<String> response = delete("/api/me/sessions/" + other);

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(setCookie(response)).isEmpty();
    SessionsApi.End asked = edge.behind.last(SessionsApi.End.class);
    assertThat(asked.user()).isEqualTo(TestEdge.ADA);
    assertThat(asked.session().value()).isEqualTo(other);
  }

  @Test
  void signingOutEverywhereTakesTheCookieAwayUnlessThisSessionStays() {
    HttpResponse<String> everywhere = delete("/api/me/sessions");
    assertThat(everywhere.body()).isEqualTo("{\"count\":2}");
    assertThat(setCookie(everywhere).orElseThrow()).startsWith("parley-refresh=;");
    assertThat(edge.behind.last(SessionsApi.EndAll.class).but()).isEmpty();

    HttpResponse<String> elsewhere = delete("/api/me/sessions?keepCurrent=true");
    assertThat(setCookie(elsewhere)).isEmpty();
    assertThat(edge.behind.last(SessionsApi.EndAll.class).but()).isPresent();
  }

  @Test
  void whatIsNoSessionIsInvalid() {
    assertThat(delete("/api/me/sessions/mine").statusCode()).isEqualTo(400);
    assertThat(delete("/api/me/sessions?keepCurrent=perhaps").statusCode()).isEqualTo(400);
    assertThat(edge.behind.asked).isEmpty();
  }
}
