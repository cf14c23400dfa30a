package io.parley.rooms;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.parley.failure.Failure;
import java.util.Locale;

/** What those who come into a room may read of what was said before. */
public enum History {
  /** All of it. */
  ALL,
  /** Nothing from before the entry with which they came. */
  SINCE_JOIN;

  /** The word of the wire format. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reads such a word. */
  @JsonCreator
  public static History of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** Reads what somebody chose. Fails INVALID naming the field. */
  public static History parse(String field, String word) {
    for (History history : values()) {
      if (history.word().equals(word)) {
        return history;
      }
    }
    throw Failure.invalid(field, "must be all or since-join");
  }
}
