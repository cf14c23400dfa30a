package io.parley.rooms;

import java.time.Instant;
import java.util.Optional;

/**
 * A room as it is remembered.
 *
 * @param pair the two members of a direct room
 * @param version grows by one with each change of membership, name or description
 */
public record Room(
    RoomId id,
    RoomType type,
    RoomName name,
    String description,
    Optional<Pair> pair,
    Instant createdAt,
    long version,
    int memberCount) {

  /** The same room under another name, about something else. */
  Room called(RoomName other, String about) {
    return new Room(id, type, other, about, pair, createdAt, version, memberCount);
  }

  /** The same room as it was, or will be, at another version. */
  Room atVersion(long other) {
    return new Room(id, type, name, description, pair, createdAt, other, memberCount);
  }
}
