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
    Path data,
    boolean embedded,
    @OneOf({"http", "bridge", "persistence", "media"}) List<String> roles,
    InstancesConfig instances,
    @OneOf({"text", "json"}) String logFormat) {

  /** Verticle instances by name. */
  public record InstancesConfig(
      @Range(max = 256) int http,
      @Range(max = 256) int bridge,
      @Range(max = 256) int accounts,
      @Range(max = 256) int rooms,
      @Range(max = 256) int log,
      @Range(max = 256) int messages) {}
}
