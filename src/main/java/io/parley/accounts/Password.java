package io.parley.accounts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A password as typed. It prints as asterisks, so that it cannot reach a log by accident. */
public record Password(@JsonValue String clear) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Password {}

  @Override
  public String toString() {
    return "***";
  }
}
