package io.parley.bridge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.failure.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the bridge of a node counts. From any thread. */
final class BridgeMetrics {
  private final AtomicInteger sockets = new AtomicInteger();
  private final AtomicInteger registrations = new AtomicInteger();
  private final AtomicLong waiting = new AtomicLong();
  private double overloaded;
  private final Counter deliveries;
  private final Counter frames;
  private final Counter repairs;
  private final Counter voids;
  private final Counter missed;
  private final Map<CloseCode, Counter> closed = new EnumMap<>(CloseCode.class);
  private final Map<Reason, Counter> refused = new EnumMap<>(Reason.class);

  BridgeMetrics(MeterRegistry meters) {
    meters.gauge("parley.bridge.sockets", sockets);
    meters.gauge("parley.bridge.registrations", registrations);
    meters.gauge("parley.bridge.unsent.bytes", waiting);
    deliveries = meters.counter("parley.bridge.deliveries");
    frames = meters.counter("parley.bridge.frames.in");
    repairs = meters.counter("parley.log.repairs");
    voids = meters.counter("parley.log.voids");
    missed = meters.counter("parley.bridge.revocations.missed");
    for (CloseCode code : CloseCode.values()) {
      closed.put(
          code, meters.counter("parley.bridge.closed", "code", String.valueOf(code.number())));
    }
    for (Reason reason : Reason.values()) {
      refused.put(reason, meters.counter("parley.bridge.refused", "reason", reason.name()));
    }
  }

  /** Bytes that wait on this node for peers to read; the wires keep it up to date. */
  AtomicLong waiting() {
    return waiting;
  }

  int sockets() {
    return sockets.get();
  }

  void opened() {
    sockets.incrementAndGet();
  }

  void gone() {
    sockets.decrementAndGet();
  }

  void registered() {
    registrations.incrementAndGet();
  }

  void unregistered() {
    registrations.decrementAndGet();
  }

  void frame() {
    frames.increment();
  }

  void delivered(long messages) {
    deliveries.increment((double) messages);
  }

  /** A gap was found and is being filled. */
  void repaired() {
    repairs.increment();
  }

  /** The store has no entry where there must be one. */
  void lacked() {
    voids.increment();
  }

  /** A session had sockets here when its end was read, not heard. */
  void missed() {
    missed.increment();
  }

  void closed(CloseCode code) {
    Objects.requireNonNull(closed.get(code)).increment();
  }

  /** Whether owners of logs have refused more work since this was last asked; for one thread. */
  boolean ownersFull() {
    double refusals = Objects.requireNonNull(refused.get(Reason.OVERLOADED)).count();
    boolean more = refusals > overloaded;
    overloaded = refusals;
    return more;
  }

  void refused(Reason reason) {
    Objects.requireNonNull(refused.get(reason)).increment();
  }
}
