package io.parley.presence;

import io.parley.accounts.UserId;
import io.parley.presence.PresenceApi.Choose;
import io.parley.presence.PresenceApi.Own;
import io.parley.presence.PresenceApi.Sight;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What people choose, and who may see whom. Each method is one statement; all fail UNAVAILABLE when
 * the store cannot be reached. Accounts that are being deleted are none.
 */
public interface ChoiceStore {

  /**
   * Changes what is given, and reads the whole; empty if there is no such account. Who becomes
   * invisible was last here at the given time, unless they were seen after it; from there on nobody
   * remembers that they are here.
   */
  Future<Optional<Own>> choose(Choose change, Instant lastHere);

  /** What somebody has chosen, also of what is over; empty if nothing. */
  Future<Optional<Own>> own(UserId user);

  /** What is for whom, in any order; who cannot be looked up is left out. */
  Future<List<View>> views(List<Sight> sights);

  /** What anybody at all may know of some people, in any order. */
  Future<List<View>> openly(List<UserId> people);

  /**
   * What a viewer may know of a person.
   *
   * @param open whether they may know when the person was last here: its owner's policy names them,
   *     theirs names its owner, and there is no block between them
   * @param status absent when there is none, or a block between them
   */
  record View(
      UserId viewer,
      UserId person,
      boolean open,
      Choice choice,
      Optional<Status> status,
      Optional<Instant> lastSeen) {}
}
