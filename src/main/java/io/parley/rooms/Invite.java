package io.parley.rooms;

import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A link into a room, as it is remembered.
 *
 * @param by who made it
 * @param until when it ends by itself
 * @param uses how many people have come by it
 */
public record Invite(
    UUID id, RoomId room, UserId by, Instant at, Instant until, int maxUses, int uses) {

  /** Why nobody comes by it any more; nothing while people do. */
  Optional<Failure> over(Instant now) {
    if (!until.isAfter(now)) {
      return Optional.of(Failure.of(Reason.GONE, "this invite has expired; ask for another"));
    }
    return uses < maxUses
        ? Optional.empty()
        : Optional.of(Failure.of(Reason.GONE, "this invite is used up; ask for another"));
  }
}
