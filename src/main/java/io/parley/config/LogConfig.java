package io.parley.config;

import java.time.Duration;

/** The limits of the log's owners. */
public record LogConfig(
    @OneOf({"postgres", "mongo"}) String store,
    @Range(min = 1, max = 500) int batchEntries,
    ByteSize batchBytes,
    @Range(min = 1) int pendingEntries,
    ByteSize pendingBytes,
    Duration deadline,
    @Range(min = 1) int cachedLogs) {

  /** Whether MongoDB keeps the logs, and not PostgreSQL. */
  public boolean inMongo() {
    return store.equals("mongo");
  }
}
