package io.parley.rooms;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who finds and enters a room: anybody, those who are added, or just two people. */
public enum RoomType {
  PUBLIC,
  PRIVATE,
  DIRECT;

  /** The word of the wire format. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads such a word. */
  @JsonCreator
  public static RoomType of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
