package io.parley.rooms;

import io.parley.bus.Contract;
import io.parley.bus.Endpoint;
import io.parley.rooms.RoomsApi.Caller;
import io.parley.rooms.RoomsApi.RoomView;
import java.time.Instant;
import java.util.Optional;

/** What may be asked of how people want to have their rooms. */
public interface SettingsApi {
  /** How many favourites somebody may have. */
  int MOST_FAVOURITES = 100;

  /** The longest that a room can be kept quiet: 365 days. */
  int MAX_SNOOZE_SECONDS = 31_536_000;

  /**
   * Says how the caller wants to have a room; whatever they are in it, and whatever it is. All
   * their devices hear of it by an entry {@code room.settings} of their own log; what is as it was
   * leaves none. Fails NOT_FOUND, NOT_MEMBER, INVALID, TOO_LARGE for too many favourites.
   */
  Endpoint<Choose, RoomView> CHOOSE =
      new Endpoint<>("settings.choose", Choose.class, RoomView.class);

  Contract CONTRACT = Contract.of(SettingsApi.class);

  /**
   * Absent is what stays as it is; not all of it.
   *
   * @param snooze for how many seconds only mentions are told of, at most; 0 ends it
   * @param hidden whether the room is put away until something comes of which they want to be told
   */
  record Choose(
      Caller caller,
      RoomId room,
      Optional<Boolean> favourite,
      Optional<Notify> notifications,
      Optional<Integer> snooze,
      Optional<Boolean> hidden) {}

  /**
   * How a member has a room now.
   *
   * @param snoozedUntil until when only mentions are told of, at most
   * @param hidden whether it is put away, and nothing has brought it back
   */
  record Shown(
      boolean favourite, Notify notifications, Optional<Instant> snoozedUntil, boolean hidden) {}
}
