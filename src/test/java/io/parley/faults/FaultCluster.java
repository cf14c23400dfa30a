package io.parley.faults;

import static org.awaitility.Awaitility.await;

import io.parley.fixtures.FreePorts;
import io.parley.fixtures.ParleyProcess;
import io.parley.fixtures.Scraped;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;

/**
 * A server of several nodes, each a process that can be killed, frozen and started again at the
 * same address.
 */
final class FaultCluster implements AutoCloseable {
  static final String ALL_ROLES = "http,bridge,persistence,media";
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int SHARDS = 256;
  private static final int LINES = 60;

  private final List<Seat> seats;
  private final List<ParleyProcess> nodes = new ArrayList<>();
  private final List<Runnable> below;
  private final int ownersEach;

  /**
   * Where a node sits.
   *
   * @param host where its edges are reached, on the ports that the builder names
   */
  record Seat(ParleyProcess.Builder builder, String roles, String host) {
    boolean keepsLogs() {
      return roles.contains("persistence");
    }

    boolean serves(String role) {
      return roles.contains(role);
    }
  }

  /**
   * Starts all nodes; returns when each has its share of the logs.
   *
   * @param below what the nodes stand on, in the order in which it is closed after them
   */
  FaultCluster(List<Seat> seats, List<Runnable> below) {
    this(seats, below, 1);
  }

  private FaultCluster(List<Seat> seats, List<Runnable> below, int ownersEach) {
    this.seats = List.copyOf(seats);
    this.below = List.copyOf(below);
    this.ownersEach = ownersEach;
    List<ParleyProcess> starting = seats.stream().map(seat -> seat.builder().start()).toList();
    starting.forEach(node -> nodes.add(node.awaitReady()));
    awaitShared();
  }

  /**
   * Nodes with these roles on one data directory, the stores in a process of their own.
   *
   * @param each what is special about every node
   */
  static FaultCluster embedded(
      Path data, List<String> roles, UnaryOperator<ParleyProcess.Builder> each) {
    return embedded(data, roles, each, 1);
  }

  /** Nodes of which each believes to keep all logs. */
  static FaultCluster contested(Path data, List<String> roles) {
    return embedded(
        data,
        roles,
        builder -> builder.main(FaultyNode.class).jvm("-Dparley.owner=forced"),
        roles.size());
  }

  private static FaultCluster embedded(
      Path data, List<String> roles, UnaryOperator<ParleyProcess.Builder> each, int ownersEach) {
    ParleyProcess stores = ParleyProcess.command("stores", data).start();
    stores.awaitLine("The stores are ready");
    List<Seat> seats =
        roles.stream()
            .map(mine -> new Seat(each.apply(onFixedPorts(data, mine)), mine, "127.0.0.1"))
            .toList();
    return new FaultCluster(seats, List.of(stores::terminate), ownersEach);
  }

  /** A node that comes back where it was, and takes what a load sends it. */
  private static ParleyProcess.Builder onFixedPorts(Path data, String roles) {
    return ParleyProcess.serve(data)
        .with("--roles", roles)
        .with("--http-port", "" + FreePorts.one())
        .with("--bridge-port", "" + FreePorts.one())
        .withoutRates()
        .env("PARLEY_AUTH_ARGON_MEMORY_KIB", "8192")
        .env("PARLEY_AUTH_ARGON_ITERATIONS", "1")
        .env("PARLEY_NODE_ROUTING_PAUSE", "2s")
        .env("PARLEY_NODE_MOVING", "2s")
        .jvm("-Xmx512m");
  }

  int size() {
    return nodes.size();
  }

  ParleyProcess node(int number) {
    return nodes.get(number);
  }

  /** Where REST is served. */
  List<URI> rest() {
    return serving("http").mapToObj(each -> at("http", each, nodes.get(each).httpPort())).toList();
  }

  /** Where sockets are served. */
  List<URI> sockets() {
    return serving("bridge")
        .mapToObj(each -> at("http", each, nodes.get(each).bridgePort()))
        .toList();
  }

  /** How many shards a node believes to own; none while it does not run. */
  int shards(int number) {
    return nodes.get(number).isAlive() ? (int) count(number, "parley_log_shards") : 0;
  }

  /** The sum of a metric of a node, as it is scraped. */
  double count(int number, String metric) {
    return Scraped.value(seats.get(number).host(), nodes.get(number).adminPort(), metric);
  }

  /** The sum of a metric over all nodes that run. */
  double count(String metric) {
    return IntStream.range(0, size())
        .filter(each -> nodes.get(each).isAlive())
        .mapToDouble(each -> count(each, metric))
        .sum();
  }

  /** The node with the most shards among those that run. */
  int busiest() {
    return IntStream.range(0, size())
        .boxed()
        .max((a, b) -> Integer.compare(shards(a), shards(b)))
        .orElseThrow();
  }

  /** Starts a node again that was killed or has stopped; returns when it serves. */
  void restart(int number) {
    nodes.set(number, nodes.get(number).restart().awaitReady());
  }

  /** Starts whoever is gone; returns when all logs are kept by all who should keep some. */
  void heal() {
    IntStream.range(0, size())
        .filter(each -> !nodes.get(each).isAlive())
        .forEach(each -> nodes.set(each, nodes.get(each).restart()));
    nodes.forEach(ParleyProcess::awaitReady);
    awaitShared();
  }

  /** Waits until these nodes, or all, keep all logs, each of those with that role some. */
  void awaitShared(int... numbers) {
    int[] keeping =
        (numbers.length == 0 ? IntStream.range(0, size()) : IntStream.of(numbers))
            .filter(each -> seats.get(each).keepsLogs())
            .toArray();
    patiently("all logs kept by " + keeping.length + " nodes")
        .until(
            () ->
                IntStream.of(keeping).allMatch(each -> shards(each) > 0)
                    && IntStream.of(keeping).map(this::shards).sum() == SHARDS * ownersEach);
  }

  /** What the nodes have lately printed. */
  void tell(Consumer<String> reader) {
    for (ParleyProcess node : nodes) {
      List<String> lines = node.output();
      reader.accept(
          "node "
              + node.pid()
              + (node.isAlive() ? "" : ", which is gone")
              + ":\n"
              + String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size())));
    }
  }

  /** Waits until every node sees all the others, and all logs are shared among them. */
  void awaitWhole() {
    patiently("a whole cluster")
        .until(
            () ->
                IntStream.range(0, size())
                    .allMatch(each -> (int) count(each, "parley_cluster_nodes") == size()));
    awaitShared();
  }

  static ConditionFactory patiently(String what) {
    return await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).ignoreExceptions();
  }

  private IntStream serving(String role) {
    return IntStream.range(0, size()).filter(each -> seats.get(each).serves(role));
  }

  private URI at(String scheme, int number, int port) {
    return URI.create(scheme + "://" + seats.get(number).host() + ":" + port);
  }

  @Override
  public void close() {
    nodes.stream().filter(ParleyProcess::isAlive).forEach(node -> node.signal("TERM"));
    nodes.forEach(ParleyProcess::close);
    below.forEach(Runnable::run);
  }
}
