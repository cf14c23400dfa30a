package io.parley.accounts;

import io.vertx.core.Future;

/** How an edge learns who holds an access token. */
public interface Authenticator {

  /**
   * Checks a token's signature and claims here, and that its session still lives, at most five
   * seconds ago. Fails UNAUTHENTICATED, TOKEN_EXPIRED, SESSION_REVOKED.
   */
  Future<Identity> authenticate(String accessToken);
}
