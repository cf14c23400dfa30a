package io.parley.rooms;

import io.parley.rooms.Membership.Marker;
import java.time.Instant;
import java.util.Optional;

/**
 * How a member wants to have a room. It is their own, and goes with their place in it.
 *
 * @param favourite whether it stands before the others
 * @param notifications of what they want to be told
 * @param snoozedUntil until when of mentions at most; absent when that is over
 * @param hidden where the room was when they put it away: it is back by itself as soon as something
 *     comes after that of which they want to be told
 */
public record Settings(
    boolean favourite,
    Notify notifications,
    Optional<Instant> snoozedUntil,
    Optional<Marker> hidden) {
  /** Of those who have said nothing. */
  public static final Settings USUAL =
      new Settings(false, Notify.ALL, Optional.empty(), Optional.empty());

  /** Whether messages that mention nobody are none that they want to be told of. */
  boolean quiet() {
    return notifications != Notify.ALL || snoozedUntil.isPresent();
  }
}
