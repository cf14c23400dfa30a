package io.parley.rooms;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.parley.failure.Failure;
import java.util.Locale;

/** How people come into a room by themselves. Into a private one they never do. */
public enum Door {
  /** They just come. */
  OPEN,
  /** They ask, and somebody lets them in. */
  REQUEST;

  /** What is said of rooms that nobody enters by themselves. */
  public static final String INVITE = "invite";

  /** The word of the wire format. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads such a word. */
  @JsonCreator
  public static Door of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Reads what somebody chose. Fails INVALID naming the field. */
  public static Door parse(String field, String word) {
    for (Door door : values()) {
      if (door.word().equals(word)) {
        return door;
      }
    }
    throw Failure.invalid(field, "must be open or request");
  }
}
