package io.parley.rooms;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.parley.failure.Failure;
import io.parley.log.Standing;
import io.parley.log.Standing.Access;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What a member is in a room, from the most to the least; {@link Action} says what that means. */
public enum Role {
  OWNER,
  ADMIN,
  MODERATOR,
  MEMBER,
  READONLY;

  /** The word of the wire format. */
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
    throw Failure.invalid(field, "must be owner, admin, moderator, member or readonly");
  }

  /** Whether it stands above another. */
  public boolean outranks(Role other) {
    return compareTo(other) < 0;
  }

  /**
   * What it may do with the log of a room.
   *
   * @param since the first position to be seen, 0 for all
   * @param version of the room's latest change that this rests on
   * @param mutedUntil when they may write again; absent if they may
   */
  public Standing standing(RoomType type, long since, long version, Optional<Instant> mutedUntil) {
    Access access = Action.WRITE.of(this) ? Access.POST : Access.READ;
    boolean pins = type == RoomType.DIRECT || Action.PIN.of(this);
    return new Standing(
        access,
        since,
        mutedUntil.map(Instant::toEpochMilli),
        version,
        Action.DELETE_OTHERS.of(this),
        Optional.empty(),
        Optional.of(pins));
  }
}
