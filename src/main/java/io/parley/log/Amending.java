package io.parley.log;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import java.util.Optional;

/** Who may change a message in which way. Pure. */
final class Amending {
  /** How many different emoji a message may have. */
  static final int MAX_EMOJI = 20;

  /** How many reactions, all emoji together. */
  static final int MAX_REACTIONS = 1_000;

  /** How many edits a message may have, since a deletion has to clear them all in one write. */
  static final int MAX_EDITS = 500;

  /** How many messages of a log may be pinned at once. */
  static final int MAX_PINNED = 100;

  private Amending() {}

  /**
   * What speaks against a change of a message; nothing if it may be made.
   *
   * @param standing of the author of the change, who may post, or for a deletion read
   */
  static Optional<Failure> against(
      Draft draft, Mutation mutation, Standing standing, Target target) {
    if (!target.message() || target.seq() < standing.since()) {
      return Optional.of(missing());
    }
    if (target.state().deleted()) {
      return Optional.of(Failure.of(Reason.GONE, "this message was deleted"));
    }
    boolean own = draft.author().equals(target.author());
    return switch (mutation) {
      case EDIT -> own ? editing(target.state()) : forbidden("only its author may edit a message");
      case DELETE ->
          own || standing.moderates()
              ? Optional.empty()
              : forbidden("only its author and moderators may delete a message");
      case REACT -> reacting(draft, target.state());
      case UNREACT ->
          target.state().has(MessageState.emoji(draft.body()), draft.author())
              ? Optional.empty()
              : Optional.of(Failure.of(Reason.NOT_FOUND, "you have not reacted like this"));
      case REPLY -> replying(standing, Optional.of(target));
      case PIN, UNPIN ->
          standing.mayPin()
              ? pinning(mutation == Mutation.PIN, target.state().pinned().isPresent())
              : forbidden("nobody below moderators pins messages in this room");
    };
  }

  private static Optional<Failure> pinning(boolean wanted, boolean pinned) {
    if (wanted != pinned) {
      return Optional.empty();
    }
    return Optional.of(
        wanted
            ? Failure.of(Reason.ALREADY_EXISTS, "this message is pinned already")
            : Failure.of(Reason.NOT_FOUND, "this message is not pinned"));
  }

  /** What speaks against one more pinned message where there are so many. */
  static Optional<Failure> pinningBeside(int others) {
    return others < MAX_PINNED
        ? Optional.empty()
        : Optional.of(
            Failure.of(
                    Reason.CONFLICT, "at most " + MAX_PINNED + " messages of a room may be pinned")
                .with("limit", MAX_PINNED));
  }

  /** What speaks against answering a message; deleted ones may be answered, for want of knowing. */
  static Optional<Failure> answering(Standing standing, Optional<Target> target) {
    return target.filter(found -> found.message() && found.seq() >= standing.since()).isPresent()
        ? Optional.empty()
        : Optional.of(Failure.invalid("replyTo", "must be the seq of a message of this room"));
  }

  /** What speaks against a reply in the thread of a message; threads have no threads. */
  static Optional<Failure> replying(Standing standing, Optional<Target> root) {
    boolean fits =
        root.filter(found -> found.message() && !found.inThread())
            .filter(found -> found.seq() >= standing.since())
            .isPresent();
    if (!fits) {
      return Optional.of(
          Failure.invalid(
              "thread", "must be the seq of a message of this room that is in no thread itself"));
    }
    return root.filter(found -> found.state().deleted())
        .map(gone -> Failure.of(Reason.GONE, "the first message of this thread was deleted"))
        .map(gone -> gone.with("field", "thread"));
  }

  static Failure missing() {
    return Failure.of(Reason.NOT_FOUND, "there is no such message");
  }

  private static Optional<Failure> forbidden(String why) {
    return Optional.of(Failure.of(Reason.FORBIDDEN, why));
  }

  private static Optional<Failure> editing(MessageState state) {
    return state.edits() >= MAX_EDITS
        ? tooMany("a message may be edited at most " + MAX_EDITS + " times", MAX_EDITS)
        : Optional.empty();
  }

  private static Optional<Failure> reacting(Draft draft, MessageState state) {
    String emoji = MessageState.emoji(draft.body());
    if (state.has(emoji, draft.author())) {
      return Optional.of(Failure.of(Reason.ALREADY_EXISTS, "you have reacted like this already"));
    }
    boolean known = state.reactions().stream().anyMatch(each -> each.emoji().equals(emoji));
    if (!known && state.reactions().size() >= MAX_EMOJI) {
      return tooMany("a message may have at most " + MAX_EMOJI + " different emoji", MAX_EMOJI);
    }
    int given = state.reactions().stream().mapToInt(each -> each.users().size()).sum();
    return given >= MAX_REACTIONS
        ? tooMany("a message may have at most " + MAX_REACTIONS + " reactions", MAX_REACTIONS)
        : Optional.empty();
  }

  private static Optional<Failure> tooMany(String rule, int limit) {
    return Optional.of(Failure.of(Reason.TOO_LARGE, rule).with("limit", limit));
  }
}
