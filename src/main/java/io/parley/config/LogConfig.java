package io.parley.config;

import java.time.Duration;

/** The limits of the log's owners. */
public record LogConfig(
    String store,
    int batchEntries,
    ByteSize batchBytes,
    int pendingEntries,
    ByteSize pendingBytes,
    Duration deadline,
    int cachedLogs) {}
