package io.parley.http;

import io.parley.config.HttpConfig;
import io.parley.edge.Callers;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.PlatformHandler;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Path;
import java.util.stream.Collectors;

/** The way of a request: the edge first, then the contract, and a problem for the rest. */
final class Routing {
  private final Vertx vertx;
  private final HttpConfig config;
  private final Origins origins;
  private final Callers callers;

  Routing(Vertx vertx, HttpConfig config, Origins origins, Callers callers) {
    this.vertx = vertx;
    this.config = config;
    this.origins = origins;
    this.callers = callers;
  }

  Router of(OpenAPIContract contract, Operations operations) {
    Edge edge = new Edge(origins);
    RouterBuilder builder = RouterBuilder.create(vertx, contract);
    builder
        .rootHandler(platform(this::time))
        .rootHandler(platform(Edge::correlate))
        .rootHandler(platform(edge::protect))
        .rootHandler(platform(edge::share))
        .rootHandler(platform(Edge::screen))
        .rootHandler(BodyHandler.create(false).setBodyLimit(config.maxBody().bytes()))
        .rootHandler(this::received);
    operations.bind(builder, contract);
    Router router = builder.createRouter();
    Assets assets = new Assets(vertx);
    new DocsRoutes(assets).mount(router);
    new WebRoutes(assets, "web").mount(router);
    return router
        .errorHandler(
            400,
            routing -> refuse(routing, 400, Reason.INVALID, "this is not a well-formed request"))
        .errorHandler(
            404, routing -> refuse(routing, 404, Reason.NOT_FOUND, "there is nothing here"))
        .errorHandler(405, routing -> wrongMethod(routing, contract))
        .errorHandler(413, this::tooLarge)
        .errorHandler(
            417,
            routing -> refuse(routing, 417, Reason.INVALID, "only 100-continue can be expected"))
        .errorHandler(500, routing -> Problems.send(routing.response(), routing.failure()));
  }

  private static PlatformHandler platform(PlatformHandler handler) {
    return handler;
  }

  private void time(RoutingContext routing) {
    callers.head(routing.request());
    routing.addEndHandler(ended -> callers.answered(routing.request()));
    routing.next();
  }

  private void received(RoutingContext routing) {
    callers.received(routing.request());
    routing.next();
  }

  private void tooLarge(RoutingContext routing) {
    long limit = config.maxBody().bytes();
    HttpServerResponse response = routing.response().putHeader(HttpHeaders.CONNECTION, "close");
    Problems.send(
        response,
        413,
        Failure.of(Reason.TOO_LARGE, "a request body may have at most " + limit + " bytes")
            .with("limit", limit));
  }

  private static void wrongMethod(RoutingContext routing, OpenAPIContract contract) {
    Path path = contract.findPath(routing.normalizedPath());
    String allowed =
        path == null
            ? "GET"
            : path.getOperations().stream()
                .map(Operation::getHttpMethod)
                .map(String::valueOf)
                .sorted()
                .collect(Collectors.joining(", "));
    routing.response().putHeader(HttpHeaders.ALLOW, allowed);
    refuse(routing, 405, Reason.INVALID, "the methods here are " + allowed);
  }

  private static void refuse(RoutingContext routing, int status, Reason reason, String detail) {
    Problems.send(routing.response(), status, Failure.of(reason, detail));
  }
}
