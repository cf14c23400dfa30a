package io.parley.rooms;

import io.parley.accounts.UserId;
import io.parley.bus.Contract;
import io.parley.bus.Endpoint;
import io.parley.log.LogApi;
import io.parley.log.LogId;
import io.parley.log.Rules;
import io.parley.log.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What may be asked of rooms.
 *
 * <p>Every change is answered after its entry stands in the room's log. To strangers a private or
 * direct room looks like one that does not exist: NOT_FOUND.
 */
public interface RoomsApi {

  /**
   * Makes a room whose owner is the caller. Fails INVALID; ALREADY_EXISTS when a public room of
   * that name exists.
   */
  Endpoint<Create, RoomView> CREATE = new Endpoint<>("rooms.create", Create.class, RoomView.class);

  /**
   * The direct room of two people, made if there is none; one per pair, whatever the race. Fails
   * NOT_FOUND, INVALID.
   */
  Endpoint<Direct, RoomView> DIRECT = new Endpoint<>("rooms.direct", Direct.class, RoomView.class);

  /**
   * The caller's rooms with head, marker and unread, most recent first; or the public rooms one
   * could join.
   */
  Endpoint<ListRooms, RoomPage> LIST =
      new Endpoint<>("rooms.list", ListRooms.class, RoomPage.class);

  /** One room. Fails NOT_FOUND. Public rooms are seen by everyone. */
  Endpoint<Get, RoomView> GET = new Endpoint<>("rooms.get", Get.class, RoomView.class);

  /**
   * Enters a public room. Fails NOT_FOUND, BANNED, READ_ONLY, and FORBIDDEN where people have to
   * ask; entering twice is no error.
   */
  Endpoint<Join, RoomView> JOIN = new Endpoint<>("rooms.join", Join.class, RoomView.class);

  /**
   * Leaves a room. Fails NOT_FOUND, CONFLICT for the last owner of a room with other members, who
   * makes somebody else its owner first; leaving twice is no error.
   */
  Endpoint<Leave, Done> LEAVE = new Endpoint<>("rooms.leave", Leave.class, Done.class);

  /**
   * Ends a room for everybody; for its owners. Its log gets a last entry, which ends the
   * subscriptions of all, and from there on the room is to everybody as one that never was.
   * Whatever was acknowledged stands before that entry. Fails NOT_FOUND, also when it was deleted
   * before, NOT_MEMBER, FORBIDDEN, in direct rooms as well.
   */
  Endpoint<Delete, Done> DELETE = new Endpoint<>("rooms.delete", Delete.class, Done.class);

  /** The members, longest first, paged. Fails NOT_FOUND, NOT_MEMBER. */
  Endpoint<Members, MemberPage> MEMBERS =
      new Endpoint<>("rooms.members", Members.class, MemberPage.class);

  /**
   * Adds somebody by id; for owners and admins. Fails FORBIDDEN, NOT_FOUND, BANNED; adding twice is
   * no error.
   */
  Endpoint<Add, Done> ADD = new Endpoint<>("rooms.add", Add.class, Done.class);

  /**
   * Removes somebody. Once answered, nothing the removed person sends is accepted and no later
   * entry reaches them. Fails FORBIDDEN, NOT_FOUND; removing twice is no error.
   */
  Endpoint<Remove, Done> REMOVE = new Endpoint<>("rooms.remove", Remove.class, Done.class);

  /**
   * Makes a member something else in the room, as {@link Action} allows: owners any of anybody,
   * admins what stands below them of who does. What is numbered after the entry that says so is as
   * the new role may. Fails FORBIDDEN, in direct rooms as well, NOT_FOUND for somebody who is no
   * member, CONFLICT for the last owner; giving somebody the role they have is no error.
   */
  Endpoint<GiveRole, Done> ROLE = new Endpoint<>("rooms.role", GiveRole.class, Done.class);

  /**
   * Gives a room another name or description, makes it slow, or says on which terms people come;
   * for owners and admins. When history is opened, so it is for those who are there; when it is
   * closed, they keep what they may read. Fails NOT_FOUND, NOT_MEMBER, FORBIDDEN, in direct rooms
   * as well, READ_ONLY, INVALID, TOO_LARGE, ALREADY_EXISTS when another public room has the name.
   * What is as it was leaves no entry.
   */
  Endpoint<Update, RoomView> UPDATE = new Endpoint<>("rooms.update", Update.class, RoomView.class);

  /**
   * Moves the caller's marker of a room: everything up to a position is read. It only moves
   * forward, never past the head; other devices of the caller hear of it. {@link ReadersApi#UNREAD}
   * moves it back. Fails NOT_FOUND, NOT_MEMBER.
   */
  Endpoint<Read, Marked> READ = new Endpoint<>("rooms.read", Read.class, Marked.class);

  /** Enters the default rooms, once in the life of an account. */
  Endpoint<Welcome, Done> WELCOME = new Endpoint<>("rooms.welcome", Welcome.class, Done.class);

