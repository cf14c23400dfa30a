package io.parley.stores.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerException;
import com.mongodb.MongoTimeoutException;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.LogStore.Fault;
import io.parley.tls.Trust;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;
import org.bson.BSONException;
import org.bson.BsonMaximumSizeExceededException;

/** What the driver's failures mean: which may be tried again, and what is known of a write. */
final class MongoFailures {
  private static final int DUPLICATE = 11_000;

  /** The server speaks of itself: no primary, shutting down, interrupted, out of time or room. */
  private static final Set<Integer> TROUBLES =
      Set.of(
          6, 7, 50, 64, 89, 91, 112, 133, 134, 189, 202, 262, 290, 317, 358, 384, 391, 9001, 10_058,
          10_107, 11_600, 11_602, 13_435, 13_436, 14_031);

  private MongoFailures() {}

  /** What is known of a batch whose write failed. */
  static Fault.Outcome outcome(Throwable cause) {
    if (cause instanceof MongoBulkWriteException bulk) {
      return outcome(bulk);
    }
    if (cause instanceof BsonMaximumSizeExceededException || cause instanceof BSONException) {
      return Fault.Outcome.REFUSED;
    }
    return Fault.Outcome.UNKNOWN;
  }

  /** An ordered write stops at its first error; what stood before it in the batch is stored. */
  private static Fault.Outcome outcome(MongoBulkWriteException bulk) {
    if (bulk.getWriteErrors().isEmpty()) {
      return Fault.Outcome.UNKNOWN;
    }
    int code = bulk.getWriteErrors().get(0).getCode();
    if (code == DUPLICATE) {
      return Fault.Outcome.CONFLICT;
    }
    return TROUBLES.contains(code) ? Fault.Outcome.UNKNOWN : Fault.Outcome.REFUSED;
  }

  /** A read that failed: UNAVAILABLE, unless the server refused what was asked. */
  static <T> Future<T> unavailable(Throwable cause) {
    boolean refused =
        !(cause instanceof MongoException)
            || (cause instanceof MongoServerException server
                && !TROUBLES.contains(server.getCode()));
    return Future.failedFuture(
        refused
            ? cause
            : Failure.of(Reason.UNAVAILABLE, "the log store cannot be reached just now"));
  }

  /** Why a server cannot be used, for whoever operates it; the driver tells it in a page. */
  static String explained(Throwable cause) {
    String page = String.valueOf(cause.getMessage());
    Optional<String> doubt = Trust.doubt(new IllegalStateException(page, cause), "mongo.authority");
    if (doubt.isPresent()) {
      return doubt.get();
    }
    if (cause instanceof MongoSecurityException || page.contains("MongoSecurityException")) {
      return "it does not accept the user or the password";
    }
    if (page.contains("UnknownHostException")) {
      return "there is no machine of that name";
    }
    if (page.contains("Connection refused")) {
      return "nothing listens there";
    }
    return cause instanceof MongoTimeoutException
        ? "no primary answers; is it of the replica set that mongo.replicaSet names?"
        : page;
  }

  static boolean isDuplicate(Throwable cause) {
    return cause instanceof MongoException mongo && mongo.getCode() == DUPLICATE;
  }
}
