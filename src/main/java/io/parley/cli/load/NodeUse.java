package io.parley.cli.load;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a node has used and counted up to a moment, or between two.
 *
 * @param cpuSeconds of its own process
 * @param storeSeconds of the stores it has started
 * @param residentBytes of its own process, at the end
 * @param deliveries frames with entries that it has written to sockets
 * @param busMessages what it has sent to other nodes over the event bus, answers included, refusals
 *     not
 * @param busBytes the bytes of that, with everything around the messages
 * @param sent messages to other nodes by type
 * @param registrations listeners of its own that the cluster knows of, at the end
 */
record NodeUse(
    String node,
    double cpuSeconds,
    double storeSeconds,
    long residentBytes,
    double deliveries,
    double busMessages,
    double busBytes,
    Map<String, Double> sent,
    double registrations) {
  static final NodeUse NOTHING = new NodeUse("all", 0, 0, 0, 0, 0, 0, Map.of(), 0);

  NodeUse {
    sent = Map.copyOf(sent);
  }

  /** What a process has used up to now; nothing if it runs elsewhere. */
  static NodeUse now(String node, long pid) {
    return new NodeUse(
        node,
        ProcessCpu.seconds(List.of(pid)),
        ProcessCpu.seconds(ProcessCpu.descendants(pid)),
        ProcessCpu.residentBytes(pid),
        0,
        0,
        0,
        Map.of(),
        0);
  }

  /** The same, with what the node itself has counted. */
  NodeUse counting(Scrape counted) {
    return new NodeUse(
        node,
        cpuSeconds,
        storeSeconds,
        residentBytes,
        counted.total("parley_bridge_deliveries_total"),
        counted.total("parley_bus_sent_total"),
        counted.total("parley_bus_sent_bytes_total"),
        counted.by("message", "parley_bus_sent_total"),
        counted.total("parley_bus_registrations"));
  }

  NodeUse since(NodeUse earlier) {
    return new NodeUse(
        node,
        cpuSeconds - earlier.cpuSeconds,
        storeSeconds - earlier.storeSeconds,
        residentBytes,
        deliveries - earlier.deliveries,
        busMessages - earlier.busMessages,
        busBytes - earlier.busBytes,
        merged(earlier.sent, -1),
        registrations);
  }

  static NodeUse sum(Collection<NodeUse> nodes) {
    return nodes.stream().reduce(NOTHING, NodeUse::plus);
  }

  private NodeUse plus(NodeUse other) {
    return new NodeUse(
        node,
        cpuSeconds + other.cpuSeconds,
        storeSeconds + other.storeSeconds,
        residentBytes + other.residentBytes,
        deliveries + other.deliveries,
        busMessages + other.busMessages,
        busBytes + other.busBytes,
        merged(other.sent, 1),
        registrations + other.registrations);
  }

  private Map<String, Double> merged(Map<String, Double> other, int sign) {
    Map<String, Double> merged = new TreeMap<>(sent);
    other.forEach((type, count) -> merged.merge(type, sign * count, Double::sum));
    return merged;
  }
}
