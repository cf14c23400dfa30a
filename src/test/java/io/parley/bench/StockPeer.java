package io.parley.bench;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Parley is measured against: the SockJS bridge of vertx-web as its documentation shows it,
 * with the same transport. It knows nobody, checks nothing and keeps nothing.
 *
 * <p>Arguments: as {@link PlainVertx} says.
 */
final class StockPeer extends VerticleBase {
  static final String DIRECT = "direct";
  private static final Logger LOG = LoggerFactory.getLogger(StockPeer.class);
  private static final int ACCEPT_BACKLOG = 4096;
  private static final long PING_TIMEOUT_MS = TimeUnit.MINUTES.toMillis(10);

  private final int port;

  private StockPeer(int port) {
    this.port = port;
  }

  /** Starts it in a process of its own. */
  public static void main(String[] arguments) {
    int port = Integer.parseInt(arguments[0]);
    PlainVertx.of(arguments)
        .compose(
            vertx -> {
              DeploymentOptions each =
                  new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
              return vertx.deployVerticle(() -> new StockPeer(port), each);
            })
        .onSuccess(deployed -> LOG.warn(PlainVertx.READY))
        .onFailure(cause -> LOG.error("it does not start", cause));
  }

  @Override
  public Future<HttpServer> start() {
    vertx.eventBus().<JsonObject>localConsumer(DIRECT, this::direct);
    SockJSBridgeOptions options = new SockJSBridgeOptions().setPingTimeout(PING_TIMEOUT_MS);
    PermittedOptions rooms = new PermittedOptions().setAddressRegex("room\\..*");
    options.addInboundPermitted(rooms).addOutboundPermitted(rooms);
    options.addInboundPermitted(new PermittedOptions().setAddress(DIRECT));
    Router router = Router.router(vertx);
    router.route("/eventbus/*").subRouter(SockJSHandler.create(vertx).bridge(options));
    HttpServerOptions server =
        new HttpServerOptions().setTcpNoDelay(true).setAcceptBacklog(ACCEPT_BACKLOG);
    return vertx.createHttpServer(server).requestHandler(router).listen(port, PlainVertx.LOOPBACK);
  }

  /** A message to one room, whose sender is told that it was passed on. */
  private void direct(io.vertx.core.eventbus.Message<JsonObject> message) {
    JsonObject body = message.body();
    vertx.eventBus().publish(body.getString("to"), body.getJsonObject("message"));
    message.reply(new JsonObject().put("passed", true));
  }
}
