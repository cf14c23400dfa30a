package io.parley.audit;

import io.parley.audit.AuditApi.Noted;
import io.parley.audit.AuditApi.Query;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What was done, for as long as it is kept. Nothing in it is ever changed. Each method is one
 * statement or one transaction; all fail UNAVAILABLE when the store cannot be reached.
 */
public interface AuditStore {

  /** Remembers entries; those that it has already stay as they are. */
  Future<Void> add(List<AuditEntry> entries);

  /** Entries before a place, the newest first. */
  Future<List<Noted>> read(Query query, Optional<Place> before, int limit);

  /**
   * Forgets entries of before an instant, and where others were done from before another; at most
   * so many of each.
   *
   * @return how many went
   */
  Future<Integer> forget(Instant before, Instant addressesBefore, int limit);

  /** A place in the order of entries. */
  record Place(Instant at, UUID id) {}
}
