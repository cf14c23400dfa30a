package io.parley.rooms;

import io.parley.bus.Contract;
import io.parley.bus.Endpoint;
import io.parley.rooms.ModerationApi.Person;
import io.parley.rooms.RoomsApi.Caller;
import io.parley.rooms.RoomsApi.Done;
import io.parley.rooms.RoomsApi.RoomView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What may be asked of links that lead into rooms. Whoever has one may come in: its token is told
 * once, to whoever made it, and is known by its hash from then on.
 *
 * <p>The first three are for those who may invite, as {@link Action} says; they fail NOT_FOUND,
 * NOT_MEMBER and FORBIDDEN as other questions about rooms do, in direct rooms as well.
 */
public interface InvitesApi {
  /** How long one may last, and how long it does. */
  int MIN_SECONDS = 60;

  int MAX_SECONDS = 2_592_000;
  int USUAL_SECONDS = 604_800;

  /** How many people may come by one, and how many do. */
  int MAX_USES = 1_000;

  int USUAL_USES = 100;

  /** How many a room may have at once. */
  int MOST = 50;

  /** Makes one. Fails READ_ONLY in an archive, TOO_LARGE when there are {@link #MOST}. */
  Endpoint<Make, Made> MAKE = new Endpoint<>("invites.make", Make.class, Made.class);

  /** Those that are not over, the oldest first. */
  Endpoint<ListInvites, Listed> LIST =
      new Endpoint<>("invites.list", ListInvites.class, Listed.class);

  /** Takes one back: nobody comes by it from then on. It is no error that there is none. */
  Endpoint<Revoke, Done> REVOKE = new Endpoint<>("invites.revoke", Revoke.class, Done.class);

  /**
   * What room it is. Fails INVALID, NOT_FOUND for a token that is none or was taken back, GONE when
   * it is over, BANNED, READ_ONLY; the last three not for those who are there.
   */
  Endpoint<Look, Invited> LOOK = new Endpoint<>("invites.look", Look.class, Invited.class);

  /**
   * Comes in. Each newcomer counts as one use, however many come at once; whoever is there uses
   * nothing, and it is no error. Fails as LOOK, and TOO_LARGE when the room is full.
   */
  Endpoint<Accept, RoomView> ACCEPT =
      new Endpoint<>("invites.accept", Accept.class, RoomView.class);

  Contract CONTRACT = Contract.of(InvitesApi.class);

  /**
   * @param seconds from {@link #MIN_SECONDS} to {@link #MAX_SECONDS}; {@link #USUAL_SECONDS}
   * @param uses from 1 to {@link #MAX_USES}; {@link #USUAL_USES}
   */
  record Make(Caller caller, RoomId room, Optional<Integer> seconds, Optional<Integer> uses) {}

  record Made(String token, Link invite) {
    @Override
    public String toString() {
      return "Made[" + invite.id() + "]";
    }
  }

  /** A link as those see it who may invite. */
  record Link(UUID id, Person by, Instant madeAt, Instant expiresAt, int maxUses, int uses) {}

  record ListInvites(Caller caller, RoomId room) {}

  record Listed(List<Link> invites) {}

  record Revoke(Caller caller, RoomId room, UUID invite) {}

  record Look(Caller caller, String token) {
    @Override
    public String toString() {
      return "Look[" + caller + "]";
    }
  }

  /**
   * @param member whether the caller is there already
   */
  record Invited(RoomId room, String name, RoomType type, int memberCount, boolean member) {}

  record Accept(Caller caller, String token) {
    @Override
    public String toString() {
      return "Accept[" + caller + "]";
    }
  }
}
