package io.parley.bridge;

import io.parley.accounts.Identity;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import java.time.Duration;
import java.time.Instant;

/** Who a socket belongs to, from its first token to the end. A value: renewing makes a new one. */
record Session(Identity identity, String token, boolean warned) {
  /** How long before its end a client is told. */
  static final Duration WARNING = Duration.ofSeconds(60);

  /** How long after its end it may still be renewed. */
  static final Duration GRACE = Duration.ofSeconds(30);

  static Session of(Identity identity, String token) {
    return new Session(identity, token, false);
  }

  /** The same session with another token. Fails FORBIDDEN for anybody else's. */
  Session renewed(Identity next, String nextToken) {
    if (!next.user().equals(identity.user()) || !next.session().equals(identity.session())) {
      throw Failure.of(Reason.FORBIDDEN, "this socket belongs to another session; open a new one");
    }
    boolean later = next.expiresAt().isAfter(identity.expiresAt());
    return later ? of(next, nextToken) : this;
  }

  Session named(String name) {
    return new Session(identity.named(name), token, warned);
  }

  boolean expired(Instant now) {
    return !now.isBefore(identity.expiresAt());
  }

  boolean over(Instant now) {
    return expired(now.minus(GRACE));
  }

  boolean mustWarn(Instant now) {
    return !warned && expired(now.plus(WARNING));
  }

  Session hasWarned() {
    return new Session(identity, token, true);
  }
}
