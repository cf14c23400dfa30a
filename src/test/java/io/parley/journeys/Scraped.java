package io.parley.journeys;

import io.parley.fixtures.ParleyProcess;
import io.parley.fixtures.RestClient;
import java.nio.charset.StandardCharsets;

/** What a running node counts. */
final class Scraped {
  private Scraped() {}

  /** The sum over all tags of a metric, under the name that is scraped. */
  static double value(ParleyProcess node, String name) {
    byte[] page = RestClient.anonymous(node.adminPort()).get("/metrics").expect(200).raw().body();
    return new String(page, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
