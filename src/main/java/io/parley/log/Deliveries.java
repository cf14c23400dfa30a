package io.parley.log;

import io.parley.bus.Bus;
import io.parley.log.LogApi.Delivery;
import io.parley.log.LogApi.Encoded;
import io.parley.log.LogApi.Fleeting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends what is durable to the nodes that hold leases: each entry encoded once, many to a message,
 * the messages to each node numbered.
 */
final class Deliveries implements Listeners {
  private static final int MAX_ENTRIES = 500;
  private static final long MAX_BYTES = 1 << 20;

  private final Bus bus;
  private final Leases leases;
  private final EntryJson json;
  private final String owner;
  private final long incarnation;
  private final LogMetrics metrics;

  Deliveries(
      Bus bus,
      Leases leases,
      EntryJson json,
      Ownership.Owner owner,
      long incarnation,
      LogMetrics metrics) {
    this.bus = bus;
    this.leases = leases;
    this.json = json;
    this.owner = owner.place();
    this.incarnation = incarnation;
    this.metrics = metrics;
  }

  @Override
  public void committed(List<Entry> entries) {
    Map<Leases.Holder, List<Encoded>> parcels = new LinkedHashMap<>();
    for (Entry entry : entries) {
      var holders = leases.of(entry.log());
      if (!holders.isEmpty()) {
        Encoded encoded = json.encode(entry);
        holders.forEach(
            holder -> parcels.computeIfAbsent(holder, any -> new ArrayList<>()).add(encoded));
      }
    }
    parcels.forEach(this::send);
  }

  /** A number that never comes makes the node compare heads. */
  @Override
  public void doubt(LogId log) {
    leases.of(log).forEach(Leases.Holder::skip);
  }

  /** Sends fleeting messages to whoever listens to their logs, or to all that passes in rooms. */
  void fleeting(List<Fleeting> fleeting) {
    announce(fleeting);
    Map<Leases.Holder, List<Fleeting>> parcels = new LinkedHashMap<>();
    for (Fleeting each : fleeting) {
      leases
          .of(each.log())
          .forEach(holder -> parcels.computeIfAbsent(holder, any -> new ArrayList<>()).add(each));
    }
    parcels.forEach(
        (holder, parcel) -> {
          long bytes = parcel.stream().mapToLong(each -> each.json().array().length).sum();
          send(holder, bytes, List.of(), parcel);
        });
  }

  private void announce(List<Fleeting> fleeting) {
    List<Fleeting> heard =
        fleeting.stream()
            .filter(each -> each.log().scope() == LogId.Scope.ROOM)
            .filter(each -> !leases.of(each.log()).isEmpty())
            .toList();
    for (int from = 0; from < heard.size(); from += MAX_ENTRIES) {
      int to = Math.min(heard.size(), from + MAX_ENTRIES);
      bus.announce(FleetingApi.TOLD, new LogApi.Notes(List.copyOf(heard.subList(from, to))));
    }
  }

  private void send(Leases.Holder holder, List<Encoded> entries) {
    int from = 0;
    long bytes = 0;
    for (int i = 0; i < entries.size(); i++) {
      long size = entries.get(i).json().array().length;
      if (i > from && (i - from == MAX_ENTRIES || bytes + size > MAX_BYTES)) {
        send(holder, bytes, entries.subList(from, i), List.of());
        from = i;
        bytes = 0;
      }
      bytes += size;
    }
    send(holder, bytes, entries.subList(from, entries.size()), List.of());
  }

  private void send(
      Leases.Holder holder, long bytes, List<Encoded> entries, List<Fleeting> fleeting) {
    if (holder.next(bytes)) {
      bus.tell(
          LogApi.DELIVERY.at(holder.node()),
          new Delivery(
              owner, incarnation, holder.number(), List.copyOf(entries), List.copyOf(fleeting)));
      metrics.delivered();
    }
  }
}
