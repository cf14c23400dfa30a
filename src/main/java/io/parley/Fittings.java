package io.parley;

import io.parley.log.LogStore;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Parts of a node that may be others than the usual ones, to see how a cluster bears what hardly
 * ever happens to it.
 *
 * @param clock what the node takes for the time
 * @param logStore what the owners are given in place of the store of the logs
 * @param nodes which nodes the shards may be shared among
 * @param vertx is shown what the node runs on before anything listens or speaks there
 */
public record Fittings(
    Clock clock, UnaryOperator<LogStore> logStore, Sight nodes, Consumer<Vertx> vertx) {

  /** Those of every node that serves people. */
  public static final Fittings USUAL =
      new Fittings(
          Clock.systemUTC(), UnaryOperator.identity(), (self, present) -> present, vertx -> {});

  /** What a node sees of its cluster. */
  @FunctionalInterface
  public interface Sight {
    /**
     * @param self the name of the node
     * @param present the names of all that are in the cluster
     */
    Set<String> seen(String self, Set<String> present);
  }
}
