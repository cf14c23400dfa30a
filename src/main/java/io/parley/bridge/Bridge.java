package io.parley.bridge;

import io.micrometer.core.instrument.MeterRegistry;
import io.parley.accounts.AccountsApi;
import io.parley.accounts.Authenticator;
import io.parley.accounts.ProfilesApi;
import io.parley.accounts.SessionId;
import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.commands.Commands;
import io.parley.config.BridgeConfig;
import io.parley.config.LimitsConfig;
import io.parley.config.PresenceConfig;
import io.parley.edge.Callers;
import io.parley.edge.Door;
import io.parley.edge.EdgeTls;
import io.parley.log.LogClient;
import io.parley.log.Ownership;
import io.parley.rooms.ReadersApi;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The socket edge of one node: what its event loops share, and the only way in for whoever starts
 * and stops the node.
 */
public final class Bridge {
  private static final Duration PRESENT = Duration.ofMinutes(5);

  private final Vertx vertx;
  private final Surroundings around;
  private final BridgeConfig config;
  private final Paces paces;
  private final Welcome welcome;
  private final Clock clock;
  private final LongSupplier nanos = System::nanoTime;
  private final SecureRandom random = new SecureRandom();
  private final BridgeMetrics metrics;
  private final Seats seats;
  private final Overload overload;
  private final Feeds feeds;
  private final Revocations revocations;
  private final Attendance attendance;
  private final Map<String, PollingWire> sessions = SockJs.sessions();
  private final List<Sockets> loops = new CopyOnWriteArrayList<>();
  private volatile boolean draining;
  private volatile int port;

  /**
   * What the bridge leans on.
   *
   * @param node the id of this node, as the owners of logs know it
   * @param door shared by all listeners of the node
   * @param tls shared by those of the bridge; none when they speak plain HTTP
   * @param lag how long work waits for an event loop just now
   * @param pending what waits for the fullest owner on this node, as a part of what it takes
   * @param seen told who is here, and who has just gone
   * @param mails whether this server sends any
   * @param presence how long people count as here, and how many may be watched
   */
  public record Surroundings(
      String node,
      Bus bus,
      Ownership ownership,
      LogClient logs,
      Commands commands,
      Authenticator authenticator,
      Door door,
      Optional<EdgeTls> tls,
      Supplier<Duration> lag,
      DoubleSupplier pending,
      Consumer<UserId> seen,
      boolean mails,
      PresenceConfig presence) {}

  public Bridge(
      Vertx vertx,
      BridgeConfig config,
      LimitsConfig limits,
      Surroundings around,
      MeterRegistry meters,
      Clock clock) {
    this(vertx, config, limits, around, meters, clock, Paces.NORMAL);
  }

  Bridge(
      Vertx vertx,
      BridgeConfig config,
      LimitsConfig limits,
      Surroundings around,
      MeterRegistry meters,
      Clock clock,
      Paces paces) {
    this.vertx = vertx;
    this.around = around;
    this.config = config;
    this.paces = paces;
    this.welcome =
        new Welcome(config, limits, around.door().config(), around.presence(), around.mails());
    this.clock = clock;
    this.metrics = new BridgeMetrics(meters);
    this.overload = new Overload(around.door().config().strain());
    meters.gauge("parley.overload.level", overload, each -> each.step().height());
    this.seats = new Seats(config.maxSocketsPerUser(), nanos, around.seen());
    this.feeds =
        new Feeds(
            vertx,
            around.bus(),
            around.ownership(),
            around.node(),
            clock.millis(),
            metrics,
            paces,
            nanos);
    this.revocations =
        new Revocations(vertx, around.bus(), paces, nanos, this::missed, this::forsake);
    this.attendance =
        Attendance.of(vertx, around.bus(), around.node(), around.presence(), overload, nanos);
  }

