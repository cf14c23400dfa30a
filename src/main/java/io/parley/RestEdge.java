package io.parley;

import io.parley.http.HttpVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** The role http: listeners of one port. */
final class RestEdge {
  private final List<HttpVerticle> listening = new CopyOnWriteArrayList<>();

  /** Answers the name by which they are taken down. */
  Future<String> deploy(Vertx vertx, int instances, Supplier<HttpVerticle> listener) {
    return vertx.deployVerticle(
        () -> {
          HttpVerticle each = listener.get();
          listening.add(each);
          return each;
        },
        new DeploymentOptions().setInstances(instances));
  }

  /** Where they listen, once they do; 0 without the role. */
  int port() {
    return listening.isEmpty() ? 0 : listening.get(0).port();
  }
}
