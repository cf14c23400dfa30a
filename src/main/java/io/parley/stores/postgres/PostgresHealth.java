package io.parley.stores.postgres;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Whether PostgreSQL is there and may be written to, and what time it has. */
public final class PostgresHealth {
  private final Pool pool;

  public PostgresHealth(Pool pool) {
    this.pool = pool;
  }

  /**
   * The database's time, as of the answer. Fails UNAVAILABLE, saying why, when there is no answer
   * or when it comes from a standby.
   */
  public Future<Instant> time() {
    return pool.query("select clock_timestamp() as now, pg_is_in_recovery() as standby")
        .execute()
        .recover(cause -> Future.failedFuture(unavailable(String.valueOf(cause.getMessage()))))
        .compose(rows -> primary(rows.iterator().next()));
  }

  private static Future<Instant> primary(Row row) {
    OffsetDateTime now = row.getOffsetDateTime("now");
    return row.getBoolean("standby")
        ? Future.failedFuture(unavailable("this is a standby, which cannot be written to"))
        : Future.succeededFuture(now.toInstant());
  }

  private static Failure unavailable(String why) {
    return Failure.of(Reason.UNAVAILABLE, "the database is not available: " + why);
  }
}
