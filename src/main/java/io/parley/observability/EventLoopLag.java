package io.parley.observability;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * How long work waits before an event loop takes it, measured each second on every loop by a thread
 * of its own; so that a loop that hangs is seen while it hangs.
 */
public final class EventLoopLag implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration ALARMING = Duration.ofSeconds(5);

  private final List<Probe> probes = new ArrayList<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "event-loop-lag");
            thread.setDaemon(true);
            return thread;
          });
  private final ScheduledFuture<?> ticking;

  private EventLoopLag(Vertx vertx, MeterRegistry meters) {
    Timer waits =
        Timer.builder("parley.event.loop.wait")
            .description("how long a task waits for its event loop")
            .register(meters);
    for (EventExecutor loop : ((VertxInternal) vertx).nettyEventLoopGroup()) {
      probes.add(new Probe(loop, waits));
    }
    TimeGauge.builder("parley.event.loop.lag", this, TimeUnit.NANOSECONDS, lag -> lag.worst())
        .description("the wait on the worst event loop just now")
        .register(meters);
    ticking =
        clock.scheduleAtFixedRate(
            () -> probes.forEach(Probe::send), 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Starts to measure. */
  public static EventLoopLag measure(Vertx vertx, MeterRegistry meters) {
    return new EventLoopLag(vertx, meters);
  }

  /** The longest wait just now. */
  public Duration current() {
    return Duration.ofNanos(worst());
  }

  /** A check for {@link HealthChecks}: fails while an event loop hangs. */
  public Future<Health> health() {
    Duration lag = current();
    return Future.succeededFuture(
        lag.compareTo(ALARMING) < 0
            ? Health.well()
            : Health.failing("an event loop has been busy for " + lag.toMillis() + " ms"));
  }

  @Override
  public void close() {
    ticking.cancel(false);
    clock.shutdownNow();
  }

  private long worst() {
    return probes.stream().mapToLong(Probe::lag).max().orElse(0);
  }

  /** One loop: at most one probe is in its queue. */
  private static final class Probe {
    private final EventExecutor loop;
    private final Timer waits;
    private volatile long sentAt;
    private volatile long last;
    private volatile boolean waiting;

    Probe(EventExecutor loop, Timer waits) {
      this.loop = loop;
      this.waits = waits;
    }

    void send() {
      if (waiting || loop.isShuttingDown()) {
        return;
      }
      sentAt = System.nanoTime();
      waiting = true;
      loop.execute(
          () -> {
            last = System.nanoTime() - sentAt;
            waiting = false;
            waits.record(last, TimeUnit.NANOSECONDS);
          });
    }

    long lag() {
      return waiting ? Math.max(last, System.nanoTime() - sentAt) : last;
    }
  }
}
