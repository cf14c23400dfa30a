package io.parley.accounts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** The identity of an account, a UUIDv7. */
public record UserId(@JsonValue UUID value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public UserId {}

  /** The author of what the server itself writes. */
  public static final UserId SYSTEM = new UserId(new UUID(0, 0));

  /** Reads the text form, as keys of maps need it on the bus. */
  public static UserId fromString(String text) {
    return new UserId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