  /**
   * What people may do with a room's log. Answered from the primary store; for the log's owners and
   * for readers.
   */
  Endpoint<Standings, StandingsFound> STANDINGS =
      new Endpoint<>("rooms.standings", Standings.class, StandingsFound.class);

  /** How many members a room has, none if there is no such room; for the log's owners. */
  Endpoint<Count, Counted> COUNT = new Endpoint<>("rooms.count", Count.class, Counted.class);

  Contract CONTRACT = Contract.of(RoomsApi.class);

  /**
   * The user in every request is the caller, checked by the edge; {@code name} is what others are
   * shown.
   */
  record Caller(UserId user, String name) {}

  /**
   * @param terms the usual ones when absent
   */
  record Create(
      Caller caller, String name, String description, RoomType type, Optional<Terms> terms) {
    /** On the usual terms. */
    public Create(Caller caller, String name, String description, RoomType type) {
      this(caller, name, description, type, Optional.empty());
    }
  }

  record Direct(Caller caller, UserId other) {}

  /**
   * @param discover the public rooms instead of one's own
   * @param query part of a name
   */
  record ListRooms(
      Caller caller, boolean discover, Optional<String> query, Optional<String> after, int limit) {}

  record RoomPage(List<RoomView> rooms, Optional<String> next) {}

  record Get(Caller caller, RoomId room) {}

  record Join(Caller caller, RoomId room) {}

  record Leave(Caller caller, RoomId room) {}

  record Delete(Caller caller, RoomId room) {}

  record Members(Caller caller, RoomId room, Optional<String> after, int limit) {}

  record MemberPage(List<Member> members, Optional<String> next) {}

  record Add(Caller caller, RoomId room, UserId user) {}

  record Remove(Caller caller, RoomId room, UserId user) {}

  record GiveRole(Caller caller, RoomId room, UserId user, Role role) {}

  /**
   * Absent is what stays as it is; not all of it.
   *
   * @param slowMode how many seconds those below moderator wait between two messages, 0 for none
   * @param history what those who come may read of what was said before
   * @param door how they come, for public rooms
   */
  record Update(
      Caller caller,
      RoomId room,
      Optional<String> name,
      Optional<String> description,
      Optional<Integer> slowMode,
      Optional<History> history,
      Optional<Door> door) {
    /** On the terms on which people come already. */
    public Update(
        Caller caller,
        RoomId room,
        Optional<String> name,
        Optional<String> description,
        Optional<Integer> slowMode) {
      this(caller, room, name, description, slowMode, Optional.empty(), Optional.empty());
    }
  }

  /**
   * @param marks how often the caller has marked the room unread, as far as the device knows: where
   *     it was more often, this is older and moves nothing
   */
  record Read(UserId user, RoomId room, long seq, Optional<Long> marks) {}

  /**
   * Where the marker stands now.
   *
   * @param n countable messages up to there
   * @param marks how often the room was marked unread
   */
  record Marked(RoomId room, long seq, long n, Optional<Long> marks) {}

  record Welcome(Caller caller) {}

  record Standings(LogId log, List<UserId> users) {}

  /**
   * @param rules what holds for everybody
   */
  record StandingsFound(Map<UserId, Standing> standings, Optional<Rules> rules) {}

  record Count(LogId log) {}

  record Counted(int members) {}

  record Done() {}

  /**
   * A member as others see it.
   *
   * @param mutedUntil when they may write again; absent if they may
   */
  record Member(
      UserId id, String name, Role role, Instant joinedAt, Optional<Instant> mutedUntil) {}

  /**
   * A room as the caller sees it.
   *
   * @param name of the other person, for a direct room
   * @param membership absent when the caller is not a member
   * @param last the newest message that the caller may read, as history shows it
   * @param rules what holds for everybody
   * @param terms on which people come
   * @param asked what the caller has asked for, who is no member
   * @param requests how many ask to be let in, for those who may let them in
   */
  record RoomView(
      RoomId id,
      String name,
      String description,
      RoomType type,
      Instant createdAt,
      int memberCount,
      Optional<UserId> peer,
      Optional<Own> membership,
      Optional<LogApi.Encoded> last,
      Optional<Rules> rules,
      Optional<Terms> terms,
      Optional<RequestsApi.Asked> asked,
      Optional<Integer> requests) {}

  /**
   * The caller's own place in a room.
   *
   * @param head the newest position
   * @param cursor of the head
   * @param n countable messages so far
   * @param at when the newest entry was made, in epoch milliseconds
   * @param read the marker: the last position read
   * @param unread countable messages of others after the marker
   * @param mutedUntil when they may write again; absent if they may
   * @param mentions messages after it that mention the caller, or everybody
   * @param marks how often the caller has marked the room unread
   * @param since the first position that they may read, where that is not all
   * @param settings how they want to have the room
   */
  record Own(
      Role role,
      Instant joinedAt,
      long head,
      String cursor,
      long n,
      long at,
      long read,
      long unread,
      Optional<Instant> mutedUntil,
      Optional<Long> mentions,
      Optional<Long> marks,
      Optional<Long> since,
      Optional<SettingsApi.Shown> settings) {}
}
