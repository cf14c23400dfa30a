package io.parley.log;

import io.parley.accounts.UserId;
import io.parley.bus.Contract;
import io.parley.bus.Endpoint;
import java.util.List;
import java.util.Optional;

/**
 * What may be asked of single messages of a log, wherever they stand in it. Answered from the store
 * by anyone, as {@link LogApi#HISTORY} shows messages; each answer fills at most about 1 MiB.
 */
public interface PicksApi {
  /** How many places may be named at once. */
  int MAX_PLACES = 50;

  /**
   * The messages at these places, oldest first, but for those that are not there. At most {@link
   * #MAX_PLACES}.
   */
  Endpoint<Pick, Picked> PICK = new Endpoint<>("picks.pick", Pick.class, Picked.class);

  /** The pinned messages, the newest pin first; at most 100 of a log are pinned. */
  Endpoint<Pinned, Picked> PINNED = new Endpoint<>("picks.pinned", Pinned.class, Picked.class);

  /**
   * All wordings of a message: the message as it was sent, and then its edits, as entries. Fails
   * NOT_FOUND for what is no message any more.
   */
  Endpoint<Wordings, Picked> WORDINGS =
      new Endpoint<>("picks.wordings", Wordings.class, Picked.class);

  Contract CONTRACT = Contract.of(PicksApi.class);

  /**
   * @param since the first position the reader may see
   * @param viewer whose own reactions are told apart
   */
  record Pick(LogId log, List<Long> places, long since, UserId viewer) {}

  /**
   * @param before only those whose pin stands before this place; without it, from the newest on
   * @param since the first position the reader may see
   * @param viewer whose own reactions are told apart
   */
  record Pinned(LogId log, Optional<Long> before, long since, UserId viewer) {}

  /**
   * @param after only what stands after this place; 0 for all, the message itself included
   * @param since the first position the reader may see
   */
  record Wordings(LogId log, long target, long after, long since) {}

  /**
   * @param more whether there are others that did not fit: those after the last one
   */
  record Picked(List<LogApi.Encoded> entries, boolean more) {}
}
