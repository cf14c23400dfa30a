package io.parley.cli;

import io.parley.config.Config;
import io.vertx.core.Future;

/** Runs a node; the configuration holds the stores' addresses and secrets already. */
@FunctionalInterface
public interface NodeStarter {
  /** Completes when the node is ready to serve. */
  Future<? extends RunningNode> start(Config config);

  /** A node that serves. */
  interface RunningNode {
    /** Stops it, gracefully; what was acknowledged is stored already. */
    Future<Void> stop();

    /** Where REST is served, 0 when this node does not. */
    int httpPort();

    /** Where sockets are served, 0 when this node does not. */
    int bridgePort();

    int adminPort();
  }
}
