package io.parley.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.config.AdminConfig;
import io.parley.fixtures.Await;
import io.parley.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.micrometer.MicrometerMetricsFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminVerticleTest {
  private final Metrics metrics = new Metrics();
  private final Vertx vertx =
      Vertx.builder()
          .with(new VertxOptions().setMetricsOptions(Metrics.vertx()))
          .withMetrics(new MicrometerMetricsFactory(metrics.registry()))
          .build();
  private final HealthChecks health = new HealthChecks(vertx);
  private final AdminVerticle admin =
      new AdminVerticle(new AdminConfig("127.0.0.1", 0), health, metrics.registry());
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void listen() {
    Await.of(vertx.deployVerticle(admin));
  }

  @AfterEach
  void close() {
    Await.of(vertx.close());
    metrics.close();
  }

  @Test
  void aStartingNodeIsAliveButNeitherStartedNorReady() throws Exception {
    assertThat(get("/livez").statusCode()).isEqualTo(200);
    assertThat(get("/startupz").statusCode()).isEqualTo(503);
    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/readyz").body()).isEqualTo("the node is starting\n");
    health.ready();
    assertThat(get("/startupz").statusCode()).isEqualTo(200);
    assertThat(get("/readyz").statusCode()).isEqualTo(200);
  }

  @Test
  void readinessNamesWhatIsMissingAndLivenessDoesNotCare() throws Exception {
    AtomicReference<Health> postgres = new AtomicReference<>(Health.failing("connection refused"));
    health.register("postgres", () -> Future.succeededFuture(postgres.get()));
    health.ready();
    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/readyz").body()).isEqualTo("postgres: connection refused\n");
    assertThat(get("/livez").statusCode()).isEqualTo(200);
    postgres.set(Health.well());
    await().until(() -> get("/readyz").statusCode() == 200);
  }

  @Test
  void detailsAreJson() throws Exception {
    health.register("redis", () -> Future.succeededFuture(Health.well()));
    health.draining();
    HttpResponse<String> details = get("/health");
    assertThat(details.headers().firstValue("content-type")).contains("application/json");
    assertThat(Json.object(details.body().getBytes(StandardCharsets.UTF_8)).toString())
        .isEqualTo(
            "{\"ready\":false,\"phase\":\"draining\",\"reasons\":[\"the node is about to stop\"],"
                + "\"checks\":{\"redis\":{\"ok\":true,\"detail\":\"\"}}}");
  }

  @Test
  void metricsCountTheProcessAndWhatRequestsCost() throws Exception {
    metrics.registry().counter("parley.log.appends").increment(3);
    get("/livez");
    String text = get("/metrics").body();
    assertThat(text)
        .contains("parley_log_appends_total 3.0")
        .contains("jvm_memory_used_bytes")
        .contains("process_cpu_usage")
        .contains("vertx_http_server_response_time_seconds_bucket");
    HttpRequest open =
        request("/metrics").header("Accept", "application/openmetrics-text").GET().build();
    assertThat(send(open).body()).endsWith("# EOF\n");
  }

  @Test
  void strangersCannotInventTags() throws Exception {
    HttpServer server =
        Await.of(vertx.createHttpServer().requestHandler(r -> r.response().end()).listen(0));
    for (int i = 0; i < 5; i++) {
      HttpRequest odd =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + server.actualPort() + "/secret-" + i))
              .method("ODD" + i, HttpRequest.BodyPublishers.noBody())
              .build();
      send(odd);
    }
    assertThat(get("/metrics").body())
        .contains("method=\"other\"")
        .doesNotContain("ODD")
        .doesNotContain("secret-")
        .doesNotContain("remote=");
  }

  @Test
  void onlyReadingIsPossible() throws Exception {
    HttpRequest post = request("/livez").POST(HttpRequest.BodyPublishers.ofString("stop")).build();
    assertThat(send(post).statusCode()).isEqualTo(405);
    assertThat(get("/").statusCode()).isEqualTo(404);
    HttpRequest head =
        request("/livez").method("HEAD", HttpRequest.BodyPublishers.noBody()).build();
    assertThat(send(head).body()).isEmpty();
  }

  @Test
  void anEventLoopThatHangsIsSeenWhileItHangs() {
    CountDownLatch release = new CountDownLatch(1);
    try (EventLoopLag lag = EventLoopLag.measure(vertx, metrics.registry())) {
      vertx.runOnContext(
          start -> {
            try {
              release.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      await().until(() -> lag.current().toMillis() > 1500);
      assertThat(metrics.registry().scrape()).contains("parley_event_loop_lag_seconds");
      release.countDown();
      await().until(() -> lag.current().toMillis() < 500);
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET().build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin.port() + path));
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
