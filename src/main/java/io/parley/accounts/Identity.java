package io.parley.accounts;

import java.time.Instant;

/**
 * Who is asking: a checked session of an account, as the edges attach it to every request.
 *
 * @param name the display name at the time of the check, at most a few seconds old
 * @param expiresAt when the access token ends
 */
public record Identity(UserId user, String name, SessionId session, Instant expiresAt) {}
