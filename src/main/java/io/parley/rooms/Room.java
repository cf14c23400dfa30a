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
 * @param terms on which people come
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
    Rules rules,
    Terms terms) {

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
    this(
        id,
        type,
        name,
        description,
        pair,
        createdAt,
        version,
        memberCount,
        Rules.NONE,
        Terms.USUAL);
  }

  /** The same room under another name, about something else. */
  Room called(RoomName other, String about) {
    return new Room(id, type, other, about, pair, createdAt, version, memberCount, rules, terms);
  }

  /** The same room under other rules. */
  Room under(Rules other) {
    return new Room(
        id, type, name, description, pair, createdAt, version, memberCount, other, terms);
  }

  /** The same room as it was, or will be, at another version. */
  Room atVersion(long other) {
    return new Room(id, type, name, description, pair, createdAt, other, memberCount, rules, terms);
  }

  /** The same room, into which people come on other terms. */
  Room on(Terms other) {
    return new Room(
        id, type, name, description, pair, createdAt, version, memberCount, rules, other);
  }
}
