package io.parley.rooms;

import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.json.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * That somebody may not be in a room, as it is remembered.
 *
 * @param until when it ends by itself; absent for one that does not
 * @param reason told to the banned and to those who may ban, and nowhere else; may be empty
 */
public record Ban(
    RoomId room, UserId user, UserId by, Instant at, Optional<Instant> until, String reason) {

  /** What the banned are told. */
  Failure toldThemselves() {
    String why = reason.isEmpty() ? "" : ": " + reason;
    return refusal("you are banned from this room" + why);
  }

  /** What those are told who want to bring them in. */
  Failure toldOthers() {
    return refusal("this person is banned from the room; lift the ban first");
  }

  private Failure refusal(String text) {
    Failure refusal = Failure.of(Reason.BANNED, text);
    return until.map(end -> refusal.with("until", Json.time(end))).orElse(refusal);
  }
}
