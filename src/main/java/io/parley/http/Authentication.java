package io.parley.http;

import io.parley.accounts.Authenticator;
import io.parley.accounts.Identity;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** Who asks: the holder of the access token in the Authorization header, and of nothing else. */
final class Authentication {
  private static final String SCHEME = "Bearer ";

  private final Authenticator authenticator;

  Authentication(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  /** Fails UNAUTHENTICATED, TOKEN_EXPIRED, SESSION_REVOKED. */
  Future<Identity> caller(HttpServerRequest request) {
    return token(request)
        .map(authenticator::authenticate)
        .orElseGet(
            () ->
                Future.failedFuture(
                    Failure.of(
                        Reason.UNAUTHENTICATED,
                        "an access token is expected: Authorization: Bearer <token>")));
  }

  /** The token that the request brings, unchecked. */
  static Optional<String> token(HttpServerRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    return Optional.of(header.substring(SCHEME.length()).strip()).filter(token -> !token.isEmpty());
  }
}
