package io.parley.threads;

import io.parley.failure.Failure;
import io.parley.rooms.RoomId;
import io.parley.threads.FollowStore.Position;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/** Positions in lists of threads, opaque to clients. */
final class FollowCursor {
  private static final int PARTS = 3;

  private FollowCursor() {}

  static String of(Position last) {
    String text = last.at() + ":" + last.thread().root() + ":" + last.thread().room();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Fails INVALID. */
  static Position position(String after) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(after), StandardCharsets.US_ASCII);
      String[] parts = text.split(":", -1);
      if (parts.length == PARTS) {
        RoomId room = new RoomId(UUID.fromString(parts[2]));
        return new Position(Long.parseLong(parts[0]), new ThreadId(room, Long.parseLong(parts[1])));
      }
    } catch (IllegalArgumentException notOurs) {
      // told below
    }
    throw Failure.invalid("after", "must be a cursor that an earlier page gave");
  }
}
