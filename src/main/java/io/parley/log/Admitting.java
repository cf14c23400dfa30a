package io.parley.log;

import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import java.util.Optional;

/** What a standing allows, and what is said to those whom it does not allow it. */
final class Admitting {
  private Admitting() {}

  /**
   * Whether the author's standing decides. Entries with authority were decided on where the change
   * was made, and only the server writes as itself or into somebody's own log.
   */
  static boolean untrusted(LogId log, Draft draft) {
    return log.scope() == LogId.Scope.ROOM
        && draft.change().isEmpty()
        && !draft.author().equals(UserId.SYSTEM);
  }

  /** Why somebody may not read; nothing if they may. */
  static Optional<Failure> reading(Standing standing) {
    return switch (standing.access()) {
      case HIDDEN -> Optional.of(Failure.of(Reason.NOT_FOUND, "there is no such room"));
      case STRANGER -> Optional.of(Failure.of(Reason.NOT_MEMBER, "join this room first"));
      case BANNED -> Optional.of(standing.expelled());
      case CLOSED, READ, POST -> Optional.empty();
    };
  }

  /** Why somebody may not post; nothing if they may. */
  static Optional<Failure> posting(Standing standing, Rules rules, long now) {
    Optional<Failure> refused = reading(standing).or(rules::refusal);
    if (refused.isPresent()) {
      return refused;
    }
    if (standing.access() == Standing.Access.CLOSED) {
      return Optional.of(
          Failure.of(Reason.FORBIDDEN, "nothing can be sent in this conversation any more"));
    }
    if (standing.access() == Standing.Access.READ) {
      return Optional.of(Failure.of(Reason.READ_ONLY, "you may only read in this room"));
    }
    return standing.muted(now);
  }

  /**
   * Why somebody may not write this; where anybody writes, what is one's own may be deleted by
   * whoever may read.
   */
  static Optional<Failure> writing(Draft draft, Standing standing, Rules rules, long now) {
    boolean deletes = Mutation.of(draft).filter(Mutation.DELETE::equals).isPresent();
    return deletes ? reading(standing).or(rules::refusal) : posting(standing, rules, now);
  }

  /** Whether rules rest on a change that the log does not hold yet; the same goes for these. */
  static boolean ahead(Rules rules, long version) {
    return rules.version() > version;
  }

  /**
   * Whether a standing rests on a change that the log does not hold yet, or whose place is not
   * known. Nobody is let in on such grounds, since their entries would stand before their entrance;
   * to be turned away they suffice.
   */
  static boolean ahead(Standing standing, long version) {
    return standing.reads() && (standing.version() > version || !standing.placed());
  }

  static Failure notYet() {
    return Failure.of(Reason.UNAVAILABLE, "an earlier change of this room is on its way");
  }
}
