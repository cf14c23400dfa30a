package io.parley.log;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.UUID;

/**
 * The identity of a log: {@code room.<uuid>} or {@code user.<uuid>}, which is also its address for
 * browsers.
 */
public record LogId(Scope scope, UUID id) {
  /** How many shards all logs fall into; never changes, since stores remember it. */
  public static final int SHARDS = 256;

  /** Whose log it is. */
  public enum Scope {
    ROOM("room"),
    USER("user");

    private final String word;

    Scope(String word) {
      this.word = word;
    }

    /** The word in addresses and in entries. */
    public String word() {
      return word;
    }
  }

  public static LogId room(UUID id) {
    return new LogId(Scope.ROOM, id);
  }

  public static LogId user(UUID id) {
    return new LogId(Scope.USER, id);
  }

  /** Reads an address; empty when it is not exactly one, in lower case. */
  public static Optional<LogId> parse(String address) {
    for (Scope scope : Scope.values()) {
      if (address.startsWith(scope.word + ".")) {
        return uuid(address.substring(scope.word.length() + 1)).map(id -> new LogId(scope, id));
      }
    }
    return Optional.empty();
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static LogId of(String address) {
    return parse(address).orElseThrow(() -> new IllegalArgumentException("not a log"));
  }

  /** The shard, 0 to 255, the same on every node and in every version. */
  public int shard() {
    long mixed = (id.getMostSignificantBits() ^ id.getLeastSignificantBits()) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 56);
  }

  @JsonValue
  @Override
  public String toString() {
    return scope.word + "." + id;
  }

  private static Optional<UUID> uuid(String text) {
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equals(text) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }
}