  /** Begins to listen, on so many event loops. Fails when the port is taken. */
  public Future<Void> start(int instances) {
    return feeds
        .start()
        .compose(listening -> hearOfEndedSessions())
        .compose(listening -> hearOfNames())
        .onSuccess(listening -> revocations.start())
        .compose(listening -> attendance.start())
        .compose(
            listening ->
                vertx.deployVerticle(
                    () -> new BridgeVerticle(this, config),
                    new DeploymentOptions().setInstances(instances)))
        .onSuccess(deployed -> vertx.setPeriodic(2 * paces.tick().toMillis(), due -> look()))
        .onSuccess(
            deployed ->
                vertx.setPeriodic(PRESENT.toMillis(), due -> seats.taken().forEach(around.seen())))
        .mapEmpty();
  }

  private void look() {
    overload.look(pressure());
    if (overload.at(Overload.Step.COUNTED_RECEIPTS)) {
      around.bus().announce(ReadersApi.STRAINED, new ReadersApi.Strained(overload.step().height()));
    }
  }

  private Overload.Pressure pressure() {
    double unsent = (double) metrics.waiting().get() / config.maxUnsentPerNode().bytes();
    double pending = metrics.ownersFull() ? 1 : around.pending().getAsDouble();
    return new Overload.Pressure(around.lag().get(), unsent, pending);
  }

  /** The port it listens on, once it does. */
  public int port() {
    return port;
  }

  /** How many sockets are open. */
  public int open() {
    return metrics.sockets();
  }

  /**
   * Lets nobody in any more and sends everybody elsewhere, spread over the window; completes when
   * all have gone.
   */
  public Future<Void> drain(Duration window) {
    draining = true;
    return Future.all(loops.stream().map(sockets -> sockets.drain(window)).toList()).mapEmpty();
  }

  /** Closes every socket of a session that has ended, here and now. From any thread. */
  public void ended(SessionId session) {
    seats.ended(session);
  }

  /** The bus has not told of it, or not yet. */
  private void missed(SessionId session) {
    if (seats.ended(session)) {
      metrics.missed();
    }
  }

  /** Nobody may be served any more, until they have signed in again. */
  private void forsake() {
    loops.forEach(Sockets::forsaken);
  }

  private Future<Void> hearOfEndedSessions() {
    return around.bus().hear(AccountsApi.SESSION_ENDED, ended -> ended(ended.session()));
  }

  private Future<Void> hearOfNames() {
    return around
        .bus()
        .hear(ProfilesApi.RENAMED, renamed -> seats.renamed(renamed.user(), renamed.name()));
  }

  boolean draining() {
    return draining;
  }

  AtomicLong waiting() {
    return metrics.waiting();
  }

  LongSupplier nanos() {
    return nanos;
  }

  void listening(Sockets sockets, int actual) {
    loops.add(sockets);
    port = actual;
  }

  Door door() {
    return around.door();
  }

  Optional<EdgeTls> tls() {
    return around.tls();
  }

  SockJs sockJs(Callers callers, Function<Runnable, PollingWire> opener) {
    int maxBody = Math.toIntExact(4 * config.maxFrame().bytes());
    return new SockJs(config.transports(), maxBody, random, sessions, opener, callers);
  }

  /** The sockets of one event loop, with everything they need. */
  Sockets sockets(Turn turn) {
    Sockets[] sockets = new Sockets[1];
    Hub hub = new Hub(vertx, turn, feeds, metrics, overload, () -> sockets[0].forsaken());
    Registrations registrations =
        new Registrations(
            turn, hub, around.logs(), metrics, config.maxRegistrations(), config.backlog());
    Desk desk =
        new Desk(
            turn,
            config,
            around.door().config(),
            around.authenticator(),
            new Calls(turn, around.commands(), overload),
            registrations,
            seats,
            welcome,
            overload,
            attendance,
            metrics,
            clock,
            nanos);
    sockets[0] = new Sockets(vertx, desk, random);
    return sockets[0];
  }
}
