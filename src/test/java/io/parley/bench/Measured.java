package io.parley.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;

/** What the load tool has written of a run, or of a stretch of one. */
record Measured(JsonNode report) {
  private static final double MICROS = 1e6;

  double number(String field) {
    return report.path(field).asDouble();
  }

  /** Milliseconds from due to acknowledged, or to delivered: the median and the 99th percentile. */
  String times(String field) {
    JsonNode latencies = report.path(field);
    return "%.1f / %.1f"
        .formatted(latencies.path("p50").asDouble(), latencies.path("p99").asDouble());
  }

  /** Between the end of the warm-up and the last answer. */
  double acknowledgedPerSecond() {
    return report.path("figures").path("postsPerSecond").asDouble();
  }

  double nodeMicrosAPost() {
    return nodes("cpuSeconds") * MICROS / acks();
  }

  double nodeMicrosADelivery() {
    return nodes("cpuSeconds") * MICROS / Math.max(1, cost().path("deliveries").asDouble());
  }

  double storeMicrosAPost() {
    return (stock().path("storeSeconds").asDouble() + nodes("storeSeconds")) * MICROS / acks();
  }

  double toolMicrosAPost() {
    return stock().path("toolSeconds").asDouble() * MICROS / acks();
  }

  double entriesACommit() {
    JsonNode commits = stock().path("nodes").path(0).path("commits");
    return commits.path("entries").asDouble() / Math.max(1, commits.path("count").asDouble());
  }

  /** Of all nodes together. */
  double nodes(String field) {
    return StreamSupport.stream(stock().path("nodes").spliterator(), false)
        .mapToDouble(node -> node.path(field).asDouble())
        .sum();
  }

  private double acks() {
    return Math.max(1, cost().path("acks").asDouble());
  }

  private JsonNode cost() {
    return report.path("cost");
  }

  private JsonNode stock() {
    return cost().path("stock");
  }
}
