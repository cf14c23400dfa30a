package io.parley.bench;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.MultiMapConfig.ValueCollectionType;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.transport.Transport;
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
 * <p>Arguments: the port to listen on; for a cluster also the port of this member and those of the
 * others.
 */
final class StockPeer extends VerticleBase {
  static final String READY = "the stock bridge is ready";
  static final String DIRECT = "direct";
  private static final Logger LOG = LoggerFactory.getLogger(StockPeer.class);
  private static final String LOOPBACK = "127.0.0.1";
  private static final int ACCEPT_BACKLOG = 4096;
  private static final long PING_TIMEOUT_MS = TimeUnit.MINUTES.toMillis(10);

  private final int port;

  private StockPeer(int port) {
    this.port = port;
  }

  /** Starts it in a process of its own. */
  public static void main(String[] arguments) {
    int port = Integer.parseInt(arguments[0]);
    vertx(arguments)
        .compose(
            vertx -> {
              DeploymentOptions each =
                  new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
              return vertx.deployVerticle(() -> new StockPeer(port), each);
            })
        .onSuccess(deployed -> LOG.warn(READY))
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
    return vertx.createHttpServer(server).requestHandler(router).listen(port, LOOPBACK);
  }

  /** A message to one room, whose sender is told that it was passed on. */
  private void direct(io.vertx.core.eventbus.Message<JsonObject> message) {
    JsonObject body = message.body();
    vertx.eventBus().publish(body.getString("to"), body.getJsonObject("message"));
    message.reply(new JsonObject().put("passed", true));
  }

  private static Future<Vertx> vertx(String[] arguments) {
    Transport epoll = Transport.EPOLL;
    VertxBuilder builder =
        Vertx.builder().withTransport(epoll != null && epoll.available() ? epoll : Transport.NIO);
    if (arguments.length == 1) {
      return Future.succeededFuture(builder.build());
    }
    VertxOptions options =
        new VertxOptions()
            .setEventBusOptions(
                new EventBusOptions().setHost(LOOPBACK).setClusterPublicHost(LOOPBACK));
    return builder
        .with(options)
        .withClusterManager(
            new io.vertx.spi.cluster.hazelcast.HazelcastClusterManager(cluster(arguments)))
        .buildClustered();
  }

  /** What the cluster manager's own default has, on this machine only. */
  private static Config cluster(String[] arguments) {
    Config config =
        new Config()
            .setClusterName("stock")
            .setProperty("hazelcast.phone.home.enabled", "false")
            .setProperty("hazelcast.shutdownhook.enabled", "false")
            .setProperty("hazelcast.socket.bind.any", "false")
            .addMultiMapConfig(
                new MultiMapConfig("__vertx.subs")
                    .setBackupCount(1)
                    .setValueCollectionType(ValueCollectionType.SET))
            .addMapConfig(new MapConfig("__vertx.haInfo").setBackupCount(1))
            .addMapConfig(new MapConfig("__vertx.nodeInfo").setBackupCount(1));
    config
        .getNetworkConfig()
        .setPort(Integer.parseInt(arguments[1]))
        .setPortAutoIncrement(false)
        .getInterfaces()
        .setEnabled(true)
        .addInterface(LOOPBACK);
    JoinConfig join = config.getNetworkConfig().getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true);
    for (int i = 1; i < arguments.length; i++) {
      join.getTcpIpConfig().addMember(LOOPBACK + ":" + arguments[i]);
    }
    return config;
  }
}
