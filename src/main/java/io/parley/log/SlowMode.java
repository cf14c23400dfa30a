package io.parley.log;

import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The rules of a log as its owner knows them, and when people wrote last where they have to wait.
 *
 * <p>All of it is a memory of the store. While nobody has to wait nothing is remembered of who
 * wrote when, and nothing is asked.
 */
final class SlowMode {
  private static final String MESSAGE = "message";

  /** Nobody has a message from before 1970. */
  private static final long NEVER = 0;

  private final Map<UserId, Long> wrote;
  private Optional<Rules> rules = Optional.empty();

  /**
   * @param most of how many people it is remembered when they wrote last
   */
  SlowMode(int most) {
    wrote = new Remembered<>(most);
  }

  /** Whether the rules are known. */
  boolean known() {
    return rules.isPresent();
  }

  Rules rules() {
    return rules.orElse(Rules.NONE);
  }

  /** Takes note of rules, unless newer ones are known. */
  void learn(Rules now) {
    if (rules().version() <= now.version()) {
      rules = Optional.of(now);
    }
    if (!rules().slow()) {
      wrote.clear();
    }
  }

  void forget() {
    rules = Optional.empty();
    wrote.clear();
  }

  /** Whether it must be known when the author wrote last before this can be decided on. */
  boolean lacks(Draft draft, Standing author) {
    return binds(draft, author) && !wrote.containsKey(draft.author());
  }

  private boolean binds(Draft draft, Standing author) {
    return rules().slow() && !author.moderates() && paced(draft);
  }

  private static boolean paced(Draft draft) {
    return draft.kind().equals(MESSAGE);
  }

  /** What the store says of when somebody wrote last; nothing if they never have. */
  void found(UserId author, Optional<Long> at) {
    wrote.merge(author, at.orElse(NEVER), Math::max);
  }

  /** A message of somebody's stands, or is about to. */
  static void note(Map<UserId, Long> wrote, Rules rules, Draft draft, long at) {
    if (rules.slow() && paced(draft)) {
      wrote.merge(draft.author(), at, Math::max);
    }
  }

  /** An entry has become durable. */
  void committed(Draft draft, long at) {
    note(wrote, rules(), draft, at);
  }

  /**
   * Why somebody has to wait with this; nothing if they need not.
   *
   * @param pending when people wrote in the batch under way
   */
  Optional<Failure> tooSoon(Draft draft, Standing author, Map<UserId, Long> pending, long now) {
    if (!binds(draft, author)) {
      return Optional.empty();
    }
    Long last = pending.getOrDefault(draft.author(), wrote.get(draft.author()));
    if (last == null) {
      return Optional.of(Admitting.notYet());
    }
    long pause = TimeUnit.SECONDS.toMillis(rules().slowSeconds());
    long left = Math.min(pause, last + pause - now);
    return left > 0
        ? Optional.of(
            Failure.of(Reason.SLOW_MODE, "this room is in slow mode; send this one again later")
                .with("retryAfterMs", left))
        : Optional.empty();
  }
}
