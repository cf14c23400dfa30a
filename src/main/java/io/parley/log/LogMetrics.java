package io.parley.log;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What an owner counts. */
final class LogMetrics {
  private final MeterRegistry registry;
  private final Counter commits;
  private final Counter conflicts;
  private final Counter deliveries;
  private final DistributionSummary batchEntries;
  private final Timer commitTime;
  private final Map<String, Counter> appends = new HashMap<>();

  LogMetrics(MeterRegistry registry) {
    this.registry = registry;
    commits = registry.counter("parley.log.commits");
    conflicts = registry.counter("parley.log.conflicts");
    deliveries = registry.counter("parley.log.deliveries");
    batchEntries = registry.summary("parley.log.batch.entries");
    commitTime = registry.timer("parley.log.commit.time");
  }

  /** Shows how much waits at an owner. */
  void watch(Pendings pendings, Ownership.Owner place) {
    Gauge.builder("parley.log.pending", pendings, Pendings::size)
        .tag("instance", String.valueOf(place.instance()))
        .register(registry);
  }

  /** One append was answered: {@code ok}, {@code duplicate}, or a reason in lower case. */
  void appended(String outcome) {
    appends
        .computeIfAbsent(
            outcome,
            name ->
                registry.counter("parley.log.appends", "outcome", name.toLowerCase(Locale.ROOT)))
        .increment();
  }

  void committed(int entries, long nanos) {
    commits.increment();
    batchEntries.record(entries);
    commitTime.record(nanos, TimeUnit.NANOSECONDS);
  }

  void conflict() {
    conflicts.increment();
  }

  void delivered() {
    deliveries.increment();
  }
}
