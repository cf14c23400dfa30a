package io.parley.log;

import io.parley.config.LogConfig;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.LogStore.Cid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All unsettled appends of one owner: never more than it can carry. */
final class Pendings {
  private static final long RETRY_AFTER_MS = 500;

  private final int maxEntries;
  private final long maxBytes;
  private final Map<Cid, Pending> byCid = new HashMap<>();
  private long bytes;

  Pendings(LogConfig config) {
    maxEntries = config.pendingEntries();
    maxBytes = config.pendingBytes().bytes();
  }

  Optional<Pending> find(Cid key) {
    return Optional.ofNullable(byCid.get(key));
  }

  /** Takes one more, if it can be carried. */
  boolean add(Pending pending) {
    if (byCid.size() >= maxEntries || bytes + pending.bytes() > maxBytes) {
      return false;
    }
    byCid.put(pending.key(), pending);
    bytes += pending.bytes();
    return true;
  }

  static Failure overloaded() {
    return Failure.of(Reason.OVERLOADED, "too many messages are waiting; try again soon")
        .with("retryAfterMs", RETRY_AFTER_MS);
  }

  void remove(Pending pending) {
    if (byCid.remove(pending.key(), pending)) {
      bytes -= pending.bytes();
    }
  }

  /** Answers everybody whose patience has ended. */
  void expire(long now) {
    List.copyOf(byCid.values()).forEach(pending -> pending.expire(now));
  }

  int size() {
    return byCid.size();
  }

  long bytes() {
    return bytes;
  }
}
