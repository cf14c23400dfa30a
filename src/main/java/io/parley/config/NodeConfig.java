package io.parley.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What this node is.
 *
 * @param data where the embedded stores live
 * @param embedded whether this node runs its own PostgreSQL, Redis and S3 below {@code data}
 * @param roles any of http, bridge, persistence, media
 * @param instances how many of each verticle, 0 for as many as there are processors
 * @param routingPause how long a node that stops serves on, unready
 * @param moving within what time its sockets are told to go elsewhere
 * @param drain how long all of its stop may take
 * @param logFormat text or json
 */
public record NodeConfig(
    Path data,
    boolean embedded,
    @OneOf({"http", "bridge", "persistence", "media"}) List<String> roles,
    InstancesConfig instances,
    @Range(min = 0) Duration routingPause,
    Duration moving,
    Duration drain,
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
