package io.parley.accounts;

import io.parley.bus.Contract;
import io.parley.bus.Endpoint;
import io.parley.bus.Topic;
import java.time.Instant;
import java.util.List;

/**
 * The end of accounts.
 *
 * <p>It begins with one transaction, after which nobody signs in any more and nothing is known of
 * the person but their id; the username is kept from others for a while, lest somebody pass for
 * them. What is left in rooms and logs is taken down by those who keep these, step by step, and as
 * often as it takes.
 */
public interface DeparturesApi {

  /**
   * Deletes the caller's account: all its sessions end. Fails FORBIDDEN when the password is not
   * right, RATE_LIMITED after many that were not, CONFLICT for the last admin of the server,
   * OVERLOADED, UNAVAILABLE.
   */
  Endpoint<Leave, Left> LEAVE = new Endpoint<>("departures.leave", Leave.class, Left.class);

  /** Those of whom something is left, the longest gone first; at most 100. */
  Endpoint<Unfinished, UnfinishedFound> UNFINISHED =
      new Endpoint<>("departures.unfinished", Unfinished.class, UnfinishedFound.class);

  /** Nothing is left of somebody anywhere else. Finishing twice is no error. */
  Endpoint<Finish, Finished> FINISH =
      new Endpoint<>("departures.finish", Finish.class, Finished.class);

  /** Somebody has begun to go. A hint: {@link #UNFINISHED} is the truth. */
  Topic<Leaving> LEAVING = new Topic<>("departures.leaving", Leaving.class);

  Contract CONTRACT = Contract.of(DeparturesApi.class);

  /** The password is kept out of every text form. */
  record Leave(UserId user, Password password) {}

  record Left() {}

  record Unfinished() {}

  record UnfinishedFound(List<Leaving> leaving) {}

  /**
   * @param since when it began
   */
  record Leaving(UserId user, Instant since) {}

  record Finish(UserId user) {}

  record Finished() {}
}
