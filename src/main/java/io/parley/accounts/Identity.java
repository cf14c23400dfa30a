package io.parley.accounts;

import java.time.Instant;

/**
 * Who is asking: a checked session of an account, as the edges attach it to every request.
 *
 * @param name the display name at the time of the check, at most a few seconds old
 * @param expiresAt when the access token ends
 * @param role what they are on this server, as of the same check
 */
public record Identity(UserId user, String name, SessionId session, Instant expiresAt, Role role) {

  /** Somebody with no rights beyond what is theirs. */
  public Identity(UserId user, String name, SessionId session, Instant expiresAt) {
    this(user, name, session, expiresAt, Role.USER);
  }

  /** The same under another name. */
  public Identity named(String other) {
    return new Identity(user, other, session, expiresAt, role);
  }
}
