package io.parley;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.config.LogConfig;
import io.parley.observability.EventLoopLag;
import java.time.Duration;

/** How hard a node has to work just now, read off what it measures anyway. */
record Load(EventLoopLag loops, MeterRegistry meters, LogConfig config) {

  /** How long work waits for an event loop. */
  Duration lag() {
    return loops.current();
  }

  /** What waits for the fullest owner of logs here, as a part of what it takes. */
  double pending() {
    return meters.find("parley.log.pending").gauges().stream()
            .mapToDouble(Gauge::value)
            .max()
            .orElse(0)
        / config.pendingEntries();
  }
}
