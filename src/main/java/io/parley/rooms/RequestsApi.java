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
 * What may be asked of those who want to be let into rooms. Whoever has asked learns what has
 * become of it by an entry {@code room.request} of their own log, on all their devices.
 */
public interface RequestsApi {
  /** How long a request stands: 14 days. */
  int STANDING_SECONDS = 1_209_600;

  /** How long nobody asks again who was refused: a day. */
  int REFUSED_SECONDS = 86_400;

  /** How many may stand for one room. */
  int MOST_OF_ROOM = 500;

  /** How many one person may have. */
  int MOST_OF_PERSON = 20;

  /**
   * Asks to be let into a public room where people ask; who asked already says it in other words.
   * Members have nothing to ask for, which is no error. Fails NOT_FOUND, BANNED, READ_ONLY,
   * CONFLICT where people just come, FORBIDDEN for a while after one was refused, TOO_LARGE.
   */
  Endpoint<Ask, RoomView> ASK = new Endpoint<>("requests.ask", Ask.class, RoomView.class);

  /** Takes it back; it is no error that there is nothing to take back. Fails NOT_FOUND. */
  Endpoint<Withdraw, Done> WITHDRAW =
      new Endpoint<>("requests.withdraw", Withdraw.class, Done.class);

  /**
   * Those who ask, the first to ask first, paged; for moderators and above. Fails NOT_FOUND,
   * NOT_MEMBER, FORBIDDEN.
   */
  Endpoint<ListRequests, RequestPage> LIST =
      new Endpoint<>("requests.list", ListRequests.class, RequestPage.class);

  /**
   * Lets somebody in who asks; for moderators and above. Who is in already needs nothing more,
   * which is no error. Fails NOT_FOUND for a request that was taken back, refused, or has ended;
   * BANNED, READ_ONLY, TOO_LARGE, FORBIDDEN.
   */
  Endpoint<Admit, Done> ADMIT = new Endpoint<>("requests.admit", Admit.class, Done.class);

  /** Does not. Fails as {@link #ADMIT}; refusing twice is no error. */
  Endpoint<Refuse, Done> REFUSE = new Endpoint<>("requests.refuse", Refuse.class, Done.class);

  /** What somebody has asked for that has not ended, the newest first; at most 500. */
  Endpoint<Mine, MineFound> OWN = new Endpoint<>("requests.own", Mine.class, MineFound.class);

  Contract CONTRACT = Contract.of(RequestsApi.class);

  /**
   * @param note why, in a few words, for those who decide; may be empty
   */
  record Ask(Caller caller, RoomId room, String note) {}

  record Withdraw(Caller caller, RoomId room) {}

  record ListRequests(Caller caller, RoomId room, Optional<String> after, int limit) {}

  record RequestPage(List<Request> requests, Optional<String> next) {}

  /** What those are shown who decide. */
  record Request(UserId user, String name, String note, Instant at, Instant until) {}

  record Mine(UserId user) {}

  record MineFound(List<Pending> requests) {}

  /** A room into which somebody wants to be let. */
  record Pending(RoomId room, Asked asked) {}

  record Admit(Caller caller, RoomId room, UserId user) {}

  /**
   * @param word for who has asked; may be empty
   */
  record Refuse(Caller caller, RoomId room, UserId user, String word) {}

  /**
   * What somebody has asked for, as they see it.
   *
   * @param until when it ends; of one that was refused, when they may ask again
   * @param refused whether it was
   */
  record Asked(String note, Instant at, Instant until, boolean refused) {}
}
