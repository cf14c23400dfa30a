package io.parley.cluster;

import com.hazelcast.cluster.Address;
import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.config.TcpIpConfig;
import io.parley.config.ClusterConfig;
import io.parley.config.Secret;
import io.parley.failure.Failure;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hazelcast as Parley wants it: members known by address, failures noticed in seconds, nothing
 * switched on that is not used.
 *
 * <p>What Hazelcast itself sends is not encrypted: the open source edition cannot. It carries who
 * is there and who listens where, never what people write; that goes over the event bus.
 */
final class Membership {
  private static final int CONNECT_SECONDS = 2;
  private static final int BACKUPS = 1;

  /** On so many ports from the configured one, the nodes of one machine look for each other. */
  private static final int NEIGHBOURS = 16;

  private final ClusterConfig config;
  private final Ports ports;
  private final NamedNodes.Resolver resolver;
  private final InetAddress address;
  private final Optional<Neighbours> neighbours;
  private final NamedMembers named;

  Membership(ClusterConfig config, Ports ports, NamedNodes.Resolver resolver) {
    this.config = config;
    this.ports = ports;
    this.resolver = resolver;
    this.address = resolve(config.host());
    this.neighbours =
        loopback() && config.dns().isEmpty()
            ? Optional.of(
                new Neighbours(config.members().isEmpty() ? nextPorts() : config.members()))
            : Optional.empty();
    this.named = new NamedMembers(config.members());
  }

  /** Another node was seen in the cluster; should this one be taken for lost, it looks there. */
  void met(Address other) {
    neighbours.ifPresent(known -> known.met(other.getHost() + ":" + other.getPort()));
  }

  /** These are connected; one that is not in the cluster yet is looked for in return. */
  void connected(Set<Address> callers) {
    callers.forEach(this::met);
    named.callers(
        callers.stream()
            .map(each -> each.getHost() + ":" + each.getPort())
            .collect(Collectors.toSet()));
  }

  /** Whether this node can only be reached from its own machine. */
  boolean loopback() {
    return address.isLoopbackAddress();
  }

  Config settings() {
    Config settings = new Config().setClusterName(name(config.name(), config.secret()));
    // Read before any settings are, by the first class that logs.
    System.setProperty("hazelcast.logging.type", "slf4j");
    // Each line would show the cluster's name, and whoever knows it may join.
    settings.setProperty("hazelcast.logging.details.enabled", "false");
    settings.setProperty("hazelcast.shutdownhook.enabled", "false");
    settings.setProperty("hazelcast.phone.home.enabled", "false");
    failureDetection(settings);
    network(settings.getAdvancedNetworkConfig().setEnabled(true));
    settings.setProperty("hazelcast.socket.bind.any", String.valueOf(address.isAnyLocalAddress()));
    settings.getJetConfig().setEnabled(false);
    settings.getMetricsConfig().setEnabled(false);
    settings.getSerializationConfig().setJavaSerializationFilterConfig(onlyWhatVertxSends());
    settings.addMultiMapConfig(
        new MultiMapConfig("__vertx.subs").setBackupCount(BACKUPS).setValueCollectionType("SET"));
    settings.addMapConfig(new MapConfig("__vertx.haInfo").setBackupCount(BACKUPS));
    settings.addMapConfig(new MapConfig("__vertx.nodeInfo").setBackupCount(BACKUPS));
    return settings;
  }

  /** The name of a cluster, which no stranger to the secret can guess. */
  static String name(String name, Secret secret) {
    if (!secret.present()) {
      return name;
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(bytes(secret.value()), "HmacSHA256"));
      byte[] proof = mac.doFinal(bytes("parley cluster " + name));
      return name + "-" + HexFormat.of().formatHex(proof, 0, 16);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A killed node is gone at once, a frozen one in about six seconds. */
  private void failureDetection(Config settings) {
    settings.setProperty("hazelcast.heartbeat.interval.seconds", "1");
    settings.setProperty("hazelcast.max.no.heartbeat.seconds", "5");
    settings.setProperty("hazelcast.socket.connect.timeout.seconds", "" + CONNECT_SECONDS);
    settings.setProperty("hazelcast.connection.monitor.interval", "100");
    settings.setProperty("hazelcast.connection.monitor.max.faults", "1");
    settings.setProperty("hazelcast.operation.call.timeout.millis", "10000");
    settings.setProperty("hazelcast.graceful.shutdown.max.wait", "10");
    settings.setProperty("hazelcast.merge.first.run.delay.seconds", "5");
    settings.setProperty("hazelcast.merge.next.run.delay.seconds", "5");
    settings.setProperty(
        "hazelcast.tcp.join.previously.joined.member.address.retention.seconds",
        loopback() ? "0" : "300");
    settings.setProperty("hazelcast.wait.seconds.before.join", loopback() ? "0" : "1");
    settings.setProperty("hazelcast.max.wait.seconds.before.join", "2");
  }

  /** Only a member endpoint: no clients, no REST, no memcache. */
  private void network(AdvancedNetworkConfig network) {
    ServerSocketEndpointConfig endpoint =
        new ServerSocketEndpointConfig()
            .setPort(config.port())
            .setPortAutoIncrement(ports == Ports.NEXT_FREE)
            .setPortCount(NEIGHBOURS);
    if (!address.isAnyLocalAddress()) {
      endpoint.getInterfaces().setEnabled(true).addInterface(address.getHostAddress());
    }
    network.setMemberEndpointConfig(endpoint);
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.setTcpIpConfig(members().setEnabled(true).setConnectionTimeoutSeconds(CONNECT_SECONDS));
  }

  private TcpIpConfig members() {
    if (!config.dns().isEmpty()) {
      return new NamedNodes(config.dns(), config.port(), config.members(), resolver);
    }
    return neighbours.<TcpIpConfig>map(known -> known).orElse(named);
  }

  private List<String> nextPorts() {
    return IntStream.range(config.port(), Math.min(config.port() + NEIGHBOURS, 65_536))
        .mapToObj(port -> address.getHostAddress() + ":" + port)
        .toList();
  }

  private static JavaSerializationFilterConfig onlyWhatVertxSends() {
    return new JavaSerializationFilterConfig()
        .setDefaultsDisabled(true)
        .setWhitelist(
            new ClassFilter()
                .addPrefixes(
                    "com.hazelcast.", "io.vertx.spi.cluster.hazelcast.", "java.lang.", "java.util.")
                .addPrefixes("["));
  }

  private static InetAddress resolve(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException unknown) {
      throw Failure.invalid("cluster.host", "cannot be resolved: " + host);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
