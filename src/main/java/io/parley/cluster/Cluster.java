package io.parley.cluster;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.InitialMembershipEvent;
import com.hazelcast.cluster.InitialMembershipListener;
import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.config.ClusterConfig;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.observability.Health;
import io.parley.observability.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.transport.Transport;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node's place in the cluster: its Vert.x instance, its name, and who else is there. */
public final class Cluster {
  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
  private static final int ATTEMPTS = 3;
  private static final long CALLERS_MS = 2_000;
  private static final int PING_MILLIS = (int) Duration.ofSeconds(2).toMillis();

  private final Vertx vertx;
  private final String node;
  private final Optional<HazelcastClusterManager> members;

  private Cluster(
      Vertx vertx, String node, Optional<HazelcastClusterManager> members, MeterRegistry meters) {
    this.vertx = vertx;
    this.node = node;
    this.members = members;
    Gauge.builder("parley.cluster.nodes", this, cluster -> cluster.nodes().size())
        .description("nodes that this one sees, itself included")
        .register(meters);
  }

  /**
   * Joins the cluster, or founds it when nobody answers; without any cluster when the configuration
   * says so. Fails UNAVAILABLE when a port is taken, INVALID when the configuration cannot work.
   * Blocks for an instant: for start-up, not for an event loop.
   *
   * @param ports whether a further node on this machine may move to the next free ports
   */
  public static Future<Cluster> join(ClusterConfig config, Ports ports, MeterRegistry meters) {
    return join(config, ports, meters, InetAddress::getAllByName);
  }

  static Future<Cluster> join(
      ClusterConfig config, Ports ports, MeterRegistry meters, NamedNodes.Resolver resolver) {
    if (config.standalone()) {
      Vertx vertx = builder(new VertxOptions(), meters).build();
      String node = UUID.randomUUID().toString();
      return Future.succeededFuture(new Cluster(vertx, node, Optional.empty(), meters));
    }
    return join(config, ports, meters, resolver, ATTEMPTS);
  }

  private static Future<Cluster> join(
      ClusterConfig config,
      Ports ports,
      MeterRegistry meters,
      NamedNodes.Resolver resolver,
      int attempts) {
    Membership membership;
    HazelcastClusterManager members;
    VertxOptions options = new VertxOptions();
    try {
      ports.choose("cluster.port", config.host(), config.port());
      int busPort = ports.choose("cluster.busPort", config.host(), config.busPort());
      membership = membership(config, ports, resolver);
      members = new HazelcastClusterManager(membership.settings());
      options.setEventBusOptions(bus(config, busPort));
    } catch (Failure refused) {
      return Future.failedFuture(refused);
    }
    return builder(options, meters)
        .withClusterManager(members)
        .buildClustered()
        .map(vertx -> new Cluster(vertx, members.getNodeId(), Optional.of(members), meters))
        .onSuccess(joined -> joined.watch(membership))
        .recover(
            cause ->
                ports == Ports.NEXT_FREE && cause instanceof IOException && attempts > 1
                    ? join(config, ports, meters, resolver, attempts - 1)
                    : Future.failedFuture(cause));
  }

  private static Membership membership(
      ClusterConfig config, Ports ports, NamedNodes.Resolver resolver) {
    Membership membership = new Membership(config, ports, resolver);
    if (!config.secret().present() && !membership.loopback()) {
      throw Failure.of(
          Reason.INVALID,
          "cluster.secret is missing: without it anybody who reaches cluster.host joins");
    }
    if (!config.tls().present() && !config.insecure() && !membership.loopback()) {
      throw Failure.of(
          Reason.INVALID,
          "cluster.tls is missing: without it anybody who reaches cluster.busPort takes part");
    }
    return membership;
  }

  private static VertxBuilder builder(VertxOptions options, MeterRegistry meters) {
    return Vertx.builder()
        .with(options.setMetricsOptions(Metrics.vertx()))
        .withTransport(transport())
        .withMetrics(new MicrometerMetricsFactory(meters));
  }

  /** The instance everything of this node runs on. */
  public Vertx vertx() {
    return vertx;
  }

  /** The name of this node, another one at each start. */
  public String node() {
    return node;
  }

  /** The names of all nodes that this one sees, itself included; nobody else once it has left. */
  public Set<String> nodes() {
    try {
      return members.map(seen -> Set.copyOf(seen.getNodes())).orElse(Set.of(node));
    } catch (HazelcastInstanceNotActiveException left) {
      return Set.of(node);
    }
  }

  /** The port of the cluster, 0 when standalone. */
  public int port() {
    return hazelcast()
        .map(member -> member.getCluster().getLocalMember().getAddress().getPort())
        .orElse(0);
  }

  /** The port of the event bus, 0 when standalone. */
  public int busPort() {
    return members.map(member -> member.getNodeInfo().port()).orElse(0);
  }

  /** A check for the readiness of this node: whether it still belongs to its cluster. */
  public Future<Health> health() {
    boolean member =
        hazelcast().map(instance -> instance.getLifecycleService().isRunning()).orElse(true);
    return Future.succeededFuture(
        member ? Health.well() : Health.failing("this node has dropped out of the cluster"));
  }

  /** Stops everything on this node, hands over what others keep for it, and says good-bye. */
  public Future<Void> leave() {
    return vertx.close();
  }

  Optional<HazelcastInstance> hazelcast() {
    return members.map(HazelcastClusterManager::getHazelcastInstance);
  }

  private void watch(Membership membership) {
    hazelcast()
        .ifPresent(
            member -> {
              member.getCluster().addMembershipListener(new Witness(membership::met));
              vertx.setPeriodic(CALLERS_MS, timer -> membership.connected(Callers.of(member)));
            });
    LOG.info(
        "this node is one of {}, reached at ports {} and {}", nodes().size(), port(), busPort());
  }

  /** Tells of the others' coming and going. */
  private static final class Witness extends MembershipAdapter
      implements InitialMembershipListener {
    private final Consumer<Address> met;

    Witness(Consumer<Address> met) {
      this.met = met;
    }

    @Override
    public void init(InitialMembershipEvent event) {
      event.getMembers().forEach(member -> met.accept(member.getAddress()));
    }

    @Override
    public void memberAdded(MembershipEvent event) {
      met.accept(event.getMember().getAddress());
      LOG.info("a node joined at {}", event.getMember().getAddress());
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
      LOG.warn("a node is gone from {}", event.getMember().getAddress());
    }
  }

  private static EventBusOptions bus(ClusterConfig config, int port) {
    EventBusOptions options = new EventBusOptions();
    options.setHost(config.host()).setPort(port);
    options.setClusterPublicHost(reachable(config.host()));
    options.setClusterPingInterval(PING_MILLIS).setClusterPingReplyInterval(PING_MILLIS);
    options.setConnectTimeout(PING_MILLIS);
    options.setTcpNoDelay(true);
    if (config.tls().present()) {
      BusTls.read(config.tls(), Clock.systemUTC()).secure(options);
    }
    return options;
  }

  private static String reachable(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isAnyLocalAddress()
          ? InetAddress.getLocalHost().getHostAddress()
          : address.getHostAddress();
    } catch (UnknownHostException unknown) {
      throw Failure.invalid("cluster.host", "cannot be resolved: " + host);
    }
  }

  private static Transport transport() {
    Transport epoll = Transport.EPOLL;
    if (epoll != null && epoll.available()) {
      return epoll;
    }
    LOG.info("the native transport is not available; sockets cost a little more processor time");
    return Transport.NIO;
  }
}
