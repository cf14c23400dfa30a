package io.parley;

import io.parley.config.Config;
import io.parley.edge.Door;
import io.parley.edge.EdgeTls;
import io.parley.failure.Failure;
import io.parley.http.HttpVerticle;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** What the edges of a node show to those who connect; nothing where they speak plain HTTP. */
record Certificates(Optional<EdgeTls> http, Optional<EdgeTls> bridge) {

  /**
   * Reads those of the node's roles. Fails INVALID, naming the setting. Blocks: for start-up, not
   * for an event loop.
   */
  static Future<Certificates> of(Config config, Clock clock) {
    List<String> roles = config.node().roles();
    try {
      return Future.succeededFuture(
          new Certificates(
              roles.contains("http")
                  ? EdgeTls.read("http.tls", config.http().tls(), clock)
                  : Optional.empty(),
              roles.contains("bridge")
                  ? EdgeTls.read("bridge.tls", config.bridge().tls(), clock)
                  : Optional.empty()));
    } catch (Failure wrong) {
      return Future.failedFuture(wrong);
    }
  }

  /**
   * How REST is come by.
   *
   * @param port of the bridge of this node, if it has that role
   */
  HttpVerticle.Doorway doorway(Door door, Optional<Integer> port, String bridgeHost) {
    return new HttpVerticle.Doorway(
        door, http, port.map(there -> new HttpVerticle.Bridge(bridgeHost, there, bridge)));
  }
}
