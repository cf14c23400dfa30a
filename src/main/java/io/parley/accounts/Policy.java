package io.parley.accounts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.parley.failure.Failure;
import java.util.Locale;

/** For whom something of a person is. */
public enum Policy {
  EVERYONE,
  /** Those whom its owner has added to their contacts. */
  CONTACTS,
  NOBODY;

  /** The word of the wire format. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads such a word. */
  @JsonCreator
  public static Policy of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Reads what somebody chose. Fails INVALID naming the field. */
  public static Policy parse(String field, String word) {
    return switch (word) {
      case "everyone" -> EVERYONE;
      case "contacts" -> CONTACTS;
      case "nobody" -> NOBODY;
      default -> throw Failure.invalid(field, "must be everyone, contacts or nobody");
    };
  }
}
