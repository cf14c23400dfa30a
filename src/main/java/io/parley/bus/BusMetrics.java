package io.parley.bus;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this node sends to others, answers included: messages and their bytes with everything around
 * them, by type, of which there are as many as the contracts name. Refusals and what stays in the
 * process are not counted. From any thread.
 */
final class BusMetrics {
  private final MeterRegistry registry;
  private final Map<String, Traffic> sent = new ConcurrentHashMap<>();

  private record Traffic(Counter messages, Counter bytes) {}

  BusMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A message was encoded for one node. */
  void sent(String type, int bytes) {
    Traffic traffic = sent.computeIfAbsent(type, this::traffic);
    traffic.messages.increment();
    traffic.bytes.increment(bytes);
  }

  private Traffic traffic(String type) {
    return new Traffic(
        registry.counter("parley.bus.sent", "message", type),
        registry.counter("parley.bus.sent.bytes", "message", type));
  }
}
