package io.parley.cli;

import io.parley.config.Config;
import io.parley.config.LoadedConfig;
import io.parley.stores.embedded.FreePort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides the ports of a node before it starts. A port that somebody asked for must be free; so
 * must the well-known ones of a first node. A node that joins others on the same data directory
 * takes the next free ones, and so do all for the cluster's own ports, which nobody types.
 */
final class NodePorts {
  private final LoadedConfig loaded;
  private final List<NodeFile> others;
  private final List<Integer> chosen = new ArrayList<>();
  private final Map<String, String> changes = new LinkedHashMap<>();

  private NodePorts(LoadedConfig loaded, List<NodeFile> others) {
    this.loaded = loaded;
    this.others = others;
  }

  /** The configuration with ports that are free, and with the other nodes as cluster members. */
  static LoadedConfig settle(LoadedConfig loaded, List<NodeFile> others) {
    return new NodePorts(loaded, others).settle();
  }

  private LoadedConfig settle() {
    Config config = loaded.config();
    List<String> roles = config.node().roles();
    if (roles.contains("http")) {
      edge("http.port", "--http-port", config.http().host(), config.http().port());
    }
    if (roles.contains("bridge")) {
      edge("bridge.port", "--bridge-port", config.bridge().host(), config.bridge().port());
    }
    edge("admin.port", "--admin-port", config.admin().host(), config.admin().port());
    if (!config.cluster().standalone()) {
      String host = config.cluster().host();
      inner("cluster.port", host, config.cluster().port());
      inner("cluster.busPort", host, config.cluster().busPort());
      join();
    }
    return loaded.with(changes, "chosen");
  }

  /** 0 stays 0: the node finds a port by listening, and says which. */
  private void edge(String path, String flag, String host, int port) {
    if (port == 0) {
      return;
    }
    boolean mayMove = !others.isEmpty() && !loaded.isExplicit(path);
    choose(path, "with " + flag, host, port, mayMove);
  }

  private void inner(String path, String host, int port) {
    if (port == 0) {
      choose(path, "", host, FreePort.any(host), true);
    } else {
      choose(path, "with --set " + path + "=…", host, port, !loaded.isExplicit(path));
    }
  }

  private void choose(String path, String how, String host, int port, boolean mayMove) {
    int free = port;
    while (chosen.contains(free) || !FreePort.isFree(host, free)) {
      if (!mayMove) {
        throw new CommandFailure(
            "port " + port + " is in use; stop what listens there or choose another " + how);
      }
      free = FreePort.from(host, free + 1);
    }
    chosen.add(free);
    if (free != configured(path)) {
      changes.put(path, String.valueOf(free));
    }
  }

  private int configured(String path) {
    return Integer.parseInt(loaded.value(path));
  }

  private void join() {
    if (!others.isEmpty() && !loaded.isExplicit("cluster.members")) {
      String host = loaded.config().cluster().host();
      changes.put(
          "cluster.members",
          String.join(",", others.stream().map(node -> host + ":" + node.clusterPort()).toList()));
    }
  }
}
