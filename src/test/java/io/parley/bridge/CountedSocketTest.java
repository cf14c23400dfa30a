package io.parley.bridge;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.fixtures.Await;
import io.parley.observability.Metrics;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.micrometer.MicrometerMetricsFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Vert.x counts of the connections that were taken over. */
class CountedSocketTest {
  private static final WireLimits LIMITS = new WireLimits(64 * 1024, 1 << 20);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Vertx vertx =
      Vertx.builder()
          .with(new VertxOptions().setMetricsOptions(Metrics.vertx()))
          .withMetrics(new MicrometerMetricsFactory(meters))
          .build();

  @AfterEach
  void close() {
    Await.of(vertx.close());
  }

  @Test
  void nothingIsLeftInTheCounts() {
    HttpServer server =
        Await.of(
            vertx
                .createHttpServer()
                .requestHandler(
                    request ->
                        request
                            .toWebSocket()
                            .onSuccess(
                                socket ->
                                    WebSocketWire.open(
                                        socket,
                                        false,
                                        LIMITS,
                                        new Turn(vertx.getOrCreateContext()),
                                        new AtomicLong(),
                                        System::nanoTime,
                                        wire -> Wire.Listener.NOBODY)))
                .listen(0, "127.0.0.1"));
    WebSocketClient client = vertx.createWebSocketClient();
    WebSocket socket = Await.of(client.connect(server.actualPort(), "127.0.0.1", "/"));

    Await.of(socket.close());

    await().until(() -> counted("vertx.http.server.active.connections") == 0);
    await().until(() -> counted("vertx.http.server.active.ws.connections") == 0);
  }

  private double counted(String name) {
    return meters.find(name).meters().stream()
        .flatMap(meter -> StreamSupport.stream(meter.measure().spliterator(), false))
        .mapToDouble(each -> each.getValue())
        .sum();
  }
}
