package io.parley.rooms;

import io.parley.accounts.UserId;
import io.parley.bus.Contract;
import io.parley.bus.Endpoint;
import io.parley.rooms.RoomsApi.Caller;
import io.parley.rooms.RoomsApi.Done;
import io.parley.rooms.RoomsApi.RoomView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What may be asked of rooms to keep the peace in them, as {@link Action} allows.
 *
 * <p>Every change is answered after its entry stands in the room's log. All fail NOT_FOUND and
 * NOT_MEMBER as other questions about rooms do, and FORBIDDEN, in direct rooms as well.
 */
public interface ModerationApi {
  /** The longest that somebody can be muted, or banned other than for good: a year. */
  int MAX_SECONDS = 31_536_000;

  /**
   * Bans somebody, be they a member or not; a ban that stands is replaced. Once answered, nothing
   * they send is accepted and no later entry reaches them; they do not come in again until the ban
   * ends or is lifted. Fails NOT_FOUND, INVALID; doing it twice is no error.
   */
  Endpoint<ImposeBan, Done> BAN = new Endpoint<>("moderation.ban", ImposeBan.class, Done.class);

  /** Lifts a ban; whom it kept out may come again, and has to. Without one it is no error. */
  Endpoint<LiftBan, Done> UNBAN = new Endpoint<>("moderation.unban", LiftBan.class, Done.class);

  /** The bans that have not ended, oldest first, paged; for those who may ban. */
  Endpoint<Bans, BanPage> BANS = new Endpoint<>("moderation.bans", Bans.class, BanPage.class);

  /**
   * Keeps a member from posting, editing, reacting and typing for a while, also when they leave and
   * come again. Fails NOT_FOUND for somebody who is no member, READ_ONLY, INVALID.
   */
  Endpoint<Mute, Done> MUTE = new Endpoint<>("moderation.mute", Mute.class, Done.class);

  /** Lets them write again. Fails as MUTE; for somebody who is not muted it is no error. */
  Endpoint<Unmute, Done> UNMUTE = new Endpoint<>("moderation.unmute", Unmute.class, Done.class);

  /**
   * Keeps a room as it is: everybody there may read, nobody writes, nobody comes. Doing it twice is
   * no error.
   */
  Endpoint<Archive, RoomView> ARCHIVE =
      new Endpoint<>("moderation.archive", Archive.class, RoomView.class);

  /** Takes that back. */
  Endpoint<Unarchive, RoomView> UNARCHIVE =
      new Endpoint<>("moderation.unarchive", Unarchive.class, RoomView.class);

  Contract CONTRACT = Contract.of(ModerationApi.class);

  /**
   * @param reason at most 500 characters, told to the banned and to those who may ban
   * @param seconds until it ends by itself, at most {@link #MAX_SECONDS}; absent for good
   */
  record ImposeBan(
      Caller caller,
      RoomId room,
      UserId user,
      Optional<String> reason,
      Optional<Integer> seconds) {}

  record LiftBan(Caller caller, RoomId room, UserId user) {}

  record Bans(Caller caller, RoomId room, Optional<String> after, int limit) {}

  record BanPage(List<Banned> bans, Optional<String> next) {}

  /** Somebody, as others see them. */
  record Person(UserId id, String name) {}

  /**
   * Somebody who is banned.
   *
   * @param until when it ends by itself; absent for good
   * @param reason empty when none was given
   */
  record Banned(
      UserId id,
      String name,
      Person by,
      Instant bannedAt,
      Optional<Instant> until,
      String reason) {}

  /**
   * @param seconds from now, at most {@link #MAX_SECONDS}
   */
  record Mute(Caller caller, RoomId room, UserId user, int seconds) {}

  record Unmute(Caller caller, RoomId room, UserId user) {}

  record Archive(Caller caller, RoomId room) {}

  record Unarchive(Caller caller, RoomId room) {}
}
