package io.parley.limits;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.bus.Bus;
import io.parley.fixtures.Limited;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What it costs a post, and a request, to be counted: users who have been here lately. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RatesCost {
  private static final int USERS = 1 << 12;
  private static final long STEP = TimeUnit.MILLISECONDS.toNanos(1);

  private final Vertx vertx = Vertx.vertx();
  private final UUID[] users = new UUID[USERS];
  private NodeRates rates;
  private long now;
  private int next;

  @Setup
  public void open() {
    rates =
        new NodeRates(
            Bus.over(vertx, List.of(LimitsApi.CONTRACT)),
            Limited.edge(1_000_000, 0, Duration.ofMinutes(5)),
            () -> now += STEP,
            new SimpleMeterRegistry());
    for (int i = 0; i < USERS; i++) {
      users[i] = new UUID(0x0193a2c400007000L, i * 0x9E3779B97F4A7C15L);
    }
  }

  @TearDown
  public void close() {
    vertx.close().await();
  }

  /** For its author, and for everybody. */
  @Benchmark
  public long post() {
    return rates.take(Rate.USER_MESSAGES, user()) + rates.take(Rate.ALL_MESSAGES, "everybody");
  }

  /** With what is left, which the answer tells. */
  @Benchmark
  public Rates.Quota request() {
    return rates.ask(Rate.REST_USER, user());
  }

  private UUID user() {
    return users[next++ & (USERS - 1)];
  }
}
