package io.parley.accounts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.parley.failure.Failure;
import java.util.Locale;

/**
 * What somebody wants to be called away from other things for, where a room of theirs says nothing
 * else.
 */
public enum Notifications {
  /** Every message. */
  ALL,
  /** What mentions them, and what comes into direct rooms. */
  MENTIONS,
  NOTHING;

  /** The word of the wire format. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads such a word. */
  @JsonCreator
  public static Notifications of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Reads what somebody chose. Fails INVALID naming the field. */
  public static Notifications parse(String field, String word) {
    return switch (word) {
      case "all" -> ALL;
      case "mentions" -> MENTIONS;
      case "nothing" -> NOTHING;
      default -> throw Failure.invalid(field, "must be all, mentions or nothing");
    };
  }
}
