package io.parley.presence;

import io.parley.accounts.UserId;
import io.parley.bus.Contract;
import io.parley.bus.Endpoint;
import io.parley.bus.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What may be asked of presence: who is here, as far as it is for whoever asks. */
public interface PresenceApi {
  /** Of sockets in one message, and of pairs of a viewer and a person. */
  int MOST = 2_000;

  /**
   * A node tells of its sockets: of those that are here, as long as it does so again in time, and
   * of those that have gone, whose people have a while to come back. Telling it twice is no error,
   * and telling of nobody says that the node lives. Fails UNAVAILABLE, TIMEOUT, TOO_LARGE.
   */
  Endpoint<Renew, Renewed> RENEW = new Endpoint<>("presence.renew", Renew.class, Renewed.class);

  /**
   * People as their viewers may see them, in the order of the question. Who cannot be looked up is
   * left out. Fails UNAVAILABLE, TIMEOUT while it is not known who is here; TOO_LARGE.
   */
  Endpoint<Look, Looked> LOOK = new Endpoint<>("presence.look", Look.class, Looked.class);

  /**
   * The same as anybody at all may see it: who shows it to contacts only, or to nobody, is offline
   * there, as who is invisible is. Fails UNAVAILABLE, TIMEOUT, TOO_LARGE.
   */
  Endpoint<LookOpenly, Shown> LOOK_OPENLY =
      new Endpoint<>("presence.lookOpenly", LookOpenly.class, Shown.class);

  /** Chooses how one is shown, and leaves what is not given. Fails NOT_FOUND, UNAVAILABLE. */
  Endpoint<Choose, Own> CHOOSE = new Endpoint<>("presence.choose", Choose.class, Own.class);

  /** What somebody has chosen. Fails UNAVAILABLE. */
  Endpoint<Mine, Own> OWN = new Endpoint<>("presence.own", Mine.class, Own.class);

  /** Something has changed about people. A hint: nodes look again in a while anyway. */
  Topic<Changed> CHANGED = new Topic<>("presence.changed", Changed.class);

  Contract CONTRACT = Contract.of(PresenceApi.class);

  record Renew(String node, List<Lease> here, List<Lease> gone) {}

  /**
   * @param connection a number that the node gives each socket once
   * @param idle whether nobody uses the device
   */
  record Lease(UserId user, long connection, boolean idle) {}

  /**
   * @param since when Redis began to remember; another value than before means that it has
   *     forgotten, and has to be told of everybody
   */
  record Renewed(long since) {}

  record Look(List<Sight> sights) {}

  record Sight(UserId viewer, List<UserId> people) {}

  record Looked(List<Shown> shown) {}

  record LookOpenly(List<UserId> people) {}

  record Shown(List<Seen> people) {}

  /**
   * @param lastSeen of who is offline; absent when it is unknown, or not for the viewer
   */
  record Seen(UserId user, State state, Optional<Instant> lastSeen, Optional<Status> status) {}

  record Choose(UserId user, Optional<Choice> choice, Optional<Status> status) {}

  record Mine(UserId user) {}

  record Own(Choice state, Optional<Status> status) {}

  record Changed(List<UserId> users) {}
}
