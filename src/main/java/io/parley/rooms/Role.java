package io.parley.rooms;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a member is in a room, from the most to the least. */
public enum Role {
  OWNER,
  ADMIN,
  MODERATOR,
  MEMBER,
  READONLY;

  /** The word of the wire format. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads such a word. */
  @JsonCreator
  public static Role of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Whether it adds and removes people. */
  public boolean manages() {
    return this == OWNER || this == ADMIN;
  }

  /** Whether it keeps order in the room: deletes what others have said. */
  public boolean moderates() {
    return compareTo(MODERATOR) <= 0;
  }

  /** Whether it stands above another. */
  public boolean outranks(Role other) {
    return compareTo(other) < 0;
  }
}
