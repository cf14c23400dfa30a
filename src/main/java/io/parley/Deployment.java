package io.parley;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.accounts.AccessTokens;
import io.parley.accounts.Authenticator;
import io.parley.accounts.Sightings;
import io.parley.accounts.TokenAuthenticator;
import io.parley.bridge.Bridge;
import io.parley.bus.Bus;
import io.parley.cli.NodeStarter.RunningNode;
import io.parley.cluster.Cluster;
import io.parley.cluster.Deafness;
import io.parley.cluster.Ports;
import io.parley.commands.Commands;
import io.parley.config.Config;
import io.parley.config.HttpConfig;
import io.parley.config.NodeConfig;
import io.parley.edge.Door;
import io.parley.http.HttpVerticle;
import io.parley.http.OpenApi;
import io.parley.limits.NodeRates;
import io.parley.limits.Rates;
import io.parley.log.BusLogClient;
import io.parley.log.Census;
import io.parley.log.LogClient;
import io.parley.messages.Posts;
import io.parley.observability.AdminVerticle;
import io.parley.observability.AgreedClock;
import io.parley.observability.EventLoopLag;
import io.parley.observability.Health;
import io.parley.observability.HealthChecks;
import io.parley.observability.Metrics;
import io.parley.stores.s3.S3Bucket;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node: everything wired together by hand, role by role, and taken down in the right order. */
public final class Deployment implements RunningNode {
  private static final Logger LOG = LoggerFactory.getLogger(Deployment.class);
  private static final Duration STEP = Duration.ofSeconds(3);
  private static final long HEARING_MS = 1_000;
  private static final long SIGHTINGS_MS = 10_000;
  private static final int DEAF = 3;

  private final Config config;
  private final Cluster cluster;
  private final Vertx vertx;
  private final Metrics metrics;
  private final HealthChecks health;
  private final AdminVerticle admin;
  private final Bus bus;
  private final Fittings fittings;
  private final AgreedClock clock;
  private final Supplier<UUID> ids = UuidCreator::getTimeOrderedEpoch;
  private final Door door;
  private final Certificates certificates;
  private final Rates rates;
  private final Census census;
  private final LogClient logs;
  private final AccessTokens tokens;
  private final Sightings sightings;
  private final Authenticator authenticator;
  private final Commands commands;
  private final List<String> edges = new ArrayList<>();
  private final List<Runnable> closing = new ArrayList<>();
  private Optional<Bridge> bridge = Optional.empty();
  private Optional<Persistence> persistence = Optional.empty();
  private final RestEdge rest = new RestEdge();

  private Deployment(
      Config config,
      Certificates certificates,
      Cluster cluster,
      Metrics metrics,
      Fittings fittings) {
    this.config = config;
    this.cluster = cluster;
    this.vertx = cluster.vertx();
    this.fittings = fittings;
    this.clock = new AgreedClock(fittings.clock(), System::nanoTime);
    fittings.vertx().accept(vertx);
    this.metrics = metrics;
    this.health = new HealthChecks(vertx);
    this.door = Door.of(config.edge(), new SecureRandom(), meters());
    this.certificates = certificates;
    this.admin = new AdminVerticle(config.admin(), health, metrics.registry());
    this.bus = Bus.over(vertx, Contracts.ALL, meters());
    this.rates = new NodeRates(bus, config.limits(), System::nanoTime, meters()).comparing(vertx);
    this.census = new Census(vertx, bus, cluster.node(), this::nodes, System::nanoTime, meters());
    this.logs = new BusLogClient(vertx, bus, census, new SecureRandom());
    this.tokens = new AccessTokens(vertx, config.auth(), clock);
    this.sightings =
        new Sightings(
            new TokenAuthenticator(vertx, bus, tokens, System::nanoTime, meters()), bus, clock);
    this.authenticator = sightings;
    vertx.setPeriodic(SIGHTINGS_MS, due -> sightings.tell());
    this.commands =
        Commands.of(
            bus,
            logs,
            new Posts(config.limits(), () -> ids.get().toString()),
            rates,
            config.limits(),
            config.log().deadline());
  }

  /** Starts a node; completes when it serves all its roles. */
  public static Future<Deployment> start(Config config) {
    return start(config, Fittings.USUAL);
  }

  /** Starts a node of other parts than the usual ones. */
  public static Future<Deployment> start(Config config, Fittings fittings) {
    Metrics metrics = new Metrics();
    Ports ports = config.node().embedded() ? Ports.NEXT_FREE : Ports.FIXED;
    return Certificates.of(config, fittings.clock())
        .compose(
            certificates ->
                Cluster.join(config.cluster(), ports, metrics.registry())
                    .map(in -> new Deployment(config, certificates, in, metrics, fittings)))
        .compose(Deployment::deploy);
  }

  @Override
  public int httpPort() {
    return rest.port();
  }

  @Override
  public int bridgePort() {
    return bridge.map(Bridge::port).orElse(0);
  }

  @Override
  public int adminPort() {
    return admin.port();
  }

