package io.parley.log;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which nodes want to hear of which logs.
 *
 * <p>A node is forgotten after it has missed some sweeps in a row, not after some time, so that an
 * owner that was paused does not forget everybody when it wakes up.
 */
final class Leases {
  static final int MAX_LOGS = 1_000;
  private static final int MISSED_SWEEPS = 6;

  private final Map<String, Holder> holders = new HashMap<>();
  private final Map<LogId, Set<Holder>> byLog = new HashMap<>();

  /** A node that listens, and what is on its way to it. */
  static final class Holder {
    private final String node;
    private final Set<LogId> logs = new HashSet<>();
    private final Deque<Sent> unconfirmed = new ArrayDeque<>();
    private long generation;
    private long number;
    private long unconfirmedBytes;
    private int missed;

    private record Sent(long number, long bytes) {}

    private Holder(String node) {
      this.node = node;
    }

    String node() {
      return node;
    }

    /** The number of the last delivery, 0 for none. */
    long number() {
      return number;
    }

    int leases() {
      return logs.size();
    }

    /**
     * Takes the next number for a delivery of this size; false when too much is on its way already.
     * Then the number stays taken, and its absence tells the node to compare heads.
     */
    boolean next(long bytes) {
      number++;
      if (unconfirmedBytes + bytes > LogApi.MAX_UNCONFIRMED) {
        return false;
      }
      unconfirmed.add(new Sent(number, bytes));
      unconfirmedBytes += bytes;
      return true;
    }

    /** Takes a number that no delivery will carry. */
    void skip() {
      number++;
    }

    private void confirm(long through) {
      while (!unconfirmed.isEmpty() && unconfirmed.getFirst().number <= through) {
        unconfirmedBytes -= unconfirmed.removeFirst().bytes;
      }
    }
  }

  /** Takes leases for a node. Fails TOO_LARGE, and CONFLICT for a generation that has passed. */
  Holder take(LogApi.Lease lease) {
    if (lease.logs().size() > MAX_LOGS) {
      throw Failure.of(Reason.TOO_LARGE, "at most " + MAX_LOGS + " logs at once")
          .with("limit", MAX_LOGS);
    }
    Holder holder = holders.computeIfAbsent(lease.node(), Holder::new);
    if (lease.generation() < holder.generation) {
      throw Failure.of(Reason.CONFLICT, "the node has begun to listen anew since");
    }
    renew(holder, lease.generation());
    for (LogId log : lease.logs()) {
      holder.logs.add(log);
      byLog.computeIfAbsent(log, any -> new HashSet<>()).add(holder);
    }
    return holder;
  }

  void release(LogApi.Release release) {
    Holder holder = holders.get(release.node());
    if (holder != null && holder.generation == release.generation()) {
      drop(holder, release.logs());
    }
  }

  LogApi.Alive keep(LogApi.KeepAlive alive, long incarnation) {
    Holder holder = holders.get(alive.node());
    if (holder == null || alive.generation() < holder.generation) {
      return new LogApi.Alive(incarnation, 0, 0);
    }
    renew(holder, alive.generation());
    holder.confirm(alive.lastNumber());
    return new LogApi.Alive(incarnation, holder.leases(), holder.number);
  }

  private void renew(Holder holder, long generation) {
    holder.missed = 0;
    if (generation > holder.generation) {
      drop(holder, Set.copyOf(holder.logs));
      holder.generation = generation;
      holder.unconfirmed.clear();
      holder.unconfirmedBytes = 0;
    }
  }

  /** Counts one more sweep for every node, and forgets those that missed too many. */
  void sweep() {
    Iterator<Holder> each = holders.values().iterator();
    while (each.hasNext()) {
      Holder holder = each.next();
      if (++holder.missed > MISSED_SWEEPS) {
        drop(holder, Set.copyOf(holder.logs));
        each.remove();
      }
    }
  }

  private void drop(Holder holder, Collection<LogId> logs) {
    for (LogId log : logs) {
      Set<Holder> listening = byLog.get(log);
      if (holder.logs.remove(log) && listening != null) {
        listening.remove(holder);
        if (listening.isEmpty()) {
          byLog.remove(log);
        }
      }
    }
  }

  /** The nodes that hold a lease on a log. */
  Collection<Holder> of(LogId log) {
    return byLog.getOrDefault(log, Set.of());
  }

  List<Holder> all() {
    return List.copyOf(holders.values());
  }
}
