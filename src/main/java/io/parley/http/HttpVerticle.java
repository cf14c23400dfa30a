package io.parley.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.parley.accounts.Authenticator;
import io.parley.bus.Bus;
import io.parley.commands.Commands;
import io.parley.config.EdgeConfig;
import io.parley.config.HttpConfig;
import io.parley.edge.Callers;
import io.parley.edge.Door;
import io.parley.edge.EdgeTls;
import io.parley.failure.Failure;
import io.parley.limits.Rates;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.openapi.contract.OpenAPIContract;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Listens for HTTP. */
public final class HttpVerticle extends VerticleBase {
  private static final int MAX_REQUEST_LINE = 4 * 1024;
  private static final int LINGER_MILLIS = 200;
  private static final int IDLE_SECONDS = 120;
  private static final int ACCEPT_BACKLOG = 1024;
  private static final int LAST_REQUESTS_SECONDS = 2;

  private final OpenApi api;
  private final HttpConfig config;
  private final Bus bus;
  private final Authenticator authenticator;
  private final Commands commands;
  private final Rates rates;
  private final MeterRegistry metrics;
  private final Clock clock;
  private final Door door;
  private final Optional<EdgeTls> tls;
  private final Optional<Bridge> bridge;
  private @Nullable HttpServer server;

  /**
   * Where the bridge of this node listens.
   *
   * @param tls what it shows there
   */
  public record Bridge(String host, int port, Optional<EdgeTls> tls) {}

  /**
   * Where callers come in.
   *
   * @param door shared by all listeners of a node
   * @param tls shared by those of this port; none when they speak plain HTTP
   * @param bridge to which {@code /eventbus} is forwarded; none when this node has no such role
   */
  public record Doorway(Door door, Optional<EdgeTls> tls, Optional<Bridge> bridge) {}

  /**
   * @param api shared by all listeners of a process
   */
  public HttpVerticle(
      OpenApi api,
      HttpConfig config,
      Bus bus,
      Authenticator authenticator,
      Commands commands,
      Rates rates,
      MeterRegistry metrics,
      Clock clock,
      Doorway doorway) {
    this.api = api;
    this.config = config;
    this.bus = bus;
    this.authenticator = authenticator;
    this.commands = commands;
    this.rates = rates;
    this.metrics = metrics;
    this.clock = clock;
    this.door = doorway.door();
    this.tls = doorway.tls();
    this.bridge = doorway.bridge();
  }

  @Override
  public Future<?> start() {
    Callers callers = new Callers(vertx, door);
    return api.contract(vertx, context)
        .map(contract -> routes(contract, callers))
        .compose(router -> listen(router, callers));
  }

  /** The port that it listens on, once started. */
  public int port() {
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    return server.actualPort();
  }

  /** What is being answered is answered still. */
  @Override
  public Future<?> stop() {
    return server == null
        ? Future.succeededFuture()
        : server.shutdown(LAST_REQUESTS_SECONDS, TimeUnit.SECONDS);
  }

  private Router routes(OpenAPIContract contract, Callers callers) {
    Origins origins = new Origins(config, door.proxies());
    Authentication authentication = new Authentication(authenticator);
    Rationing rationing = new Rationing(rates);
    Operations operations = new Operations(commands, authentication, rationing, metrics, door);
    RefreshCookie cookie = new RefreshCookie(origins, config.insecureCookies());
    new AuthRoutes(operations, bus, authentication, cookie, clock).mount();
    new SessionRoutes(operations, cookie).mount();
    new IdentityRoutes(operations, bus).mount();
    new RoomRoutes(operations).mount();
    new ModerationRoutes(operations).mount();
    new InviteRoutes(operations).mount();
    new MembershipRoutes(operations).mount();
    new ReadingRoutes(operations).mount();
    new ThreadRoutes(operations).mount();
    new MessageRoutes(operations).mount();
    new UserRoutes(operations, bus).mount();
    new ProfileRoutes(operations).mount();
    new ExportRoutes(operations, bus, clock).mount();
    new StaffRoutes(operations, bus).mount();
    return new Routing(vertx, config, origins, callers).of(contract, operations);
  }

  private Future<HttpServer> listen(Router router, Callers callers) {
    Optional<Forwarding> forwarding = bridge.map(there -> new Forwarding(vertx, there, door));
    HttpServerOptions options = options(config, door.config());
    tls.ifPresent(certificate -> certificate.secure(options, door));
    HttpServer http =
        vertx
            .createHttpServer(options)
            .connectionHandler(callers::connected)
            .invalidRequestHandler(this::unreadable)
            .requestHandler(request -> receive(request, router, callers, forwarding));
    server = http;
    return http.listen(config.port(), config.host())
        .onSuccess(listening -> tls.ifPresent(kept -> kept.keep(vertx, listening, options)));
  }

  /**
   * Answers a little later, when the rest of what is sent has been read and thrown away: a
   * connection closed before that is reset, and its client would never see the answer.
   */
  private void unreadable(HttpServerRequest request) {
    vertx.setTimer(LINGER_MILLIS, timer -> Problems.unreadable(request));
  }

  private static void receive(
      HttpServerRequest request, Router router, Callers callers, Optional<Forwarding> forwarding) {
    Optional<Failure> refusal = callers.begin(request);
    if (refusal.isPresent()) {
      Problems.turnAway(request, refusal.get());
    } else {
      route(request, router, callers, forwarding);
    }
  }

  private static void route(
      HttpServerRequest request, Router router, Callers callers, Optional<Forwarding> forwarding) {
    if (forwarding.isPresent() && Forwarding.covers(request.path())) {
      if (request.canUpgradeToWebSocket()) {
        callers.upgraded(request);
      } else {
        callers.watch(request);
      }
      forwarding.get().forward(request);
    } else {
      router.handle(request);
    }
  }

  /** Without HTTP/2 over plain TCP: its sniffing would wait for a first byte without limit. */
  private static HttpServerOptions options(HttpConfig config, EdgeConfig edge) {
    return new HttpServerOptions()
        .setSendBufferSize(Math.toIntExact(edge.sendBuffer().bytes()))
        .setMaxHeaderSize(Math.toIntExact(config.maxHeaders().bytes()))
        .setMaxInitialLineLength(MAX_REQUEST_LINE)
        .setHttp2ClearTextEnabled(false)
        .setAcceptBacklog(ACCEPT_BACKLOG)
        .setIdleTimeout(IDLE_SECONDS)
        .setIdleTimeoutUnit(TimeUnit.SECONDS);
  }
}
