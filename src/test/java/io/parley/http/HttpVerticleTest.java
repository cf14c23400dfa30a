package io.parley.http;

import static io.parley.http.TestEdge.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.AccountsApi;
import io.parley.accounts.ExportsApi;
import io.parley.json.Json;
import io.parley.messages.MessagesApi;
import io.parley.rooms.RoomsApi;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpVerticleTest {
  private static final String ROOM = "/api/rooms/" + FakeCapabilities.ROOM;

  private static TestEdge edge;

  @BeforeAll
  static void start() {
    edge = new TestEdge();
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  @BeforeEach
  void forget() {
    edge.behind.asked.clear();
    edge.behind.appended.clear();
  }

  @Test
  void whoRegistersIsSignedInAndEntersTheDefaultRooms() {
    HttpResponse<String> response =
        edge.send(
            json(
                edge.anonymous("/api/auth/register"),
                "POST",
                "{\"email\":\"ada@example.org\",\"password\":\"secret\",\"displayName\":\"Ada\"}"));

    assertThat(response.statusCode()).isEqualTo(201);
    JsonNode body = body(response);
    assertThat(body.path("ok").booleanValue()).isTrue();
    assertThat(body.path("token").asText()).isEqualTo("access-token");
    assertThat(body.path("refreshToken").asText()).isEqualTo("refresh-token");
    assertThat(body.path("expiresIn").intValue()).isEqualTo(900);
    assertThat(body.path("userId").asText()).isEqualTo(TestEdge.ADA.toString());
    assertThat(body.path("name").asText()).isEqualTo("Ada");
    assertThat(body.path("email").asText()).isEqualTo("ada@example.org");
    assertThat(body.path("user").path("createdAt").asText()).isEqualTo("2026-11-21T02:30:00.123Z");
    assertThat(response.headers().firstValue("set-cookie")).isEmpty();
    AccountsApi.Register asked = edge.behind.last(AccountsApi.Register.class);
    assertThat(asked.email()).contains("ada@example.org");
    assertThat(asked.name()).contains("Ada");
    assertThat(asked.password().clear()).isEqualTo("secret");
    assertThat(edge.behind.last(RoomsApi.Welcome.class).caller().user()).isEqualTo(TestEdge.ADA);
  }

  @Test
  void oneSignsInByAnyIdentifier() {
    for (String field : new String[] {"email", "phoneNumber", "username", "identifier"}) {
      HttpResponse<String> response =
          edge.send(
              json(
                  edge.anonymous("/api/auth/login"),
                  "POST",
                  "{\"%s\":\"me\",\"password\":\"secret\"}".formatted(field)));

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(edge.behind.last(AccountsApi.Login.class).identifier()).isEqualTo("me");
    }
  }

  @Test
  void aProgramRefreshesAndLogsOutWithTheTokenInTheBody() {
    String given = "{\"refreshToken\":\"r1\"}";
    HttpResponse<String> refreshed =
        edge.send(json(edge.anonymous("/api/auth/refresh"), "POST", given));
    HttpResponse<String> loggedOut =
        edge.send(json(edge.anonymous("/api/auth/logout"), "POST", given));

    assertThat(body(refreshed).path("refreshToken").asText()).isEqualTo("refresh-token");
    assertThat(edge.behind.last(AccountsApi.Refresh.class).refreshToken()).isEqualTo("r1");
    assertThat(loggedOut.statusCode()).isEqualTo(204);
    assertThat(edge.behind.last(AccountsApi.Logout.class).refreshToken()).contains("r1");
  }

  @Test
  void anExportIsOverBeforeItsLastByteIsThere() {
    for (int i = 0; i < 50; i++) {
      HttpResponse<String> response = edge.send(edge.asAda("/api/me/export"));

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(edge.behind.asked).endsWith(new ExportsApi.EndExport(TestEdge.ADA));
    }
  }

  @Test
  void anAccessTokenEndsItsOwnSession() {
    HttpResponse<String> response = edge.send(post(edge.asAda("/api/auth/logout")));

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(edge.behind.last(AccountsApi.Logout.class).session()).contains(TestEdge.SESSION);
  }

  @Test
  void endingASessionTwiceIsNoError() {
    HttpRequest.Builder again =
        post(edge.anonymous("/api/auth/logout")).header("Authorization", "Bearer revoked");

    assertThat(edge.send(again).statusCode()).isEqualTo(204);
  }

  @Test
  void theCheckSaysWhoOneIs() {
    HttpResponse<String> response = edge.send(edge.asAda("/api/auth/check"));

    assertThat(response.body())
        .isEqualTo(
            """
            {"authenticated":true,"userId":"%s","name":"Ada","email":"ada@example.org",\
            "sessionId":"%s","expiresAt":"2026-11-21T02:31:00.123Z",\
            "user":{"id":"%s","name":"Ada","username":"ada","email":"ada@example.org",\
            "createdAt":"2026-11-21T02:30:00.123Z"}}"""
                .formatted(TestEdge.ADA, TestEdge.SESSION, TestEdge.ADA));
  }

  @Test
  void roomsAreMadeListedSeenEnteredAndLeft() {
    HttpResponse<String> made =
        edge.send(json(edge.asAda("/api/rooms"), "POST", "{\"name\":\"x\",\"type\":\"private\"}"));
    HttpResponse<String> listed =
        edge.send(edge.asAda("/api/rooms?discover=true&query=a%26b&limit=7"));

    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(body(made).path("membership").path("role").asText()).isEqualTo("owner");
    assertThat(body(listed).path("rooms")).hasSize(1);
    assertThat(listed.headers().firstValue("link"))
        .contains("</api/rooms?discover=true&query=a%26b&limit=7&after=more>; rel=\"next\"");
    RoomsApi.ListRooms asked = edge.behind.last(RoomsApi.ListRooms.class);
    assertThat(asked.discover()).isTrue();
    assertThat(asked.query()).contains("a&b");
    assertThat(asked.limit()).isEqualTo(7);
    assertThat(edge.send(edge.asAda(ROOM)).statusCode()).isEqualTo(200);
    assertThat(edge.send(post(edge.asAda(ROOM + "/join"))).statusCode()).isEqualTo(200);
    assertThat(edge.send(post(edge.asAda(ROOM + "/leave"))).statusCode()).isEqualTo(204);
  }

  @Test
  void membersAreListedAddedAndRemovedById() {
    String bob = ROOM + "/members/" + FakeCapabilities.BOB;
    HttpRequest.Builder put = edge.asAda(bob).PUT(BodyPublishers.noBody());

    assertThat(body(edge.send(edge.asAda(ROOM + "/members"))).path("members")).hasSize(1);
    assertThat(edge.send(put).statusCode()).isEqualTo(204);
    assertThat(edge.send(edge.asAda(bob).DELETE()).statusCode()).isEqualTo(204);
    assertThat(edge.behind.last(RoomsApi.Add.class).user().toString())
        .isEqualTo(FakeCapabilities.BOB);
    assertThat(edge.behind.last(RoomsApi.Remove.class).room().toString())
        .isEqualTo(FakeCapabilities.ROOM);
  }

  @Test
  void aPostIsCreatedOnceAndFoundAgain() {
    HttpResponse<String> first =
        edge.send(json(edge.asAda(ROOM + "/messages"), "POST", "{\"text\":\"hi\"}"));
    HttpResponse<String> again =
        edge.send(
            json(edge.asAda(ROOM + "/messages"), "POST", "{\"content\":\"hi\"}")
                .header("Idempotency-Key", "again"));

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(body(first).path("seq").intValue()).isEqualTo(10);
    assertThat(body(first).path("at").asText()).isEqualTo("2026-11-21T02:30:00.123Z");
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(body(again).path("duplicate").booleanValue()).isTrue();
    assertThat(body(again).path("cid").asText()).isEqualTo("again");
  }

  @Test
  void whatAClientSaysAboutItselfInAPostIsIgnored() {
    edge.send(
        json(
            edge.asAda(ROOM + "/messages"),
            "POST",
            "{\"text\":\"hi\",\"room\":\"%s\",\"author\":{\"id\":\"x\"},\"seq\":1,\"at\":\"x\",\"from\":\"admin\"}"
                .formatted(FakeCapabilities.HIDDEN)));

    assertThat(edge.behind.appended).hasSize(1);
    assertThat(edge.behind.appended.get(0).author()).isEqualTo(TestEdge.ADA);
    assertThat(edge.behind.appended.get(0).body()).isEqualTo("{\"text\":\"hi\"}");
  }

  @Test
  void historyAndSyncEmbedEntriesAndLinkToTheirNeighbours() {
    HttpResponse<String> history = edge.send(edge.asAda(ROOM + "/messages?around=8&limit=2"));
    HttpResponse<String> sync = edge.send(edge.asAda(ROOM + "/sync?cursor=c7"));

    assertThat(body(history).path("entries")).hasSize(2);
    assertThat(history.headers().firstValue("link"))
        .contains(
            "<%s/messages?limit=2&after=8>; rel=\"next\", <%s/messages?limit=2&before=7>; rel=\"prev\""
                .formatted(ROOM, ROOM));
    MessagesApi.History asked = edge.behind.last(MessagesApi.History.class);
    assertThat(asked.around()).contains(8L);
    assertThat(asked.limit()).isEqualTo(2);
    assertThat(body(sync).path("next").asText()).isEqualTo("c8");
    assertThat(sync.headers().firstValue("link"))
        .contains("<%s/sync?cursor=c8>; rel=\"next\"".formatted(ROOM));
  }

  @Test
  void typingIsToldAndNothingComesBack() {
    assertThat(edge.send(post(edge.asAda(ROOM + "/typing"))).statusCode()).isEqualTo(204);
  }

  @Test
  void readingMovesTheMarkerAndSaysWhereItStands() {
    HttpResponse<String> response =
        edge.send(json(edge.asAda(ROOM + "/read"), "POST", "{\"seq\":12}"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(body(response).path("seq").asLong()).isEqualTo(9);
    assertThat(edge.behind.last(RoomsApi.Read.class).seq()).isEqualTo(12);
    assertThat(edge.behind.last(RoomsApi.Read.class).user()).isEqualTo(TestEdge.ADA);
  }

  @Test
  void aDirectMessageOpensTheRoomOfTheTwo() {
    HttpResponse<String> response =
        edge.send(
            json(
                edge.asAda("/api/chat/messages"),
                "POST",
                "{\"senderId\":\"%s\",\"recipientId\":\"%s\",\"content\":\"hi\",\"messageType\":\"TEXT\"}"
                    .formatted(TestEdge.ADA, FakeCapabilities.BOB)));

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(body(response).path("room").asText()).isEqualTo(FakeCapabilities.ROOM);
    assertThat(edge.behind.last(RoomsApi.Direct.class).other().toString())
        .isEqualTo(FakeCapabilities.BOB);
    assertThat(
            edge.send(
                    json(
                        edge.asAda("/api/rooms/direct"),
                        "POST",
                        "{\"userId\":\"%s\"}".formatted(FakeCapabilities.BOB)))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void peopleAreLookedUp() {
    HttpResponse<String> page = edge.send(edge.asAda("/api/users?query=a"));

    assertThat(body(page).path("users").get(0).path("username").asText()).isEqualTo("ada");
    assertThat(page.headers().firstValue("link"))
        .contains("</api/users?query=a&after=more%26%3D>; rel=\"next\"");
  }

  @Test
  void onlyOneselfIsToldHowOneIsReached() {
    JsonNode own = body(edge.send(edge.asAda("/api/me")));
    JsonNode seen = body(edge.send(edge.asAda("/api/users/" + TestEdge.ADA)));

    assertThat(own.path("name").asText()).isEqualTo("Ada");
    assertThat(own.path("email").asText()).isEqualTo("ada@example.org");
    assertThat(own.path("createdAt").asText()).isEqualTo("2026-11-21T02:30:00.123Z");
    assertThat(seen.path("username").asText()).isEqualTo("ada");
    assertThat(seen.has("email")).isFalse();
    assertThat(edge.behind.asked).contains(new AccountsApi.Own(TestEdge.ADA));
  }

  @Test
  void whatMustWaitIsToldHowLong() {
    HttpResponse<String> response =
        edge.send(
            json(edge.asAda(ROOM + "/messages"), "POST", "{\"text\":\"hi\",\"cid\":\"slow\"}"));

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.headers().firstValue("retry-after")).contains("4");
    assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
    JsonNode problem = body(response);
    assertThat(problem.path("code").asText()).isEqualTo("SLOW_MODE");
    assertThat(problem.path("retryAfterMs").intValue()).isEqualTo(3500);
    assertThat(problem.path("traceId").asText())
        .isEqualTo(response.headers().firstValue("x-request-id").orElseThrow());
  }

  @Test
  void theUnforeseenTellsNothing() {
    HttpResponse<String> response =
        edge.send(edge.anonymous("/api/me").header("Authorization", "Bearer broken"));

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body())
        .contains("INTERNAL")
        .doesNotContain("secret internals", "Exception");
  }

  @Test
  void everyAnswerIsHardened() {
    for (String path : new String[] {"/api/me", "/nowhere", "/docs", "/openapi.yaml"}) {
      HttpResponse<String> response = edge.send(edge.asAda(path));

      assertThat(response.headers().firstValue("x-content-type-options")).contains("nosniff");
      assertThat(response.headers().firstValue("content-security-policy").orElseThrow())
          .contains("default-src 'none'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(response.headers().firstValue("referrer-policy")).contains("no-referrer");
      assertThat(response.headers().firstValue("server")).isEmpty();
    }
    assertThat(edge.send(edge.asAda("/api/me")).headers().firstValue("cache-control"))
        .contains("no-store");
  }

  @Test
  void aRequestIdIsKeptIfItIsHarmless() {
    assertThat(requestId("abc-123")).contains("abc-123");
    assertThat(requestId("<script>").orElseThrow()).matches("[0-9a-f]{32}");
  }

  @Test
  void theDocumentationComesFromThisServerAlone() {
    HttpResponse<String> page = edge.send(edge.anonymous("/docs"));

    assertThat(page.body()).contains("/docs/start.js").doesNotContain("http://", "https://");
    for (String asset : new String[] {"start.js", "swagger-ui.css", "swagger-ui-bundle.js"}) {
      assertThat(edge.send(edge.anonymous("/docs/" + asset)).statusCode()).isEqualTo(200);
    }
    assertThat(edge.send(edge.anonymous("/openapi.yaml")).body()).startsWith("openapi: 3.1.0");
    assertThat(edge.send(edge.anonymous("/asyncapi.yaml")).body()).startsWith("asyncapi: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void whoWantsAPageAndNothingElseGetsIt(String method) {
    HttpResponse<String> page =
        edge.send(
            edge.anonymous("/docs")
                .method(method, BodyPublishers.noBody())
                .header("Accept", "text/html"));

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
    assertThat(page.body().isEmpty()).isEqualTo(method.equals("HEAD"));
  }

  @Test
  void requestsAreTimedByOperationAndOutcome() {
    edge.send(edge.asAda("/api/me"));

    assertThat(
            edge.metrics.timer("parley.http.requests", "operation", "me", "outcome", "OK").count())
        .isPositive();
  }

  private static Optional<String> requestId(String given) {
    return edge.send(edge.asAda("/api/me").header("X-Request-Id", given))
        .headers()
        .firstValue("x-request-id");
  }

  private static HttpRequest.Builder post(HttpRequest.Builder request) {
    return request.POST(BodyPublishers.noBody());
  }

  private static JsonNode body(HttpResponse<String> response) {
    return Json.object(response.body().getBytes(StandardCharsets.UTF_8));
  }
}
