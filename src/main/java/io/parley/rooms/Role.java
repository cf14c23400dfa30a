package io.parley.rooms;

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
}
