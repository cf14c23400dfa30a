package io.parley.presence;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How somebody is shown. */
public enum State {
  ONLINE,
  /** None of their devices is in use. */
  AWAY,
  DND,
  /** Told to themselves only. */
  INVISIBLE,
  OFFLINE;

  /** The word of the wire format. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads such a word. */
  @JsonCreator
  public static State of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
