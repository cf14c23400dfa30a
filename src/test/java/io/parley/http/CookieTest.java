package io.parley.http;

import static io.parley.http.TestEdge.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.AccountsApi;
import io.parley.config.HttpConfig;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CookieTest {
  private static final String LOGIN = "{\"email\":\"ada@example.org\",\"password\":\"secret\"}";

  private TestEdge edge = new TestEdge();

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  void aBrowserGetsTheRefreshTokenWhereNoScriptCanReadIt() {
    for (String path : List.of("/api/auth/login", "/api/auth/register")) {
      HttpResponse<String> response =
          edge.send(json(edge.anonymous(path), "POST", LOGIN).header("X-Parley-Client", "web"));

      assertThat(response.body()).doesNotContain("refresh-token");
      assertCookie(
          response,
          "parley-refresh=refresh-token; Max-Age=86400; Path=/; HTTPOnly; SameSite=Strict");
    }
  }

  @Test
  void aBrowserMayAlsoAskInTheBody() {
    String body = LOGIN.replace("}", ",\"cookie\":true}");

    assertThat(setCookie(edge.send(json(edge.anonymous("/api/auth/login"), "POST", body))))
        .isPresent();
  }

  @Test
  void overHttpsTheCookieIsBoundToTheHost() {
    serve("https://chat.example.org");

    HttpResponse<String> response =
        edge.send(
            json(edge.anonymous("/api/auth/login"), "POST", LOGIN)
                .header("X-Parley-Client", "web"));

    assertCookie(
        response,
        "__Host-parley-refresh=refresh-token; Max-Age=86400; Path=/; Secure; HTTPOnly; SameSite=Strict");
    assertThat(response.headers().firstValue("strict-transport-security")).isPresent();
  }

  @Test
  void overPlainHttpFromElsewhereThereIsNoCookie() {
    serve("http://chat.example.org");

    HttpResponse<String> response =
        edge.send(
            json(edge.anonymous("/api/auth/login"), "POST", LOGIN)
                .header("X-Parley-Client", "web"));

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(setCookie(response)).isEmpty();
    assertThat(edge.behind.asked).isEmpty();
  }

  @Test
  void overPlainHttpFromElsewhereThereIsOneWhenTheOperatorSaysSo() {
    edge.close();
    HttpConfig plain = TestEdge.config("http://chat.example.org", List.of());
    edge = new TestEdge(insecure(plain), Optional.empty());

    HttpResponse<String> response =
        edge.send(
            json(edge.anonymous("/api/auth/login"), "POST", LOGIN)
                .header("X-Parley-Client", "web"));

    assertCookie(
        response, "parley-refresh=refresh-token; Max-Age=86400; Path=/; HTTPOnly; SameSite=Strict");
  }

  private static HttpConfig insecure(HttpConfig config) {
    return new HttpConfig(
        config.host(),
        config.port(),
        config.publicUrl(),
        config.origins(),
        true,
        config.maxBody(),
        config.maxHeaders(),
        config.tls());
  }

  @Test
  void ourOwnPagesRefreshWithTheCookie() {
    HttpResponse<String> response = edge.send(refresh("http://127.0.0.1:" + edge.port));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("access-token").doesNotContain("refresh-token");
    assertThat(setCookie(response).orElseThrow()).startsWith("parley-refresh=refresh-token;");
    assertThat(edge.behind.last(AccountsApi.Refresh.class).refreshToken()).isEqualTo("r1");
  }

  @Test
  void pagesOfOtherSitesDoNot() {
    HttpRequest.Builder crossSite =
        refresh("http://127.0.0.1:" + edge.port).header("Sec-Fetch-Site", "cross-site");

    assertThat(edge.send(refresh("https://evil.example.org")).statusCode()).isEqualTo(403);
    assertThat(edge.send(refresh("https://app.example.org")).statusCode()).isEqualTo(403);
    assertThat(edge.send(refresh("null")).statusCode()).isEqualTo(403);
    assertThat(edge.send(crossSite).statusCode()).isEqualTo(403);
    assertThat(edge.send(cookie("/api/auth/refresh").POST(BodyPublishers.noBody())).statusCode())
        .isEqualTo(403);
    assertThat(edge.behind.asked).isEmpty();
  }

  @Test
  void loggingOutTakesTheCookieAway() {
    HttpRequest.Builder logout =
        cookie("/api/auth/logout")
            .header("Origin", "http://127.0.0.1:" + edge.port)
            .POST(BodyPublishers.noBody());

    HttpResponse<String> response = edge.send(logout);

    assertThat(response.statusCode()).isEqualTo(204);
    assertCookie(response, "parley-refresh=; Max-Age=0; Path=/; HTTPOnly; SameSite=Strict");
    assertThat(edge.behind.last(AccountsApi.Logout.class).refreshToken()).contains("r1");
  }

  @Test
  void anExpiredAccessTokenDoesNotKeepABrowserSignedIn() {
    HttpRequest.Builder logout =
        cookie("/api/auth/logout")
            .header("Authorization", "Bearer expired")
            .header("Origin", "http://127.0.0.1:" + edge.port)
            .POST(BodyPublishers.noBody());

    assertThat(edge.send(logout).statusCode()).isEqualTo(204);
    assertThat(edge.behind.last(AccountsApi.Logout.class).refreshToken()).contains("r1");
  }

  @Test
  void aConfiguredOriginMayCallButNeverWithCookies() {
    HttpResponse<String> allowed =
        edge.send(edge.asAda("/api/me").header("Origin", "https://app.example.org"));
    HttpResponse<String> preflight = edge.send(preflight("https://app.example.org"));

    assertThat(allowed.headers().firstValue("access-control-allow-origin"))
        .contains("https://app.example.org");
    assertThat(allowed.headers().allValues("vary")).contains("Origin");
    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(preflight.headers().firstValue("access-control-allow-headers").orElseThrow())
        .contains("Authorization", "Idempotency-Key");
    assertThat(allowed.headers().firstValue("access-control-allow-credentials")).isEmpty();
    assertThat(preflight.headers().firstValue("access-control-allow-credentials")).isEmpty();
  }

  @Test
  void anyOtherOriginGetsNoLeave() {
    for (String origin :
        List.of("https://evil.example.org", "https://app.example.org.evil.org", "null")) {
      assertThat(
              edge.send(edge.asAda("/api/me").header("Origin", origin))
                  .headers()
                  .firstValue("access-control-allow-origin"))
          .isEmpty();
      assertThat(edge.send(preflight(origin)).headers().firstValue("access-control-allow-methods"))
          .isEmpty();
    }
  }

  private void serve(String publicUrl) {
    edge.close();
    edge = new TestEdge(TestEdge.config(publicUrl, List.of()), Optional.empty());
  }

  private HttpRequest.Builder preflight(String origin) {
    return edge.anonymous("/api/me")
        .header("Origin", origin)
        .header("Access-Control-Request-Method", "GET")
        .method("OPTIONS", BodyPublishers.noBody());
  }

  private HttpRequest.Builder refresh(String origin) {
    return cookie("/api/auth/refresh").header("Origin", origin).POST(BodyPublishers.noBody());
  }

  private HttpRequest.Builder cookie(String path) {
    return edge.anonymous(path).header("Cookie", "parley-refresh=r1");
  }

  /** Apart from the date, which says the same as Max-Age. */
  private static void assertCookie(HttpResponse<String> response, String expected) {
    assertThat(setCookie(response).map(cookie -> cookie.replaceFirst(" Expires=[^;]*;", "")))
        .contains(expected);
  }

  private static Optional<String> setCookie(HttpResponse<String> response) {
    return response.headers().firstValue("set-cookie");
  }
}
