package io.parley.bench;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.MultiMapConfig.ValueCollectionType;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.transport.Transport;

/**
 * What the servers that Parley is compared with run on.
 *
 * <p>Arguments: the port to listen on; for a cluster also the port of this member and those of the
 * others.
 */
final class PlainVertx {
  static final String READY = "the server is ready";
  static final String LOOPBACK = "127.0.0.1";

  private PlainVertx() {}

  static Future<Vertx> of(String[] arguments) {
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
