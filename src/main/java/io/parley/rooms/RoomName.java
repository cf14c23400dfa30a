package io.parley.rooms;

import io.parley.accounts.Names;

/**
 * What a room is called: 1 to 80 code points that people can see.
 *
 * @param text as shown
 */
public record RoomName(String text) {
  private static final int MAX = 80;

  /** The name of a room that has none of its own, such as a direct one. */
  public static final RoomName NONE = new RoomName("");

  /** Checks what somebody typed. Fails INVALID, TOO_LARGE. */
  public static RoomName parse(String typed) {
    return new RoomName(Names.shown("name", typed, MAX));
  }

  /** The form in which names are compared: public rooms may not differ by case or width alone. */
  public String key() {
    return Names.folded(text);
  }
}
