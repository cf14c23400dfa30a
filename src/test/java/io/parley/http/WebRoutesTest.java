package io.parley.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebRoutesTest {
  private static final String SCRIPT = "/assets/main-abc123.js";

  private final Vertx vertx = Vertx.vertx();
  private int port = serve("http/web");

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/signin", "/rooms/0190b6c8-0000-7000-8000-00000000000a/42", "/x%2Fy"})
  void everyPlaceInTheAppIsItsOnePage(String path) throws Exception {
    HttpResponse<byte[]> page = get(path, "Accept", "text/html,*/*;q=0.8");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(text(page)).contains("<title>app</title>");
    assertThat(page.headers().firstValue("cache-control")).contains("no-cache");
    assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
        .startsWith("default-src 'none'; script-src 'self'")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/nothing",
        "/docs/nothing",
        "/eventbus/info",
        "/assets/nothing.js",
        "/assets/..%2Findex.html",
        "/assets/../../bad-input.txt"
      })
  void whatBelongsToOthersIsNotAPlaceInIt(String path) throws Exception {
    assertThat(get(path, "Accept", "text/html").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/signin", "/sw.js", SCRIPT})
  void whoAsksForTheHeadOnlyGetsTheSameWithoutTheBody(String path) throws Exception {
    HttpResponse<byte[]> page = ask("GET", path, "Accept", "text/html");

    HttpResponse<byte[]> head = ask("HEAD", path, "Accept", "text/html");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().map()).isEqualTo(page.headers().map());
    assertThat(head.headers().firstValue("content-length")).contains("" + page.body().length);
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void whatIsSomebodyElsesKeepsItsOwnMethods(String method) throws Exception {
    assertThat(ask(method, "/api/posted", "Accept", "text/html").statusCode()).isEqualTo(405);
  }

  @Test
  void aProgramIsToldThatThereIsNothing() throws Exception {
    assertThat(get("/signin", "Accept", "application/json").statusCode()).isEqualTo(404);
  }

  @Test
  void whatHasAHashInItsNameIsKeptForever() throws Exception {
    HttpResponse<byte[]> script = get(SCRIPT, "Accept", "*/*");

    assertThat(script.headers().firstValue("cache-control").orElseThrow()).contains("immutable");
    assertThat(script.headers().firstValue("content-type"))
        .contains("text/javascript; charset=utf-8");
    assertThat(text(script)).startsWith("// an asset");
    assertThat(get("/sw.js", "Accept", "*/*").headers().firstValue("cache-control"))
        .contains("no-cache");
  }

  @Test
  void itIsSentCompressedToWhoAsks() throws Exception {
    HttpResponse<byte[]> zipped = get(SCRIPT, "Accept-Encoding", "br, gzip");
    HttpResponse<byte[]> refused = get(SCRIPT, "Accept-Encoding", "gzip;q=0");

    assertThat(zipped.headers().firstValue("content-encoding")).contains("gzip");
    assertThat(zipped.headers().firstValue("vary")).contains("Accept-Encoding");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes())
        .isEqualTo(refused.body());
    assertThat(refused.headers().firstValue("content-encoding")).isEmpty();
    assertThat(zipped.body().length).isLessThan(refused.body().length / 4);
  }

  @Test
  void whatIsKnownAlreadyIsNotSentAgain() throws Exception {
    String tag = get(SCRIPT, "Accept", "*/*").headers().firstValue("etag").orElseThrow();

    HttpResponse<byte[]> again = get(SCRIPT, "If-None-Match", tag);

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void withoutAnAppTheRootLeadsToTheDocumentation() throws Exception {
    port = serve("http/nowhere");

    HttpResponse<byte[]> root = get("/", "Accept", "text/html");

    assertThat(root.statusCode()).isEqualTo(302);
    assertThat(root.headers().firstValue("location")).contains("/docs");
  }

  private int serve(String home) {
    Router router = Router.router(vertx);
    router.post("/api/posted").handler(routing -> routing.response().end());
    new WebRoutes(new Assets(vertx), home).mount(router);
    router.errorHandler(
        404,
        routing -> Problems.send(routing.response(), Failure.of(Reason.NOT_FOUND, "nothing here")));
    HttpServer server =
        vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await();
    return server.actualPort();
  }

  private HttpResponse<byte[]> get(String path, String header, String value)
      throws IOException, InterruptedException {
    return ask("GET", path, header, value);
  }

  private HttpResponse<byte[]> ask(String method, String path, String header, String value)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header(header, value)
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
