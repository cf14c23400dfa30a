package io.parley.rooms;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.accounts.AccountsApi.Profile;
import io.parley.accounts.UserId;
import io.parley.json.Json;
import io.parley.log.Draft;
import io.parley.log.Rules;
import io.parley.log.Standing;
import io.parley.log.Standing.Access;
import io.parley.rooms.RoomStore.Owed;
import io.parley.rooms.RoomsApi.Caller;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The entries that changes of a room leave in its log, and in the logs of the people concerned.
 * Where somebody comes or goes they say how many are there then: who counts along goes wrong where
 * a description of the room was ahead of its log.
 */
final class Entries {
  /** The kinds of entries that make other rules. */
  static final String SLOW_MODE = "slowmode";

  static final String ARCHIVE = "archive";
  static final String UNARCHIVE = "unarchive";

  private final Supplier<UUID> ids;
  private final Tidings tidings;

  Entries(Supplier<UUID> ids) {
    this.ids = ids;
    this.tidings = new Tidings(ids);
  }

  /** The first entry of a room. */
  Owed created(Room room, Caller by, Optional<Membership> owner) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("type", room.type().word());
    body.put("name", room.name().text());
    body.put("description", room.description());
    terms(body, room.terms());
    Optional<Draft.Change> change =
        owner.map(
            seat -> new Draft.Change(room.version(), seat.user(), seat.standing(room.type())));
    return owed(room, "create", by, body, change);
  }

  /**
   * Somebody came in, by themselves or brought by another.
   *
   * @param members how many there are now
   */
  Owed joined(Room room, Membership seat, Caller by, String name, int members) {
    return owed(
        room,
        "join",
        by,
        person(seat.user(), name).put("members", members),
        Optional.of(new Draft.Change(seat.version(), seat.user(), seat.standing(room.type()))));
  }

  /** Somebody has become something else in the room. */
  Owed promoted(Room room, Membership seat, Caller by, String name) {
    ObjectNode body = person(seat.user(), name);
    body.put("role", seat.role().word());
    return owed(
        room,
        "role",
        by,
        body,
        Optional.of(new Draft.Change(seat.version(), seat.user(), seat.standing(room.type()))));
  }

  /**
   * The room is called something else. What it says of its author is what they were before: it is
   * there for the version, which keeps it in its place among the changes of members.
   */
  Owed renamed(Room room, Membership actor, Caller by, long version) {
    ObjectNode body = Json.mapper().createObjectNode().put("name", room.name().text());
    return owed(room, "rename", by, body, unchanged(room, actor, version));
  }

  /** The room is about something else. */
  Owed described(Room room, Membership actor, Caller by, long version) {
    ObjectNode body = Json.mapper().createObjectNode().put("description", room.description());
    return owed(room, "topic", by, body, unchanged(room, actor, version));
  }

  /**
   * Those who come may read something else than those before them. Where that is everything, so may
   * those who are there: whatever owners remember of who may read what they read anew.
   */
  Owed remembering(Room room, Membership actor, Caller by, long version) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("history", room.terms().history().word());
    Draft.Change all =
        new Draft.Change(version, Draft.Change.EVERYBODY, actor.standing(room.type()));
    boolean open = room.terms().history() == History.ALL;
    return owed(
        room, "history", by, body, open ? Optional.of(all) : unchanged(room, actor, version));
  }

  /** People come in another way. */
  Owed opened(Room room, Membership actor, Caller by, long version) {
    ObjectNode body = Json.mapper().createObjectNode().put("join", room.terms().door().word());
    return owed(room, "door", by, body, unchanged(room, actor, version));
  }

  /** What is as usual goes without saying. */
  private static void terms(ObjectNode body, Terms terms) {
    if (terms.history() != History.ALL) {
      body.put("history", terms.history().word());
    }
    if (terms.door() != Door.OPEN) {
      body.put("join", terms.door().word());
    }
  }

  private static Optional<Draft.Change> unchanged(Room room, Membership actor, long version) {
    return Optional.of(new Draft.Change(version, actor.user(), actor.standing(room.type())));
  }

  /** Other rules hold for everybody, from the entry on that says so. */
  Owed ruled(Room room, String kind, Membership actor, Caller by) {
    ObjectNode body = Json.mapper().createObjectNode();
    if (kind.equals(SLOW_MODE)) {
      body.put("seconds", room.rules().slowSeconds());
    }
    Rules rules = room.rules();
    return owed(
        room,
        kind,
        by,
        body,
        Optional.of(
            new Draft.Change(
                rules.version(), actor.user(), actor.standing(room.type()), Optional.of(rules))));
  }

  /** Somebody may not write for a while, or may again. */
  Owed muted(Room room, Membership seat, Caller by, String name) {
    ObjectNode body = person(seat.user(), name);
    seat.mutedUntil().ifPresent(until -> body.put("until", Json.time(until)));
    return owed(
        room,
        seat.mutedUntil().isPresent() ? "mute" : "unmute",
        by,
        body,
        Optional.of(new Draft.Change(seat.version(), seat.user(), seat.standing(room.type()))));
  }

  /**
   * Somebody has to stay away. It does not say why.
   *
   * @param member whether they were there
   */
  Owed banned(Room room, long version, Caller by, Ban ban, String name, boolean member) {
    ObjectNode body = person(ban.user(), name);
    ban.until().ifPresent(until -> body.put("until", Json.time(until)));
    body.put("member", member).put("members", room.memberCount() - (member ? 1 : 0));
    Standing out = Standing.banned(ban.until(), version);
    return owed(room, "ban", by, body, Optional.of(new Draft.Change(version, ban.user(), out)));
  }

  /** Somebody may come again, and is as any other stranger. */
  Owed unbanned(Room room, long version, Caller by, Profile who) {
    return owed(
        room,
        "unban",
        by,
        person(who.id(), who.name()),
        Optional.of(new Draft.Change(version, who.id(), outside(room.type(), version))));
  }

  /** Somebody went. */
  Owed left(Room room, long version, Caller by) {
    return owed(
        room,
        "leave",
        by,
        person(by.user(), by.name()).put("members", room.memberCount() - 1),
        Optional.of(new Draft.Change(version, by.user(), outside(room.type(), version))));
  }

  /** Somebody was made to go. */
  Owed kicked(Room room, long version, Caller by, Profile gone) {
    return owed(
        room,
        "kick",
        by,
        person(gone.id(), gone.name()).put("members", room.memberCount() - 1),
        Optional.of(new Draft.Change(version, gone.id(), outside(room.type(), version))));
  }

  /**
   * The last entry of a room. It says that nobody writes any more as well, to owners who know of no
   * end.
   */
  Owed ended(Room room, long version, Caller by) {
    Rules silence = new Rules(true, room.rules().slowSeconds(), version);
    Standing out = new Standing(Access.HIDDEN, 0, Optional.empty(), version, false);
    return owed(
        room,
        "end",
        by,
        Json.mapper().createObjectNode(),
        Optional.of(new Draft.Change(version, Draft.Change.EVERYBODY, out, Optional.of(silence))));
  }

  /** Tells somebody's own devices that a room is theirs now. */
  Owed roomAdded(UserId user, Room room) {
    return told(user, "room.added", about(room));
  }

  /**
   * Tells somebody's own devices that a room keeps them out; and whoever takes down what is left of
   * them that it has their name.
   */
  Owed roomBanned(UserId user, Room room, boolean member) {
    ObjectNode body = about(room).put("banned", true);
    return told(user, member ? "room.removed" : "room.banned", body);
  }

  /** Tells somebody's own devices that a room is no longer theirs. */
  Owed roomRemoved(UserId user, Room room) {
    return told(user, "room.removed", about(room));
  }

  /** Tells somebody's own devices that there is a room no longer. */
  Owed roomEnded(UserId user, Room room) {
    return told(user, "room.removed", about(room).put("ended", true));
  }

  static Standing outside(RoomType type, long version) {
    Access access = type == RoomType.PUBLIC ? Access.STRANGER : Access.HIDDEN;
    return new Standing(access, 0, Optional.empty(), version, false);
  }

  private static ObjectNode about(Room room) {
    return Tidings.about(room.id());
  }

  private Owed told(UserId user, String kind, ObjectNode body) {
    return tidings.told(user, kind, body);
  }

  private Owed owed(
      Room room, String kind, Caller by, ObjectNode body, Optional<Draft.Change> change) {
    return new Owed(room.id().log(), draft(kind, by, body, change));
  }

  private Draft draft(String kind, Caller by, ObjectNode body, Optional<Draft.Change> change) {
    return new Draft(
        kind,
        by.user(),
        by.name(),
        ids.get().toString(),
        Json.write(body),
        Optional.empty(),
        false,
        change);
  }

  private static ObjectNode person(UserId id, String name) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.putObject("user").put("id", id.toString()).put("name", name);
    return body;
  }
}
