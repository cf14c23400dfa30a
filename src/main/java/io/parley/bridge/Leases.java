package io.parley.bridge;

import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.LogApi;
import io.parley.log.LogId;
import io.parley.log.Ownership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node asks of the owners of logs: to be told of every entry, and to be remembered.
 *
 * <p>Leases are a hint. Losing one costs time until the heads are compared, never an entry. Belongs
 * to the event loop of {@link Feeds}.
 */
final class Leases {
  private static final Logger LOG = LoggerFactory.getLogger(Leases.class);
  private static final int MAX_LOGS = 1000;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Bus bus;
  private final Ownership ownership;
  private final String node;
  private long generation;
  private final Holder holder;
  private final Map<String, Owner> owners = new HashMap<>();

  /** Who wanted the leases. */
  interface Holder {

    /** An owner delivers from this head on. */
    void leased(String place, LogApi.Head head);

    /** An owner does not, or no longer; the log needs a lease again. */
    void lost(String place, LogId log);

    /** An owner has answered. */
    void reached();

    /** Something may have been missed. */
    void trouble();

    /** Runs something at the end of this turn. */
    void soon(Runnable task);
  }

  private static final class Owner {
    private final String place;
    private final Set<LogId> logs = new LinkedHashSet<>();
    private final Set<LogId> wanted = new LinkedHashSet<>();
    private Optional<Long> incarnation = Optional.empty();
    private long number = -1;
    private long unconfirmed;
    private long generation;
    private int asking;
    private boolean posted;

    Owner(String place, long generation) {
      this.place = place;
      this.generation = generation;
    }
  }

  /**
   * @param generation grows from start to start of the node
   */
  Leases(Bus bus, Ownership ownership, String node, long generation, Holder holder) {
    this.bus = bus;
    this.ownership = ownership;
    this.node = node;
    this.generation = generation;
    this.holder = holder;
  }

  /** Runs something as soon as logs have changed hands. */
  void watch(Runnable follow) {
    ownership.watch(gone -> holder.soon(follow));
  }

  /** Where a log's owner listens, as this node sees it; empty while there is none. */
  Optional<String> owner(LogId log) {
    try {
      return Optional.of(ownership.of(log.shard()).place());
    } catch (Failure nobody) {
      return Optional.empty();
    }
  }

  /** Asks an owner for a lease, together with all that are wanted in this turn. */
  void want(String place, LogId log) {
    Owner owner = owners.computeIfAbsent(place, any -> new Owner(place, generation));
    owner.wanted.add(log);
    if (!owner.posted) {
      owner.posted = true;
      holder.soon(() -> ask(owner));
    }
  }

  /** Gives a lease back. */
  void release(String place, LogId log) {
    Owner owner = owners.get(place);
    if (owner == null) {
      return;
    }
    owner.wanted.remove(log);
    if (owner.logs.remove(log)) {
      bus.ask(
              LogApi.RELEASE.at(place),
              new LogApi.Release(List.of(log), node, owner.generation),
              PATIENCE)
          .onFailure(cause -> LOG.debug("a lease at {} will expire by itself", place));
    }
    if (owner.logs.isEmpty() && owner.wanted.isEmpty()) {
      owners.remove(place);
    }
  }

  /**
   * Notes the number of a delivery; a number left out means that one was lost. The owner is told in
   * time how far its deliveries have come, so that it never has to hold back.
   */
  void delivered(LogApi.Delivery delivery) {
    Owner owner = owners.get(delivery.owner());
    if (owner == null || !owner.incarnation.equals(Optional.of(delivery.incarnation()))) {
      return;
    }
    if (delivery.number() > owner.number + 1) {
      LOG.info("deliveries of {} before number {} were lost", owner.place, delivery.number());
      holder.trouble();
    }
    owner.number = Math.max(owner.number, delivery.number());
    owner.unconfirmed += weight(delivery);
    if (owner.unconfirmed > LogApi.MAX_UNCONFIRMED / 4) {
      keepAlive(owner);
    }
  }

  private static long weight(LogApi.Delivery delivery) {
    long bytes = 0;
    for (LogApi.Encoded entry : delivery.entries()) {
      bytes += entry.json().array().length;
    }
    for (LogApi.Fleeting signal : delivery.fleeting()) {
      bytes += signal.json().array().length;
    }
    return bytes;
  }

