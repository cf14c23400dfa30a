package io.parley.observability;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.parley.config.AdminConfig;
import io.parley.json.Json;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Health and metrics, for operators and their machines, on a port of its own that the public must
 * not reach.
 *
 * <p>{@code /livez}: the process answers. {@code /startupz}: it has started. {@code /readyz}: send
 * requests here, or why not. {@code /health}: every check. {@code /metrics}: for Prometheus.
 */
public final class AdminVerticle extends VerticleBase {
  private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final int IDLE_SECONDS = 30;
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private final AdminConfig config;
  private final HealthChecks health;
  private final PrometheusMeterRegistry meters;
  private @Nullable HttpServer server;

  public AdminVerticle(AdminConfig config, HealthChecks health, PrometheusMeterRegistry meters) {
    this.config = config;
    this.health = health;
    this.meters = meters;
  }

  @Override
  public Future<?> start() {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(config.host())
            .setPort(config.port())
            .setIdleTimeout(IDLE_SECONDS);
    return vertx
        .createHttpServer(options)
        .requestHandler(this::serve)
        .listen()
        .onSuccess(listening -> server = listening);
  }

  /** The port it listens on, 0 before it does. */
  public int port() {
    return server == null ? 0 : server.actualPort();
  }

  private void serve(HttpServerRequest request) {
    if (!READING.contains(request.method())) {
      request.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
      answer(request, 405, TEXT, "only GET\n");
      return;
    }
    switch (request.path()) {
      case "/livez" -> answer(request, 200, TEXT, "alive\n");
      case "/startupz" -> started(request);
      case "/readyz" -> health.report().onSuccess(report -> ready(request, report));
      case "/health" -> health.report().onSuccess(report -> details(request, report));
      case "/metrics" -> metrics(request);
      default -> answer(request, 404, TEXT, "try /livez /readyz /startupz /health /metrics\n");
    }
  }

  private void started(HttpServerRequest request) {
    boolean starting = health.phase() == HealthChecks.Phase.STARTING;
    answer(request, starting ? 503 : 200, TEXT, starting ? "starting\n" : "started\n");
  }

  private static void ready(HttpServerRequest request, HealthChecks.Report report) {
    if (report.ready()) {
      answer(request, 200, TEXT, "ready\n");
    } else {
      answer(request, 503, TEXT, String.join("\n", report.reasons()) + "\n");
    }
  }

  private static void details(HttpServerRequest request, HealthChecks.Report report) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("ready", report.ready());
    body.put("phase", report.phase().name().toLowerCase(Locale.ROOT));
    body.put("reasons", report.reasons());
    body.put("checks", report.checks());
    answer(request, report.ready() ? 200 : 503, "application/json", Json.write(body) + "\n");
  }

  /** Writing all metrics takes milliseconds, so it is done beside the event loop. */
  private void metrics(HttpServerRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    boolean open = accept != null && accept.contains("application/openmetrics-text");
    String type = open ? OPEN_METRICS : "text/plain; version=0.0.4; charset=utf-8";
    vertx
        .executeBlocking(() -> meters.scrape(type), false)
        .onSuccess(text -> answer(request, 200, type, text))
        .onFailure(cause -> answer(request, 500, TEXT, "the metrics cannot be written\n"));
  }

  private static void answer(HttpServerRequest request, int status, String type, String text) {
    if (request.response().closed()) {
      return;
    }
    Buffer body = Buffer.buffer(text);
    request
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()))
        .end(HttpMethod.HEAD.equals(request.method()) ? Buffer.buffer() : body);
  }
}
