package io.parley.log;

import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import java.util.List;
import java.util.Optional;

/** Decides at the moment of numbering whether an append gets a place. */
final class Verdicts {
  private final Toll toll;
  private final Ticks ticks;

  Verdicts(Toll toll, Ticks ticks) {
    this.toll = toll;
    this.ticks = ticks;
  }

  /**
   * Whether another owner has written since this log was read, as the message shows that is to be
   * changed or answered: then the log is read anew, and the entry keeps its turn.
   */
  boolean behind(OpenLog log, Numbering numbering, Pending next) {
    if (!overtaken(numbering, next.draft()) || !log.behind(ticks.nanos())) {
      return false;
    }
    log.waiting().addFirst(next);
    return true;
  }

  /** Whether what a draft names shows that the log goes further than is known here. */
  private static boolean overtaken(Numbering numbering, Draft draft) {
    return Targets.of(draft).stream()
        .flatMap(seq -> numbering.target(seq).stream())
        .anyMatch(target -> target.latest() > numbering.seq());
  }

  /**
   * What the order of changes, the author's standing or the message to be changed has against it.
   */
  Optional<Failure> barred(OpenLog log, Numbering numbering, Pending next) {
    return unadmitted(log, numbering, next).or(() -> unfit(numbering, next));
  }

  private Optional<Failure> unadmitted(OpenLog log, Numbering numbering, Pending next) {
    if (next.draft().change().isPresent()) {
      return outOfOrder(log, numbering, next);
    }
    return Admitting.untrusted(log.id(), next.draft())
        ? standsAgainst(log, numbering, next)
        : Optional.empty();
  }

  /**
   * Nobody is turned away on what is remembered, since another owner may have written since: the
   * author's standing and the message are read once more, and the entry keeps its turn until then.
   */
  boolean reconsider(OpenLog log, Numbering numbering, Pending next) {
    Draft draft = next.draft();
    if (next.reconsidered() || !Admitting.untrusted(log.id(), draft)) {
      return false;
    }
    boolean author = !numbering.changed(draft.author());
    List<Long> targets = Targets.of(draft).stream().filter(seq -> !numbering.revised(seq)).toList();
    if (!author && targets.isEmpty()) {
      return false;
    }
    next.reconsider();
    if (author) {
      log.doubt(draft.author());
    }
    log.targets().reread(draft, targets);
    log.waiting().addFirst(next);
    return true;
  }

  /** Changes are taken in the order of their versions; those applied already are repetitions. */
  private Optional<Failure> outOfOrder(OpenLog log, Numbering numbering, Pending next) {
    long version = next.draft().change().map(Draft.Change::version).orElse(0L);
    if (version <= numbering.version()) {
      return Optional.of(
          Failure.of(Reason.CONFLICT, "another change of version " + version + " stands already"));
    }
    if (version == numbering.version() + 1) {
      return Optional.empty();
    }
    log.behind(ticks.nanos());
    return Optional.of(Admitting.notYet());
  }

  private Optional<Failure> standsAgainst(OpenLog log, Numbering numbering, Pending next) {
    UserId author = next.draft().author();
    Standing standing = numbering.standing(author).orElse(Standing.NONE);
    Rules rules = log.slowMode().rules();
    Optional<Failure> refused = Admitting.writing(next.draft(), standing, rules, ticks.millis());
    boolean ahead =
        Admitting.ahead(standing, numbering.version())
            || Admitting.ahead(rules, numbering.version());
    if (refused.isEmpty() && ahead) {
      log.forget(author);
      log.behind(ticks.nanos());
      return Optional.of(Admitting.notYet());
    }
    return refused;
  }

  /** What the message to be changed or answered has against it, or that there is nothing to say. */
  private Optional<Failure> unfit(Numbering numbering, Pending next) {
    Draft draft = next.draft();
    if (overtaken(numbering, draft)) {
      return Optional.of(Admitting.notYet());
    }
    Standing standing = numbering.standing(draft.author()).orElse(Standing.NONE);
    Optional<Mutation> mutation = Mutation.of(draft);
    Optional<Target> target = draft.target().flatMap(numbering::target);
    if (mutation.equals(Optional.of(Mutation.REPLY))) {
      return Amending.replying(standing, target).or(() -> answering(numbering, draft, standing));
    }
    if (mutation.isPresent()) {
      return target.isEmpty()
          ? Optional.of(Amending.missing())
          : Amending.against(draft, mutation.get(), standing, target.get())
              .or(() -> crowded(numbering, mutation.get()));
    }
    if (draft.source().filter(Draft.Source::lost).isPresent()) {
      return Optional.of(Amending.missing());
    }
    return answering(numbering, draft, standing);
  }

  private static Optional<Failure> answering(Numbering numbering, Draft draft, Standing standing) {
    return draft.replyTo().flatMap(seq -> Amending.answering(standing, numbering.target(seq)));
  }

  private static Optional<Failure> crowded(Numbering numbering, Mutation mutation) {
    return mutation == Mutation.PIN ? Amending.pinningBeside(numbering.pinned()) : Optional.empty();
  }

  /** Whether its author has to wait, or everybody has written too much lately; charges if not. */
  Optional<Failure> tooFast(OpenLog log, Numbering numbering, Pending next) {
    return tooSoon(log, numbering, next.draft()).or(() -> toll.charge(log, next, ticks.nanos()));
  }

  private Optional<Failure> tooSoon(OpenLog log, Numbering numbering, Draft draft) {
    if (!log.slowMode().rules().slow() || !Admitting.untrusted(log.id(), draft)) {
      return Optional.empty();
    }
    Standing standing = numbering.standing(draft.author()).orElse(Standing.NONE);
    return log.slowMode().tooSoon(draft, standing, numbering.wrote(), ticks.millis());
  }

  /**
   * The same for what names a message, which costs its token even if it is refused, since to refuse
   * it the message must be read.
   */
  Optional<Failure> hasty(OpenLog log, Pending next) {
    return Targets.of(next.draft()).isEmpty()
        ? Optional.empty()
        : toll.charge(log, next, ticks.nanos());
  }
}