  /**
   * Says that it is no longer ready and serves on until nobody sends it more, hands its logs over,
   * sends sockets elsewhere, lets what is under way finish, and leaves.
   */
  @Override
  public Future<Void> stop() {
    NodeConfig node = config.node();
    boolean serving = health.phase() == HealthChecks.Phase.READY;
    long pauseMs = serving ? Math.max(1, node.routingPause().toMillis()) : 1;
    health.draining();
    return new Farewell(vertx, node.drain())
        .then("awaiting the routers", node.drain(), () -> vertx.timer(pauseMs, MILLISECONDS))
        .then("handing over the logs", STEP, this::handOver)
        .then("moving the sockets", node.moving().plus(STEP), this::moveSockets)
        .then("ending requests", STEP, this::closeEdges)
        .then("closing the stores", STEP, () -> whatIsKept(Persistence::close))
        .said()
        .transform(closed -> cluster.leave())
        .onComplete(left -> closing.forEach(Runnable::run));
  }

  private Future<Void> handOver() {
    return census.drain().compose(told -> whatIsKept(Persistence::finish));
  }

  private Future<Void> moveSockets() {
    return bridge
        .map(sockets -> sockets.drain(config.node().moving()))
        .orElse(Future.succeededFuture());
  }

  private Future<?> closeEdges() {
    sightings.tell();
    return Future.join(edges.stream().map(vertx::undeploy).toList());
  }

  private Future<Void> whatIsKept(Function<Persistence, Future<Void>> step) {
    return persistence.map(step).orElse(Future.succeededFuture());
  }

  private Future<Deployment> deploy() {
    EventLoopLag lag = EventLoopLag.measure(vertx, meters());
    closing.add(lag::close);
    closing.add(metrics::close);
    health.register("event-loop", lag::health);
    health.register("cluster", cluster::health);
    watchHearing();
    return vertx
        .deployVerticle(admin)
        .compose(listening -> census.start())
        .compose(listening -> role("persistence", this::persistence))
        .compose(deployed -> role("media", this::media))
        .compose(deployed -> role("bridge", () -> bridge(new Load(lag, meters(), config.log()))))
        .compose(deployed -> role("http", this::http))
        .onSuccess(deployed -> health.ready())
        .map(this)
        .recover(cause -> stop().transform(stopped -> Future.failedFuture(cause)));
  }

  private Set<String> nodes() {
    return fittings.nodes().seen(cluster.node(), cluster.nodes());
  }

  private void watchHearing() {
    Deafness deafness = new Deafness(census::unheard, census::deaf, bus::renew, Deployment::giveUp);
    health.register("hearing", deafness::health);
    vertx.setPeriodic(HEARING_MS, timer -> deafness.look());
  }

  /** Not on an event loop, which the orderly stop has need of. */
  private static void giveUp() {
    new Thread(() -> System.exit(DEAF), "giving up").start();
  }

  private Future<Void> role(String name, Supplier<Future<Void>> deploy) {
    return config.node().roles().contains(name) ? deploy.get() : Future.succeededFuture();
  }

  private Future<Void> persistence() {
    Persistence keeping =
        new Persistence(
            config, cluster, bus, health, census, logs, tokens, fittings, clock, meters());
    persistence = Optional.of(keeping);
    return keeping.deploy();
  }

  /** Without its bucket a node keeps no media; people talk on. */
  private Future<Void> media() {
    S3Bucket bucket = new S3Bucket(vertx, config.s3());
    health.watch("s3", () -> bucket.check().map(Health.well()));
    return bucket
        .create()
        .onFailure(cause -> LOG.warn("media cannot be kept: {}", cause.getMessage()))
        .otherwiseEmpty()
        .onSuccess(made -> closing.add(bucket::close));
  }

  private Future<Void> bridge(Load load) {
    Bridge sockets =
        new Bridge(
            vertx,
            config.bridge().onOnePort(),
            config.limits(),
            new Bridge.Surroundings(
                cluster.node(),
                bus,
                census,
                logs,
                commands,
                authenticator,
                door,
                certificates.bridge(),
                load::lag,
                load::pending,
                sightings::seen,
                config.mail().present(),
                config.presence()),
            meters(),
            clock);
    bridge = Optional.of(sockets);
    return sockets.start(instances(config.node().instances().bridge()));
  }

  private Future<Void> http() {
    OpenApi api = new OpenApi();
    HttpVerticle.Doorway doorway =
        certificates.doorway(door, bridge.map(Bridge::port), config.bridge().host());
    HttpConfig edge = config.http().onOnePort();
    return rest.deploy(
            vertx,
            instances(config.node().instances().http()),
            () ->
                new HttpVerticle(
                    api, edge, bus, authenticator, commands, rates, meters(), clock, doorway))
        .onSuccess(edges::add)
        .mapEmpty();
  }

  private MeterRegistry meters() {
    return metrics.registry();
  }

  static int instances(int configured) {
    return configured > 0 ? configured : Runtime.getRuntime().availableProcessors();
  }
}
