package io.parley.faults;

import io.parley.faults.FaultCluster.Seat;
import io.parley.fixtures.FreePorts;
import io.parley.fixtures.NodeNetwork;
import io.parley.fixtures.ParleyProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Nodes that are configured as operators do it: stores elsewhere, secrets in variables, the others
 * listed by address.
 */
final class Operated {
  static final String ROLES = "http,bridge,persistence";
  private static final int CLUSTER_PORT = 5701;

  private final Path data;
  private final StoresAway stores;

  Operated(Path data, StoresAway stores) {
    this.data = data;
    this.stores = stores;
  }

  /** Seats on this machine, on ports of their own. */
  List<Seat> here(int nodes) {
    List<Integer> ports = IntStream.range(0, nodes).mapToObj(each -> FreePorts.one()).toList();
    String members =
        ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    return ports.stream()
        .map(
            port ->
                seat(
                    "127.0.0.1",
                    serve("127.0.0.1", members)
                        .with("--http-port", "" + FreePorts.one())
                        .with("--bridge-port", "" + FreePorts.one())
                        .with("--admin-port", "" + FreePorts.one())
                        .env("PARLEY_CLUSTER_PORT", "" + port)
                        .env("PARLEY_CLUSTER_BUS_PORT", "" + FreePorts.one())))
        .toList();
  }

  /** Seats on as many machines, as far as the network goes. */
  List<Seat> in(NodeNetwork network, int nodes) {
    String members =
        IntStream.range(0, nodes)
            .mapToObj(each -> network.address(each) + ":" + CLUSTER_PORT)
            .collect(Collectors.joining(","));
    return IntStream.range(0, nodes)
        .mapToObj(
            each ->
                seat(
                    network.address(each),
                    serve(network.address(each), members)
                        .inside(network.inside(each))
                        .with("--http-port", "8080")
                        .with("--bridge-port", "8081")
                        .with("--admin-port", "9090")
                        .env("PARLEY_CLUSTER_PORT", "" + CLUSTER_PORT)
                        .env("PARLEY_CLUSTER_BUS_PORT", "15701")
                        .env("PARLEY_CLUSTER_INSECURE", "true")))
        .toList();
  }

  private static Seat seat(String host, ParleyProcess.Builder builder) {
    return new Seat(builder, ROLES, host);
  }

  private ParleyProcess.Builder serve(String host, String members) {
    ParleyProcess.Builder builder =
        ParleyProcess.serve(data)
            .with("--roles", ROLES)
            .env("PARLEY_HTTP_HOST", host)
            .env("PARLEY_BRIDGE_HOST", host)
            .env("PARLEY_ADMIN_HOST", host)
            .env("PARLEY_CLUSTER_HOST", host)
            .env("PARLEY_CLUSTER_MEMBERS", members)
            .env("PARLEY_CLUSTER_SECRET", "a secret among the nodes of a test")
            .env("PARLEY_AUTH_JWT_SECRET", "what the nodes of a test sign their tokens with")
            .env("PARLEY_NODE_ROUTING_PAUSE", "1s")
            .env("PARLEY_NODE_MOVING", "1s")
            .withoutRates()
            .jvm("-Xmx512m");
    stores.environment().forEach(builder::env);
    return builder;
  }
}
