package io.parley.rooms;

import io.parley.failure.Failure;
import io.parley.failure.Reason;

/**
 * What takes a role in a room, and the least one that may. Whoever is a member may read, and delete
 * what is their own, whatever they are. {@code ARCHITECTURE.md} has the whole as a table, which a
 * test compares with what a node does.
 */
public enum Action {
  /** Posting, reacting, and editing what one has said. */
  WRITE(Role.MEMBER, "writes in it"),

  /** Deleting what others have said. */
  DELETE_OTHERS(Role.MODERATOR, "deletes what others have said"),

  /** Mentioning everybody in a room that is not small. */
  RALLY(
      Role.MODERATOR,
      "mentions everybody, where there are more than " + ReadersApi.SMALL_ROOM + " people"),

  /** Keeping messages at hand; of two who talk to each other, both may. */
  PIN(Role.MODERATOR, "pins messages in it"),

  /** Bringing people in. */
  ADD(Role.ADMIN, "adds people to it"),

  /** Making links by which people come in. */
  INVITE(Role.MODERATOR, "invites people to it by link"),

  /** Making people go who stand below. */
  REMOVE(Role.ADMIN, "removes people from it"),

  /** Saying what the room is called and is about. */
  UPDATE(Role.ADMIN, "changes its name and topic"),

  /** Saying on which terms people come, and what they may read of what was said before. */
  TERMS(Role.ADMIN, "says how people come into it and what they may read"),

  /** Letting in those who ask, or not. */
  ADMIT(Role.MODERATOR, "lets people in who ask"),

  /** Making people something else in the room. */
  GIVE_ROLES(Role.ADMIN, "gives roles in it"),

  /** Keeping people who stand below from writing for a while. */
  MUTE(Role.MODERATOR, "mutes people in it"),

  /** Keeping people out, whoever they are, unless they do not stand below. */
  BAN(Role.ADMIN, "bans people from it"),

  /** Making everybody wait between two messages. */
  SLOW_DOWN(Role.ADMIN, "says how fast people write in it"),

  /** Keeping the room as it is. */
  ARCHIVE(Role.ADMIN, "archives it"),

  /** Ending the room for everybody. */
  DELETE(Role.OWNER, "deletes it");

  private final Role least;
  private final String does;

  Action(Role least, String does) {
    this.least = least;
    this.does = does;
  }

  /** Whether a role may. */
  public boolean of(Role role) {
    return !least.outranks(role);
  }

  /** Fails FORBIDDEN, and says what it takes. */
  void require(Role role) {
    if (!of(role)) {
      throw Failure.of(
          Reason.FORBIDDEN, "nobody below the role " + least.word() + " of the room " + does);
    }
  }

  /** Fails FORBIDDEN where one would have to stand above the other to do it to them. */
  static void requireAbove(Role by, Role subject) {
    if (!by.outranks(subject)) {
      throw Failure.of(
          Reason.FORBIDDEN, "nobody does this to somebody of equal or higher role in the room");
    }
  }

  /**
   * Whether somebody may make one thing of another: owners any of anybody, others what stands below
   * them of who does.
   */
  static boolean gives(Role by, Role from, Role to) {
    return GIVE_ROLES.of(by) && (by == Role.OWNER || (by.outranks(from) && by.outranks(to)));
  }
}