  /** Tells every owner that this node still listens. */
  void keepAlive() {
    List.copyOf(owners.values()).forEach(this::keepAlive);
  }

  private void keepAlive(Owner owner) {
    owner.unconfirmed = 0;
    int leases = owner.logs.size();
    LogApi.KeepAlive question = new LogApi.KeepAlive(node, owner.generation, leases, owner.number);
    bus.ask(LogApi.KEEP_ALIVE.at(owner.place), question, PATIENCE)
        .onSuccess(alive -> compare(owner, leases, alive))
        .onFailure(cause -> silent(owner, cause));
  }

  private void compare(Owner owner, int leases, LogApi.Alive alive) {
    holder.reached();
    if (renewed(owner, alive.incarnation(), alive.lastNumber())) {
      return;
    }
    if (alive.leases() != leases && owner.asking == 0 && owner.logs.size() == leases) {
      LOG.info("{} knows {} leases instead of {}", owner.place, alive.leases(), leases);
      if (alive.leases() > leases) {
        // What was not given back cannot be named any more; a new generation begins with nothing.
        owner.generation = ++generation;
      }
      again(owner);
    }
    if (alive.lastNumber() > owner.number) {
      owner.number = alive.lastNumber();
      holder.trouble();
    }
  }

  private void silent(Owner owner, Throwable cause) {
    holder.trouble();
    Reason reason = Failure.from(cause).reason();
    if (reason == Reason.UNAVAILABLE || reason == Reason.NOT_OWNER) {
      abandon(owner, List.copyOf(owner.logs));
    }
  }

  private void ask(Owner owner) {
    owner.posted = false;
    List<LogId> wanted = new ArrayList<>(owner.wanted);
    owner.wanted.clear();
    for (int from = 0; from < wanted.size(); from += MAX_LOGS) {
      List<LogId> logs =
          List.copyOf(wanted.subList(from, Math.min(from + MAX_LOGS, wanted.size())));
      owner.logs.addAll(logs);
      owner.asking++;
      long seen = owner.number;
      LogApi.Lease lease = new LogApi.Lease(logs, node, owner.generation);
      bus.ask(LogApi.LEASE.at(owner.place), lease, PATIENCE)
          .onComplete(outcome -> owner.asking--)
          .onSuccess(leased -> granted(owner, leased, seen))
          .onFailure(cause -> refused(owner, logs, cause));
    }
  }

  /**
   * @param seen the last number known when the owner was asked; an owner that counts from below it
   *     had forgotten this node
   */
  private void granted(Owner owner, LogApi.Leased leased, long seen) {
    holder.reached();
    if (!renewed(owner, leased.incarnation(), leased.lastNumber()) && leased.lastNumber() < seen) {
      owner.number = leased.lastNumber();
    }
    leased.heads().stream()
        .filter(head -> owner.logs.contains(head.log()))
        .forEach(head -> holder.leased(owner.place, head));
  }

  private void refused(Owner owner, List<LogId> logs, Throwable cause) {
    LOG.info("{} gave no leases: {}", owner.place, Failure.from(cause).text());
    abandon(owner, logs);
  }

  /** Whether this is another life of an owner, which knows nothing of what was before. */
  private boolean renewed(Owner owner, long incarnation, long lastNumber) {
    if (owner.incarnation.equals(Optional.of(incarnation))) {
      return false;
    }
    boolean known = owner.incarnation.isPresent();
    owner.incarnation = Optional.of(incarnation);
    owner.number = lastNumber;
    if (!known) {
      return false;
    }
    LOG.info("{} has begun anew", owner.place);
    again(owner);
    holder.trouble();
    return true;
  }

  private void again(Owner owner) {
    List.copyOf(owner.logs).forEach(log -> want(owner.place, log));
  }

  private void abandon(Owner owner, List<LogId> logs) {
    owner.logs.removeAll(Set.copyOf(logs));
    if (owner.logs.isEmpty() && owner.wanted.isEmpty()) {
      owners.remove(owner.place, owner);
    }
    logs.forEach(log -> holder.lost(owner.place, log));
  }
}
