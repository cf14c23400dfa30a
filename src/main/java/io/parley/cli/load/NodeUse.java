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
 * @param heapBytes of it, which objects take, at the end
 * @param deliveries frames with entries that it has written to sockets
 * @param busMessages what it has sent to other nodes over the event bus, answers included, refusals
 *     not
 * @param busBytes the bytes of that, with everything around the messages
 * @param sent messages to other nodes by type
 * @param registrations listeners of its own that the cluster knows of, at the end
 * @param slow sockets that it has closed because their peer did not read
 * @param overload how much it leaves out, at the end
 * @param commits of the owners of logs on it
 */
record NodeUse(
    String node,
    double cpuSeconds,
    double storeSeconds,
    long residentBytes,
    long heapBytes,
    double deliveries,
    double busMessages,
    double busBytes,
    Map<String, Double> sent,
    double registrations,
    double slow,
    double overload,
    Commits commits) {
  private static final String SLOW = "4408";

  static final NodeUse NOTHING =
      new NodeUse("all", 0, 0, 0, 0, 0, 0, 0, Map.of(), 0, 0, 0, Commits.NONE);

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
        0,
        Map.of(),
        0,
        0,
        0,
        Commits.NONE);
  }

  /** The same, with what the node itself has counted. */
  NodeUse counting(Scrape counted) {
    return new NodeUse(
        node,
        cpuSeconds,
        storeSeconds,
        residentBytes,
        heapBytes(counted),
        counted.total("parley_bridge_deliveries_total"),
        counted.total("parley_bus_sent_total"),
        counted.total("parley_bus_sent_bytes_total"),
        counted.by("message", "parley_bus_sent_total"),
        counted.total("parley_bus_registrations"),
        counted.by("code", "parley_bridge_closed_total").getOrDefault(SLOW, 0.0),
        counted.total("parley_overload_level"),
        Commits.of(counted));
  }

  static long heapBytes(Scrape counted) {
    return counted.by("area", "jvm_memory_used_bytes").getOrDefault("heap", 0.0).longValue();
  }

  NodeUse since(NodeUse earlier) {
    return new NodeUse(
        node,
        cpuSeconds - earlier.cpuSeconds,
        storeSeconds - earlier.storeSeconds,
        residentBytes,
        heapBytes,
        deliveries - earlier.deliveries,
        busMessages - earlier.busMessages,
        busBytes - earlier.busBytes,
        merged(earlier.sent, -1),
        registrations,
        slow - earlier.slow,
        overload,
        commits.since(earlier.commits));
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
        heapBytes + other.heapBytes,
        deliveries + other.deliveries,
        busMessages + other.busMessages,
        busBytes + other.busBytes,
        merged(other.sent, 1),
        registrations + other.registrations,
        slow + other.slow,
        Math.max(overload, other.overload),
        commits.plus(other.commits));
  }

  private Map<String, Double> merged(Map<String, Double> other, int sign) {
    Map<String, Double> merged = new TreeMap<>(sent);
    other.forEach((type, count) -> merged.merge(type, sign * count, Double::sum));
    return merged;
  }
}
