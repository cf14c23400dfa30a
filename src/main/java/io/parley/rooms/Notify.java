package io.parley.rooms;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.parley.failure.Failure;
import java.util.Locale;

/** Of what in a room a member wants to be told. */
public enum Notify {
  /** Of every message. */
  ALL,
  /** Of those that mention them, or everybody. */
  MENTIONS,
  /** Of nothing. */
  NONE;

  /** The word of the wire format. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads such a word. */
  @JsonCreator
  public static Notify of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Reads what somebody chose. Fails INVALID naming the field. */
  public static Notify parse(String field, String word) {
    for (Notify notify : values()) {
      if (notify.word().equals(word)) {
        return notify;
      }
    }
    throw Failure.invalid(field, "must be all, mentions or none");
  }
}
