package io.parley.limits;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.bus.Bus;
import io.parley.config.LimitsConfig;
import io.parley.limits.LimitsApi.Compare;
import io.parley.limits.LimitsApi.Compared;
import io.parley.limits.LimitsApi.Count;
import io.parley.limits.LimitsApi.Sum;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rates as one node knows them: a bucket for each of those who have asked lately, filled here and
 * compared with what all nodes have counted once a second, in a few messages however many asked.
 * While nobody answers, each node counts alone.
 *
 * <p>Somebody who asks several nodes at once may have what each of them has, for a second; nobody
 * gives them more until the sum is paid back.
 */
public final class NodeRates implements Rates {
  private static final Logger LOG = LoggerFactory.getLogger(NodeRates.class);

  private static final long TICK_MS = 1_000;
  private static final Duration PATIENCE = Duration.ofMillis(900);
  private static final int AT_ONCE = 500;

  /** Of each rate. With more, so much is asked that what a node bears holds them up. */
  private static final int MOST = 100_000;

  private final Bus bus;
  private final LongSupplier nanos;
  private final Map<Rate, Counted> counted = new EnumMap<>(Rate.class);
  private volatile boolean alone;

  /** One of those whom all nodes are asked about. */
  private record Asked(Allowance allowance, Count count) {}

  /**
   * @param nanos monotonic, as {@link System#nanoTime}
   */
  public NodeRates(Bus bus, LimitsConfig config, LongSupplier nanos, MeterRegistry meters) {
    this.bus = bus;
    this.nanos = nanos;
    Counter uncounted = meters.counter("parley.limits.uncounted");
    for (Rate rate : Rate.values()) {
      String name = rate.name().toLowerCase(Locale.ROOT);
      Counter refused = meters.counter("parley.limits.refused", "rate", name);
      Allowance.Terms terms =
          Allowance.Terms.of(Measure.of(rate, config), config.banAfter(), config.ban());
      Counted those = new Counted(terms, MOST, refused, uncounted);
      Gauge.builder("parley.limits.counted", those, Counted::size)
          .tag("rate", name)
          .register(meters);
      counted.put(rate, those);
    }
    Gauge.builder("parley.limits.alone", this, each -> each.alone ? 1 : 0).register(meters);
  }

  /** Compares with other nodes from now on. */
  public NodeRates comparing(Vertx vertx) {
    vertx.setPeriodic(TICK_MS, tick -> compare());
    return this;
  }

  @Override
  public long take(Rate rate, Object who) {
    return of(rate).take(who, nanos.getAsLong());
  }

  @Override
  public Quota ask(Rate rate, Object who) {
    return of(rate).ask(who, nanos.getAsLong());
  }

  @Override
  public void giveBack(Rate rate, Object who) {
    of(rate).giveBack(who);
  }

  /** Tells what was counted here, and takes over what all have; never fails. */
  Future<Void> compare() {
    List<Asked> asked = new ArrayList<>();
    long now = nanos.getAsLong();
    counted.forEach(
        (rate, those) -> {
          those.forget(now);
          those.each(
              (who, allowance) ->
                  allowance
                      .change()
                      .map(done -> new Count(rate, who.toString(), done.taken(), done.refused()))
                      .ifPresent(count -> asked.add(new Asked(allowance, count))));
        });
    List<Future<Void>> answers = new ArrayList<>();
    for (int from = 0; from < asked.size(); from += AT_ONCE) {
      answers.add(compare(asked.subList(from, Math.min(asked.size(), from + AT_ONCE))));
    }
    if (answers.isEmpty()) {
      return Future.succeededFuture();
    }
    return Future.join(answers).onComplete(done -> alone(done.cause())).otherwiseEmpty().mapEmpty();
  }

  /** What nobody has heard of is not told again: it was counted here. */
  private Future<Void> compare(List<Asked> asked) {
    Compare question = new Compare(asked.stream().map(Asked::count).toList());
    return bus.ask(LimitsApi.COMPARE, question, PATIENCE)
        .onSuccess(answer -> agree(asked, answer))
        .mapEmpty();
  }

  private void agree(List<Asked> asked, Compared answer) {
    long now = nanos.getAsLong();
    for (int i = 0; i < Math.min(asked.size(), answer.sums().size()); i++) {
      Sum sum = answer.sums().get(i);
      asked
          .get(i)
          .allowance()
          .agree(
              TimeUnit.MICROSECONDS.toNanos(sum.fillMicros()),
              TimeUnit.MICROSECONDS.toNanos(sum.banMicros()),
              now);
    }
  }

  private void alone(@Nullable Throwable cause) {
    if (cause != null && !alone) {
      LOG.warn("what other nodes count is unknown, this one counts alone: {}", cause.getMessage());
    } else if (cause == null && alone) {
      LOG.info("what other nodes count is known again");
    }
    alone = cause != null;
  }

  private Counted of(Rate rate) {
    Counted those = counted.get(rate);
    if (those == null) {
      throw new IllegalStateException("nobody counts " + rate);
    }
    return those;
  }
}
