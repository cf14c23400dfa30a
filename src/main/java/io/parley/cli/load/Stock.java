package io.parley.cli.load;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * What all nodes have used up to a moment, or between two.
 *
 * @param seconds when it was taken, or how long it was between the two
 * @param storeSeconds CPU of stores in a process of their own
 * @param toolSeconds CPU of this very process
 */
record Stock(double seconds, List<NodeUse> nodes, double storeSeconds, double toolSeconds) {
  Stock {
    nodes = List.copyOf(nodes);
  }

  static double now() {
    return System.nanoTime() / (double) TimeUnit.SECONDS.toNanos(1);
  }

  Stock since(Stock earlier) {
    return new Stock(
        seconds - earlier.seconds,
        IntStream.range(0, nodes.size())
            .mapToObj(each -> nodes.get(each).since(earlier.nodes.get(each)))
            .toList(),
        storeSeconds - earlier.storeSeconds,
        toolSeconds - earlier.toolSeconds);
  }

  /** All nodes together. */
  NodeUse sum() {
    return NodeUse.sum(nodes);
  }

  /** CPU of all stores, wherever they run. */
  double allStoreSeconds() {
    return storeSeconds + sum().storeSeconds();
  }
}
