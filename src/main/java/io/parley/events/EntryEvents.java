package io.parley.events;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.UserId;
import io.parley.json.Json;
import io.parley.log.Entry;
import io.parley.rooms.RoomId;
import java.util.Optional;

/** What entries of rooms mean to others. Reactions, pins and settings mean nothing to them. */
final class EntryEvents {
  private EntryEvents() {}

  /** At most one for each entry, with its id. */
  static Optional<Event> of(Entry entry) {
    return switch (entry.kind()) {
      case "message" -> Optional.of(sent(entry));
      case "edit" -> entry.target().map(message -> edited(entry, message));
      case "delete" -> entry.target().map(message -> deleted(entry, message));
      case "create" -> Optional.of(created(entry));
      case "end" -> Optional.of(ended(entry));
      case "join" -> Optional.of(joined(entry));
      case "leave" -> Optional.of(left(entry, "left"));
      case "kick" -> Optional.of(left(entry, "removed"));
      case "ban" -> banned(entry);
      default -> Optional.empty();
    };
  }

  private static Event sent(Entry entry) {
    return new Event.MessageSent(
        id(entry), entry.at(), room(entry), entry.seq(), entry.author(), entry.target());
  }

  private static Event edited(Entry entry, long message) {
    return new Event.MessageEdited(
        id(entry), entry.at(), room(entry), entry.seq(), entry.author(), message);
  }

  private static Event deleted(Entry entry, long message) {
    return new Event.MessageDeleted(
        id(entry), entry.at(), room(entry), entry.seq(), entry.author(), message);
  }

  private static Event created(Entry entry) {
    String type = body(entry).path("type").asText();
    return new Event.ConversationCreated(
        id(entry), entry.at(), room(entry), entry.seq(), type, by(entry));
  }

  private static Event ended(Entry entry) {
    return new Event.ConversationDeleted(
        id(entry), entry.at(), room(entry), entry.seq(), by(entry));
  }

  private static Event joined(Entry entry) {
    return new Event.MemberJoined(
        id(entry), entry.at(), room(entry), entry.seq(), person(entry), by(entry));
  }

  private static Event left(Entry entry, String how) {
    return new Event.MemberLeft(
        id(entry), entry.at(), room(entry), entry.seq(), person(entry), how, by(entry));
  }

  /** Who was no member has not left. */
  private static Optional<Event> banned(Entry entry) {
    return body(entry).path("member").asBoolean()
        ? Optional.of(left(entry, "banned"))
        : Optional.empty();
  }

  private static UserId person(Entry entry) {
    return UserId.fromString(body(entry).path("user").path("id").asText());
  }

  private static JsonNode body(Entry entry) {
    return Json.object(entry.body());
  }

  private static Optional<UserId> by(Entry entry) {
    return Optional.of(entry.author()).filter(author -> !author.equals(UserId.SYSTEM));
  }

  private static RoomId room(Entry entry) {
    return new RoomId(entry.log().id());
  }

  private static String id(Entry entry) {
    return entry.id().toString();
  }
}
