package io.parley.config;

import java.nio.file.Path;
import java.util.List;

/**
 * What this node is.
 *
 * @param data where the embedded stores live
 * @param embedded whether this node runs its own PostgreSQL, Redis and S3 below {@code data}
 * @param roles any of http, bridge, persistence, media
 * @param instances how many of each verticle, 0 for as many as there are processors
 * @param logFormat text or json
 */
public record NodeConfig(
    Path data, boolean embedded, List<String> roles, InstancesConfig instances, String logFormat) {

  /** Verticle instances by name. */
  public record InstancesConfig(
      int http, int bridge, int accounts, int rooms, int log, int messages) {}
}
