package io.parley.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.accounts.UserId;
import io.parley.json.Json;
import io.parley.rooms.RoomId;
import java.util.List;
import java.util.Optional;

/**
 * Something that has happened: who, where and when, and never what was said.
 *
 * <p>Each has an id, which is the same however often it is told, and a time in epoch milliseconds.
 * What stands in the log of a room has its place there as {@code seq}. A field may be added, as
 * optional; whatever else changes takes another {@link EventKind#version}.
 */
public sealed interface Event {

  String id();

  long at();

  /** What it is called. */
  default EventKind kind() {
    return EventKind.of(this);
  }

  /** As it is told. */
  default ObjectNode json() {
    EventKind kind = kind();
    ObjectNode json =
        Json.mapper()
            .createObjectNode()
            .put("id", id())
            .put("type", kind.word())
            .put("version", kind.version())
            .put("at", at());
    return json.setAll(Json.mapper().<ObjectNode>valueToTree(this));
  }

  /**
   * @param sender whoever wrote it
   * @param thread the seq of the first message of the thread that it stands in
   */
  record MessageSent(
      String id, long at, RoomId room, long seq, UserId sender, Optional<Long> thread)
      implements Event {}

  /**
   * @param message the seq of the message that says something else now
   */
  record MessageEdited(String id, long at, RoomId room, long seq, UserId by, long message)
      implements Event {}

  /**
   * @param message the seq of the message of which nothing is left
   */
  record MessageDeleted(String id, long at, RoomId room, long seq, UserId by, long message)
      implements Event {}

  /**
   * @param seq something has come to a device of the user's up to here
   */
  record MessageDelivered(String id, long at, RoomId room, long seq, UserId user)
      implements Event {}

  /**
   * @param seq the user has read up to here
   */
  record MessageRead(String id, long at, RoomId room, long seq, UserId user) implements Event {}

  /**
   * @param conversation {@code public}, {@code private} or {@code direct}
   * @param by its first member; absent when the server made it
   */
  record ConversationCreated(
      String id, long at, RoomId room, long seq, String conversation, Optional<UserId> by)
      implements Event {}

  /** The last of a room. */
  record ConversationDeleted(String id, long at, RoomId room, long seq, Optional<UserId> by)
      implements Event {}

  /**
   * @param by whoever let them in, often themselves
   */
  record MemberJoined(String id, long at, RoomId room, long seq, UserId user, Optional<UserId> by)
      implements Event {}

  /**
   * @param how {@code left}, {@code removed} or {@code banned}
   */
  record MemberLeft(
      String id, long at, RoomId room, long seq, UserId user, String how, Optional<UserId> by)
      implements Event {}

  record UserRegistered(String id, long at, UserId user) implements Event {}

  /** Nothing is left of the account: whoever keeps something of it has to forget it. */
  record UserDeleted(String id, long at, UserId user) implements Event {}

  record UserOnline(String id, long at, UserId user) implements Event {}

  record UserOffline(String id, long at, UserId user) implements Event {}

  /** These were writing a moment ago. */
  record Typing(String id, long at, RoomId room, List<UserId> users) implements Event {}
}
