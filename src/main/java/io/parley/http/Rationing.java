package io.parley.http;

import io.parley.accounts.Identity;
import io.parley.edge.Remote;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.limits.Rate;
import io.parley.limits.Rates;
import io.parley.limits.Rates.Quota;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Counts each request for whoever asks, and tells them in every answer how they stand.
 *
 * <p>Somebody with a session is counted as a user, wherever they ask from; everybody else, whose
 * token is not good included, by their address. The headers are {@code RateLimit-Limit}, {@code
 * RateLimit-Remaining} and {@code RateLimit-Reset}, which clients have understood for years; the
 * structured pair that is being drafted in their place still changes from one draft to the next.
 */
final class Rationing {
  static final String LIMIT = "RateLimit-Limit";
  static final String REMAINING = "RateLimit-Remaining";
  static final String RESET = "RateLimit-Reset";

  /** What makes a new account, or tells that there is one. */
  private static final String REGISTER = "register";

  private final Rates rates;

  Rationing(Rates rates) {
    this.rates = rates;
  }

  /**
   * Counts a request whose caller has been looked for. Fails RATE_LIMITED, otherwise as that did.
   *
   * @param found who asks; empty where nobody needs to be known
   */
  Future<Optional<Identity>> count(
      HttpServerResponse response, Remote remote, Future<Optional<Identity>> found) {
    return found.transform(
        outcome -> {
          if (outcome.failed() && !stranger(outcome.cause())) {
            return found;
          }
          Optional<Identity> identity = outcome.succeeded() ? outcome.result() : Optional.empty();
          Quota quota =
              identity
                  .map(known -> rates.ask(Rate.REST_USER, known.user().value()))
                  .orElseGet(() -> rates.ask(Rate.REST_ANONYMOUS, remote.counted()));
          tell(response, quota);
          return quota.waitMs() > 0 ? Future.failedFuture(tooFast(quota.waitMs())) : found;
        });
  }

  /**
   * New accounts are counted by the hour as well. What has come to nothing costs nothing, except
   * when it has told that somebody is known here. Fails RATE_LIMITED.
   */
  Future<Reply> bounded(String operation, Remote remote, Supplier<Future<Reply>> work) {
    if (!operation.equals(REGISTER)) {
      return work.get();
    }
    String address = remote.counted();
    long waitMs = rates.take(Rate.REGISTRATIONS, address);
    if (waitMs > 0) {
      return Future.failedFuture(
          Failure.of(Reason.RATE_LIMITED, "too many accounts are made from your address")
              .with("retryAfterMs", waitMs));
    }
    return Future.succeededFuture()
        .compose(start -> work.get())
        .onFailure(
            cause -> {
              if (Failure.from(cause).reason() != Reason.ALREADY_EXISTS) {
                rates.giveBack(Rate.REGISTRATIONS, address);
              }
            });
  }

  /** Whoever could not be looked for may be somebody. */
  private static boolean stranger(Throwable cause) {
    return switch (Failure.from(cause).reason()) {
      case UNAUTHENTICATED, TOKEN_EXPIRED, SESSION_REVOKED -> true;
      default -> false;
    };
  }

  private static void tell(HttpServerResponse response, Quota quota) {
    if (quota.limit() > 0) {
      response
          .putHeader(LIMIT, String.valueOf(quota.limit()))
          .putHeader(REMAINING, String.valueOf(quota.left()))
          .putHeader(RESET, String.valueOf((quota.resetMs() + 999) / 1_000));
    }
  }

  private static Failure tooFast(long waitMs) {
    return Failure.of(Reason.RATE_LIMITED, "too many requests; wait a little")
        .with("retryAfterMs", waitMs);
  }
}
