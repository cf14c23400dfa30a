package io.parley.rooms;

import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.rooms.RoomStore.MemberPosition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** Positions in lists of rooms and members, opaque to clients. */
final class PageCursor {
  private PageCursor() {}

  static String of(Room last) {
    return encode(last.name().key());
  }

  static String of(Membership last) {
    return encode(last.joinedAt().toEpochMilli() + ":" + last.user());
  }

  static String of(Ban last) {
    return encode(last.at().toEpochMilli() + ":" + last.user());
  }

  static String of(RequestStore.Request last) {
    return encode(last.at().toEpochMilli() + ":" + last.user());
  }

  static String text(String after) {
    try {
      return new String(Base64.getUrlDecoder().decode(after), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notOurs) {
      throw refused();
    }
  }

  static MemberPosition member(String after) {
    String text = text(after);
    int colon = text.indexOf(':');
    try {
      Instant joinedAt = Instant.ofEpochMilli(Long.parseLong(text.substring(0, colon)));
      return new MemberPosition(joinedAt, new UserId(UUID.fromString(text.substring(colon + 1))));
    } catch (IndexOutOfBoundsException | IllegalArgumentException notOurs) {
      throw refused();
    }
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Failure refused() {
    return Failure.invalid("after", "must be a cursor that an earlier page gave");
  }
}
