package io.parley.accounts;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;

/** What is remembered of exports. All fail UNAVAILABLE when the store cannot be reached. */
public interface ExportStore {

  /**
   * Begins one, unless another runs that began since a while, or this hour has had so many.
   *
   * @param running how long one counts that was never ended
   * @return how long to wait, nothing when it has begun
   */
  Future<Duration> begin(UserId user, Instant now, int perHour, Duration running);

  Future<Void> end(UserId user);
}
