package io.parley.rooms;

import io.parley.accounts.UserId;
import io.parley.bus.Contract;
import io.parley.bus.Endpoint;
import io.parley.bus.Topic;
import io.parley.log.LogApi;
import io.parley.rooms.RoomsApi.Done;
import io.parley.rooms.RoomsApi.Marked;
import java.util.List;
import java.util.Optional;

/** What may be asked of who has read what. Reading itself is {@link RoomsApi#READ}. */
public interface ReadersApi {

  /** In larger rooms a receipt is a number. */
  int NAMED_MEMBERS = 50;

  /** In larger rooms there are none. */
  int COUNTED_MEMBERS = 500;

  /** In larger rooms mentioning everybody takes a role. */
  int SMALL_ROOM = 20;

  /**
   * Something has come to a device of the caller's, up to a position. Only moves forward, never
   * past the head. Answered when it is written, together with what others ask meanwhile. Fails
   * NOT_FOUND, NOT_MEMBER, OVERLOADED.
   */
  Endpoint<Delivered, Done> DELIVERED =
      new Endpoint<>("readers.delivered", Delivered.class, Done.class);

  /**
   * How far the members of a room are: by name in rooms of up to {@link #NAMED_MEMBERS}, in numbers
   * up to {@link #COUNTED_MEMBERS}, and not at all in larger ones, nor in a direct room that is
   * closed. Fails NOT_FOUND, NOT_MEMBER.
   */
  Endpoint<Receipts, ReceiptsFound> RECEIPTS =
      new Endpoint<>("readers.receipts", Receipts.class, ReceiptsFound.class);

  /**
   * Marks a room unread from a position on: the one way in which a marker moves back, though never
   * before the entry with which its owner came. Others learn nothing of it. Fails NOT_FOUND,
   * NOT_MEMBER.
   */
  Endpoint<Unread, Marked> UNREAD = new Endpoint<>("readers.unread", Unread.class, Marked.class);

  /**
   * What stands behind the badge of a room: the messages of others after the caller's marker, and
   * those that mention the caller, oldest first, paged. Fails NOT_FOUND, NOT_MEMBER.
   */
  Endpoint<Explain, Explained> EXPLAIN =
      new Endpoint<>("readers.explain", Explain.class, Explained.class);

  /**
   * Whether somebody may mention everybody in a room: any member in a room of up to {@link
   * #SMALL_ROOM}, moderators and those above in larger ones. Fails FORBIDDEN, NOT_FOUND,
   * NOT_MEMBER.
   */
  Endpoint<Rally, Done> RALLY = new Endpoint<>("readers.rally", Rally.class, Done.class);

  /**
   * A node has so much to do that receipts are numbers for now, in rooms of any size; said each
   * second while it lasts.
   */
  Topic<Strained> STRAINED = new Topic<>("readers.strained", Strained.class);

  Contract CONTRACT = Contract.of(ReadersApi.class);

  record Delivered(UserId user, RoomId room, long seq) {}

  record Receipts(UserId user, RoomId room) {}

  /**
   * At most one of the two.
   *
   * @param own how far the caller is, at the furthest
   * @param markers of all members, the caller included
   * @param counts of all members but the caller
   */
  record ReceiptsFound(
      RoomId room,
      int members,
      Marker own,
      Optional<List<Marker>> markers,
      Optional<Counts> counts) {}

  /**
   * How far somebody is, at the furthest; marking unread takes nothing back.
   *
   * @param since the entry with which they came: nothing before it counts as read by them
   */
  record Marker(UserId user, long delivered, long read, long since) {}

  /**
   * How many are how far. A message at some place has come to as many as the last step of {@code
   * delivered} at or after that place says, less those of {@code joined}, who came later; it was
   * read by as many likewise.
   *
   * @param from the first place for which the steps say everything
   */
  record Counts(long from, List<Step> delivered, List<Step> read, List<Step> joined) {}

  /**
   * @param members whose marker is here or further on; the steps go backwards
   */
  record Step(long seq, int members) {}

  /**
   * @param seq the first position that is unread again
   */
  record Unread(UserId user, RoomId room, long seq) {}

  /**
   * @param after where the page before ended
   */
  record Explain(UserId user, RoomId room, Optional<Long> after, int limit) {}

  /**
   * @param read where the marker stands
   * @param unread messages of others after it
   * @param mentions how many messages after it mention the caller
   * @param mentioning which of these entries do
   * @param next the position to go on after, if there is more
   */
  record Explained(
      RoomId room,
      long read,
      long head,
      long unread,
      long mentions,
      List<LogApi.Encoded> entries,
      List<Long> mentioning,
      Optional<Long> next) {}

  record Rally(UserId user, RoomId room) {}

  /**
   * @param step how far the node goes in leaving things out
   */
  record Strained(int step) {}
}
