package io.parley.stores.postgres;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What PostgreSQL's refusals mean to the rest of Parley. */
final class PostgresFailures {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresFailures.class);
  private static final String UNIQUE_VIOLATION = "23505";

  /**
   * What speaks of the server and not of what was asked: lost connections, a server that only
   * reads, transactions that stood in each other's way, no resources, intervention, failing disks.
   */
  private static final Set<String> TROUBLES = Set.of("08", "25", "40", "53", "55", "57", "58");

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

  /** Whether a refusal may be none when the same is asked again. */
  static boolean isTrouble(PgException refused) {
    String state = refused.getSqlState();
    return state == null || state.length() < 2 || TROUBLES.contains(state.substring(0, 2));
  }

  /**
   * Keeps failures as they are, leaves refusals of what was asked to be logged as internal, calls
   * all else UNAVAILABLE.
   */
  static <T> Future<T> unavailable(Throwable cause) {
    if (cause instanceof Failure) {
      return Future.failedFuture(cause);
    }
    if (cause instanceof PgException refused) {
      if (!isTrouble(refused)) {
        return Future.failedFuture(cause);
      }
      LOG.debug("PostgreSQL refuses for now: {}", refused.getSqlState());
    }
    return Future.failedFuture(
        Failure.of(Reason.UNAVAILABLE, "the database cannot be reached just now"));
  }
}
