package io.parley.bridge;

import io.parley.config.BridgeConfig;
import io.parley.edge.Callers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;

/** Listens for sockets on one event loop. */
final class BridgeVerticle extends VerticleBase {
  private static final Duration TICK = Duration.ofMillis(500);
  private static final int ACCEPT_BACKLOG = 4096;

  private final Bridge bridge;
  private final BridgeConfig config;
  private final WireLimits limits;
  private Runnable end = () -> {};

  BridgeVerticle(Bridge bridge, BridgeConfig config) {
    this.bridge = bridge;
    this.config = config;
    this.limits =
        new WireLimits(
            Math.toIntExact(config.maxFrame().bytes()), config.maxUnsentPerSocket().bytes());
  }

  @Override
  public Future<?> start() {
    Turn turn = new Turn(context);
    Sockets sockets = bridge.sockets(turn);
    end = sockets::end;
    Callers callers = new Callers(vertx, bridge.door());
    Front front =
        new Front(
            callers,
            new Origins(config.origins()),
            bridge.sockJs(callers, forget -> polling(turn, sockets, forget)),
            bridge::draining,
            (socket, framed) -> webSocket(turn, sockets, socket, framed));
    vertx.setPeriodic(TICK.toMillis(), timer -> sockets.tend());
    HttpServerOptions options = options();
    bridge.tls().ifPresent(certificate -> certificate.secure(options, bridge.door()));
    return vertx
        .createHttpServer(options)
        .connectionHandler(callers::connected)
        .requestHandler(front::handle)
        .listen(config.port(), config.host())
        .onSuccess(server -> bridge.tls().ifPresent(kept -> kept.keep(vertx, server, options)))
        .map(HttpServer::actualPort)
        .onSuccess(port -> bridge.listening(sockets, port));
  }

  /** Whoever is still connected is told, before the server cuts them off. */
  @Override
  public Future<?> stop() {
    end.run();
    return Future.succeededFuture();
  }

  private void webSocket(Turn turn, Sockets sockets, ServerWebSocket socket, boolean framed) {
    WebSocketWire.open(
        socket, framed, limits, turn, bridge.waiting(), bridge.nanos(), sockets::open);
  }

  private PollingWire polling(Turn turn, Sockets sockets, Runnable forget) {
    return PollingWire.open(turn, limits, bridge.waiting(), bridge.nanos(), forget, sockets::open);
  }

  private HttpServerOptions options() {
    return new HttpServerOptions()
        .setTcpNoDelay(true)
        .setSendBufferSize(Math.toIntExact(bridge.door().config().sendBuffer().bytes()))
        .setAcceptBacklog(ACCEPT_BACKLOG)
        .setIdleTimeout(Math.toIntExact(2 * Math.max(1, config.liveness().toSeconds())))
        .setHttp2ClearTextEnabled(false)
        .setCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setRegisterWebSocketWriteHandlers(false)
        .setMaxWebSocketFrameSize(limits.maxFrame())
        .setMaxWebSocketMessageSize(limits.maxFrame());
  }
}
