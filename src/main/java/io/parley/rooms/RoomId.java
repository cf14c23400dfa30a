package io.parley.rooms;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.parley.log.LogId;
import java.util.UUID;

/** The identity of a room, a UUIDv7. */
public record RoomId(@JsonValue UUID value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RoomId {}

  /** The log of this room. */
  public LogId log() {
    return LogId.room(value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
