package io.parley.rooms;

import io.parley.log.Rules;
import java.time.Instant;
import java.util.Optional;

/**
 * A room as it is remembered.
 *
 * @param pair the two members of a direct room
 * @param version grows by one with each change of membership, name, description or rules
 * @param rules what holds for everybody in it
 */
public record Room(
    RoomId id,
    RoomType type,
    RoomName name,
    String description,
    Optional<Pair> pair,
    Instant createdAt,
    long version,
    int memberCount,
    Rules rules) {

  /** One without rules, as rooms are made. */
  public Room(
      RoomId id,
      RoomType type,
      RoomName name,
      String description,
      Optional<Pair> pair,
      Instant createdAt,
      long version,
      int memberCount) {
    this(id, type, name, description, pair, createdAt, version, memberCount, Rules.NONE);
  }

  /** The same room under another name, about something else. */
  Room called(RoomName other, String about) {
    return new Room(id, type, other, about, pair, createdAt, version, memberCount, rules);
  }

  /** The same room under other rules. */
  Room under(Rules other) {
    return new Room(id, type, name, description, pair, createdAt, version, memberCount, other);
  }

  /** The same room as it was, or will be, at another version. */
  Room atVersion(long other) {
    return new Room(id, type, name, description, pair, createdAt, other, memberCount, rules);
  }
}
