package io.parley.presence;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.parley.failure.Failure;
import java.util.Locale;

/** How somebody wants to be shown, on whatever device. */
public enum Choice {
  /** As their devices say. */
  ONLINE,
  /** Do not disturb, while any device is here. */
  DND,
  /** As if nobody were here. */
  INVISIBLE;

  /** The word of the wire format. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads such a word. */
  @JsonCreator
  public static Choice of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Reads what somebody chose. Fails INVALID naming the field. */
  public static Choice parse(String field, String word) {
    return switch (word) {
      case "online" -> ONLINE;
      case "dnd" -> DND;
      case "invisible" -> INVISIBLE;
      case "active", "away" ->
          throw Failure.invalid(field, "of a device is told over its own socket only");
      default ->
          throw Failure.invalid(field, "must be online, dnd or invisible, or active or away");
    };
  }
}
