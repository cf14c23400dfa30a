package io.parley.stores.postgres;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import java.util.Optional;

/** What PostgreSQL's refusals mean to the rest of Parley. */
final class PostgresFailures {
  private static final String UNIQUE_VIOLATION = "23505";

  private PostgresFailures() {}

  /** The name of the unique constraint that was broken, if that is what happened. */
  static Optional<String> brokenUniqueness(Throwable cause) {
    return cause instanceof PgException refused && UNIQUE_VIOLATION.equals(refused.getSqlState())
        ? Optional.ofNullable(refused.getConstraint())
        : Optional.empty();
  }

  /** Says ALREADY_EXISTS where a unique constraint was broken, and keeps all else as it is. */
  static <T> Future<T> taken(Throwable cause, String field) {
    return brokenUniqueness(cause).isEmpty()
        ? Future.failedFuture(cause)
        : Future.failedFuture(
            Failure.of(Reason.ALREADY_EXISTS, "this " + field + " belongs to another account")
                .with("field", field));
  }

  /**
   * Keeps failures as they are, leaves refusals of the server to be logged as internal, calls all
   * else UNAVAILABLE.
   */
  static <T> Future<T> unavailable(Throwable cause) {
    if (cause instanceof Failure || cause instanceof PgException) {
      return Future.failedFuture(cause);
    }
    return Future.failedFuture(
        Failure.of(Reason.UNAVAILABLE, "the database cannot be reached just now"));
  }
}
