package io.parley.rooms;

import io.parley.accounts.UserId;
import java.time.Instant;

/** What is to be remembered against somebody in a room, or not any more. */
public sealed interface Sanction {

  /** Instead of any ban before. */
  record Banned(Ban ban) implements Sanction {}

  record Unbanned(UserId user) implements Sanction {}

  /** Instead of any mute before. */
  record Muted(UserId user, Instant until) implements Sanction {}

  record Unmuted(UserId user) implements Sanction {}
}
