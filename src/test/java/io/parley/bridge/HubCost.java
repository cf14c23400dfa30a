package io.parley.bridge;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.parley.bus.Bus;
import io.parley.bus.Bytes;
import io.parley.commands.Commands;
import io.parley.config.LimitsConfig;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.Limited;
import io.parley.fixtures.LocalOwnership;
import io.parley.log.LogApi;
import io.parley.log.LogId;
import io.parley.log.Samples;
import io.parley.presence.PresenceApi;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * An entry on its way from the bus to every socket of its room, until each is flushed: everything
 * that the node does but the writing itself. One entry is under way at a time, on one event loop.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HubCost {
  private static final int ENTRIES = 100;
  private static final LogId ROOM = Samples.room(1);
  private static final String NODE = "here";
  private static final String OWNER = new LocalOwnership(NODE, 1).of(0).place();
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Paces IDLE =
      new Paces(NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER);

  /** Who listens. */
  @Param({"10", "1000", "5000"})
  public int sockets = 10;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Context loop = vertx.getOrCreateContext();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Bus bus = Bus.over(vertx, List.of(LogApi.CONTRACT, PresenceApi.CONTRACT), meters);
  private final BridgeMetrics metrics = new BridgeMetrics(meters);
  private final Bytes json = Samples.encoded(ROOM, 1).get(0).json();
  private long told;
  private int left;
  private int missing;
  private Promise<Void> done = Promise.promise();

  @Setup
  public void gather() {
    Await.of(bus.answer(LogApi.LEASE.at(OWNER), lease -> leased()));
    Await.of(bus.answer(LogApi.KEEP_ALIVE.at(OWNER), HubCost::alive));
    Feeds feeds =
        new Feeds(
            vertx, bus, new LocalOwnership(NODE, 1), NODE, 1, metrics, IDLE, System::nanoTime);
    Await.of(feeds.start());
    Promise<Void> open = Promise.promise();
    loop.runOnContext(turn -> listen(feeds).onComplete(open));
    Await.of(open.future());
  }

  private static Future<LogApi.Leased> leased() {
    LogApi.Head head = new LogApi.Head(ROOM, 0, 0, 0, "");
    return Future.succeededFuture(new LogApi.Leased(List.of(head), 1, 0));
  }

  private static Future<LogApi.Alive> alive(LogApi.KeepAlive question) {
    return Future.succeededFuture(new LogApi.Alive(1, question.leases(), question.lastNumber()));
  }

  private Future<Void> listen(Feeds feeds) {
    Turn turn = new Turn(loop);
    Overload overload = new Overload(TestBridge.edge().strain());
    Hub hub = new Hub(vertx, turn, feeds, metrics, overload, () -> {});
    Desk desk = desk(turn, hub, overload);
    Audience audience = new Audience(ROOM);
    for (int i = 0; i < sockets; i++) {
      BridgeSocket socket = new BridgeSocket(new TakingWire(turn), desk, gone -> {});
      Subscription subscription = new Subscription(socket, ROOM);
      audience = hub.enter(subscription);
      subscription.become(Subscription.State.LIVE);
    }
    return audience.open();
  }

  private Desk desk(Turn turn, Hub hub, Overload overload) {
    LimitsConfig limits = Limited.room(0, 0);
    return new Desk(
        turn,
        TestBridge.config(),
        TestBridge.edge(),
        token -> Future.failedFuture(Failure.of(Reason.UNAUTHENTICATED, "nobody")),
        new Calls(turn, new Commands(Map.of()), overload),
        new Registrations(turn, hub, new ScriptedLogs(bus, NODE), metrics, 20, 300),
        new Seats(3, System::nanoTime, seen -> {}),
        new Welcome(TestBridge.config(), limits, TestBridge.edge(), TestBridge.presence(), false),
        overload,
        Attendance.of(vertx, bus, NODE, TestBridge.presence(), overload, System::nanoTime),
        metrics,
        Clock.systemUTC(),
        System::nanoTime);
  }

  @Benchmark
  @OperationsPerInvocation(ENTRIES)
  public Object deliver() {
    Promise<Void> all = Promise.promise();
    loop.runOnContext(
        turn -> {
          done = all;
          left = ENTRIES;
          next();
        });
    return Await.of(all.future());
  }

  @TearDown
  public void close() {
    Await.of(vertx.close());
  }

  private void next() {
    if (left == 0) {
      done.complete();
      return;
    }
    left--;
    missing = sockets;
    told++;
    LogApi.Encoded entry = new LogApi.Encoded(ROOM, told, json, Optional.empty());
    bus.tell(
        LogApi.DELIVERY.at(NODE), new LogApi.Delivery(OWNER, 1, told, List.of(entry), List.of()));
  }

  private void flushed() {
    if (--missing == 0) {
      next();
    }
  }

  /** Does all that a WebSocket in SockJS framing does, but for its channel. */
  private final class TakingWire extends SilentWire {
    private final Turn turn;
    private final Runnable flush = this::flush;
    private boolean dirty;

    TakingWire(Turn turn) {
      this.turn = turn;
    }

    @Override
    public void send(Frames frames, boolean fleeting) {
      frames.sockJs().retainedDuplicate().release();
      if (!dirty) {
        dirty = true;
        turn.flushLater(flush);
      }
    }

    private void flush() {
      dirty = false;
      flushed();
    }

    @Override
    public void close(CloseCode code) {
      done.tryFail("a socket was closed: " + code);
    }
  }
}
