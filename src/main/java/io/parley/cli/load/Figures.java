package io.parley.cli.load;

import java.util.List;

/**
 * What a cost comes to for each thing that people got.
 *
 * @param cpuSecondsPerMillionDeliveries of all nodes, without stores
 * @param cpuMicrosPerPost likewise
 * @param storeMicrosPerPost of all stores
 * @param toolMicrosPerDelivery of this tool, which is not in the others
 */
record Figures(
    double deliveriesPerSecond,
    double postsPerSecond,
    double cpuSecondsPerMillionDeliveries,
    double cpuMicrosPerPost,
    double storeMicrosPerPost,
    double toolMicrosPerDelivery) {

  static Figures of(LoadCost cost) {
    Stock stock = cost.stock();
    double deliveries = Math.max(1, cost.deliveries());
    double posts = Math.max(1, cost.acks());
    double seconds = Math.max(1e-3, stock.seconds());
    double cpu = stock.sum().cpuSeconds();
    return new Figures(
        cost.deliveries() / seconds,
        cost.acks() / seconds,
        cpu * 1e6 / deliveries,
        cpu * 1e6 / posts,
        stock.allStoreSeconds() * 1e6 / posts,
        stock.toolSeconds() * 1e6 / deliveries);
  }

  /** In lines of text, with the table of nodes in front. */
  static List<String> lines(LoadCost cost, Figures figures) {
    Stock stock = cost.stock();
    List<String> lines = UseTable.of(stock);
    NodeUse all = stock.sum();
    lines.add(
        UseTable.format(
            "server CPU %.2f s, its stores %.2f s, resident %d MiB; this tool %.2f s, %.2f us for a"
                + " delivery",
            all.cpuSeconds(),
            stock.allStoreSeconds(),
            all.residentBytes() >> 20,
            stock.toolSeconds(),
            figures.toolMicrosPerDelivery()));
    if (stock.nodes().isEmpty()) {
      return lines;
    }
    double deliveries = Math.max(1, cost.deliveries());
    double posts = Math.max(1, cost.acks());
    lines.add(
        UseTable.format(
            "server CPU seconds for a million deliveries %.2f, us for a durable post %.0f (stores %.0f)",
            figures.cpuSecondsPerMillionDeliveries(),
            figures.cpuMicrosPerPost(),
            figures.storeMicrosPerPost()));
    lines.add(
        UseTable.format(
            "bus messages between nodes: %.3f for a delivery, %.2f for a durable post; %s",
            all.busMessages() / deliveries, all.busMessages() / posts, UseTable.types(all)));
    return lines;
  }
}
