package io.parley.accounts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.parley.failure.Failure;
import java.util.Locale;

/** What somebody is on this server, from the lowest up; {@link Right} says what that means. */
public enum Role {
  USER,
  MODERATOR,
  ADMIN;

  /** The word of the wire format and of stores. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads such a word. */
  @JsonCreator
  public static Role of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Reads what somebody chose. Fails INVALID naming the field. */
  public static Role parse(String field, String word) {
    for (Role role : values()) {
      if (role.word().equals(word)) {
        return role;
      }
    }
    throw Failure.invalid(field, "must be user, moderator or admin");
  }
}
