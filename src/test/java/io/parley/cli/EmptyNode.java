package io.parley.cli;

import io.parley.config.Config;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;

/** The command line with a node that only listens, to see what happens around a node. */
public final class EmptyNode implements NodeStarter.RunningNode {
  /** The name of a cluster in which no node starts. */
  static final String BROKEN = "broken";

  /** The name of a cluster whose nodes never stop by themselves. */
  static final String STUCK = "stuck";

  private final boolean stuck;
  private final Vertx vertx;
  private final HttpServer http;
  private final HttpServer bridge;
  private final HttpServer admin;

  private EmptyNode(
      boolean stuck, Vertx vertx, HttpServer http, HttpServer bridge, HttpServer admin) {
    this.stuck = stuck;
    this.vertx = vertx;
    this.http = http;
    this.bridge = bridge;
    this.admin = admin;
  }

  public static void main(String[] args) {
    System.exit(Parley.run(args, System.getenv(), EmptyNode::start));
  }

  private static Future<EmptyNode> start(Config config) {
    if (config.cluster().name().equals(BROKEN)) {
      return Future.failedFuture(new IllegalStateException("this cluster is broken"));
    }
    System.out.println("members " + config.cluster().members());
    Vertx vertx = Vertx.vertx();
    Future<HttpServer> http = listen(vertx, config.http().host(), config.http().port());
    Future<HttpServer> bridge = listen(vertx, config.bridge().host(), config.bridge().port());
    Future<HttpServer> admin = listen(vertx, config.admin().host(), config.admin().port());
    return Future.all(http, bridge, admin)
        .map(
            all ->
                new EmptyNode(
                    config.cluster().name().equals(STUCK),
                    vertx,
                    http.result(),
                    bridge.result(),
                    admin.result()));
  }

  private static Future<HttpServer> listen(Vertx vertx, String host, int port) {
    return vertx
        .createHttpServer()
        .requestHandler(request -> request.response().end("here"))
        .listen(port, host);
  }

  @Override
  public Future<Void> stop() {
    return stuck ? Promise.<Void>promise().future() : vertx.close();
  }

  @Override
  public int httpPort() {
    return http.actualPort();
  }

  @Override
  public int bridgePort() {
    return bridge.actualPort();
  }

  @Override
  public int adminPort() {
    return admin.actualPort();
  }
}
