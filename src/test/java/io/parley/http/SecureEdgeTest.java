package io.parley.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.config.ClusterConfig.TlsConfig;
import io.parley.config.EdgeTlsConfig;
import io.parley.edge.Door;
import io.parley.edge.EdgeTls;
import io.parley.fixtures.TestAuthority;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecureEdgeTest {
  private final Vertx vertx = Vertx.vertx();
  private final List<TestEdge> edges = new ArrayList<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private TestAuthority authority;
  private PemTrustOptions trust;

  @BeforeEach
  void found(@TempDir Path dir) {
    authority = new TestAuthority(dir, "authority");
    trust = new PemTrustOptions().addCertPath(authority.file().toString());
  }

  @AfterEach
  void stop() {
    edges.forEach(TestEdge::close);
    vertx.close().await();
  }

  @Test
  void overTlsBrowsersAreToldToStayThere() {
    TestEdge edge = edge(Optional.of(tls("http")), Optional.empty());
    HttpClient client = vertx.createHttpClient(options(true).setUseAlpn(true));

    HttpClientResponse answer = get(client, edge.port, "/openapi.yaml");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.version())
        .as("as long as limits are those of one request")
        .isEqualTo(HttpVersion.HTTP_1_1);
    assertThat(answer.getHeader("Strict-Transport-Security")).isEqualTo("max-age=31536000");
    await().until(() -> edge.door.connections() == 1);
    client.close().await();
    await().until(() -> edge.door.connections() == 0);
  }

  @Test
  void whoSpeaksPlainHttpThereGetsNothing() {
    TestEdge edge = edge(Optional.of(tls("http")), Optional.empty());
    HttpClient client = vertx.createHttpClient(options(false));

    assertThat(outcome(client, edge.port, "/openapi.yaml")).isEqualTo("no answer");
    await().until(() -> edge.door.connections() == 0);
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true"})
  void socketsAreForwardedWhoeverSpeaksTls(boolean rest, boolean sockets) {
    Optional<EdgeTls> shown = sockets ? Optional.of(tls("bridge")) : Optional.empty();
    int port = bridge(shown);
    TestEdge edge = edge(rest ? Optional.of(tls("http")) : Optional.empty(), forward(port, shown));
    WebSocketClientOptions options = new WebSocketClientOptions();
    if (rest) {
      options.setSsl(true).setTrustOptions(trust);
    }
    WebSocketClient client = vertx.createWebSocketClient(options);

    WebSocket socket = client.connect(edge.port, "127.0.0.1", "/eventbus/websocket").await();
    socket.textMessageHandler(heard::add);
    socket.writeTextMessage("x".repeat(50_000)).await();

    await().until(() -> heard.equals(List.of("echo " + "x".repeat(50_000))));
    HttpClient polling = vertx.createHttpClient(options(rest));
    assertThat(outcome(polling, edge.port, "/eventbus/info")).isEqualTo("200 bridge");
  }

  @Test
  void nobodyElseIsTakenForTheBridge() {
    EdgeTls bridges = tls("bridge");
    int port = bridge(Optional.of(tls("of the same authority")));
    TestEdge edge = edge(Optional.empty(), forward(port, Optional.of(bridges)));
    HttpClient client = vertx.createHttpClient(options(false));

    assertThat(outcome(client, edge.port, "/eventbus/info"))
        .startsWith("503 ")
        .contains("UNAVAILABLE");
    assertThat(heard).isEmpty();
  }

  private int bridge(Optional<EdgeTls> tls) {
    HttpServerOptions options = new HttpServerOptions();
    tls.ifPresent(
        shown ->
            shown.secure(
                options, Door.of(TestEdge.USUAL, new Random(1), new SimpleMeterRegistry())));
    HttpServer server =
        vertx
            .createHttpServer(options)
            .webSocketHandler(
                socket ->
                    socket.textMessageHandler(text -> socket.writeTextMessage("echo " + text)))
            .requestHandler(
                request -> {
                  heard.add(request.path());
                  request.response().end("bridge");
                });
    return server.listen(0, "127.0.0.1").await().actualPort();
  }

  private static Optional<HttpVerticle.Bridge> forward(int port, Optional<EdgeTls> tls) {
    return Optional.of(new HttpVerticle.Bridge("127.0.0.1", port, tls));
  }

  private TestEdge edge(Optional<EdgeTls> tls, Optional<HttpVerticle.Bridge> bridge) {
    TestEdge edge = new TestEdge(TestEdge.PLAIN, TestEdge.USUAL, tls, bridge);
    edges.add(edge);
    return edge;
  }

  private EdgeTls tls(String name) {
    TlsConfig files = authority.server(name, "127.0.0.1");
    EdgeTlsConfig config = new EdgeTlsConfig(files.certificate(), files.key());
    return EdgeTls.read(name + ".tls", config, Clock.systemUTC()).orElseThrow();
  }

  private HttpClientOptions options(boolean tls) {
    HttpClientOptions options = new HttpClientOptions();
    return tls ? options.setSsl(true).setTrustOptions(trust) : options;
  }

  private static HttpClientResponse get(HttpClient client, int port, String path) {
    return client
        .request(HttpMethod.GET, port, "127.0.0.1", path)
        .compose(request -> request.send())
        .await();
  }

  private static String outcome(HttpClient client, int port, String path) {
    return client
        .request(HttpMethod.GET, port, "127.0.0.1", path)
        .compose(request -> request.send())
        .compose(
            answer ->
                answer.body().map(Buffer::toString).map(text -> answer.statusCode() + " " + text))
        .recover(cause -> Future.succeededFuture("no answer"))
        .await();
  }
}
