package io.parley.log;

import io.parley.accounts.UserId;
import io.parley.log.LogStore.Top;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The places that a batch under way gives to entries of one log. */
final class Numbering {
  private final OpenLog log;
  private final Map<UserId, Standing> changed = new HashMap<>();
  private final Map<Long, Target> revised = new HashMap<>();
  private final Map<UserId, Long> wrote = new HashMap<>();
  private boolean ruled;
  private Top last;

  Numbering(OpenLog log, Top last) {
    this.log = log;
    this.last = last;
  }

  /** The last place given so far, this batch included. */
  long seq() {
    return last.seq();
  }

  /** The version reached so far, this batch included. */
  long version() {
    return last.version();
  }

  /** The standing of a user before the next place, this batch included. */
  Optional<Standing> standing(UserId user) {
    Standing here = changed.get(user);
    Optional<Standing> durable = log.standing(user);
    boolean newer =
        here != null && durable.map(known -> known.version() <= here.version()).orElse(true);
    return newer ? Optional.ofNullable(here) : durable;
  }

  /** Whether an entry of this very batch decides on a user's standing. */
  boolean changed(UserId user) {
    return changed.containsKey(user);
  }

  /**
   * Whether an entry of this very batch makes other rules. What comes after it waits for the next
   * batch: by then all is at hand that these rules ask for.
   */
  boolean ruled() {
    return ruled;
  }

  /** When people wrote in this batch, where they have to wait. */
  Map<UserId, Long> wrote() {
    return wrote;
  }

  /** A message before the next place, this batch included. */
  Optional<Target> target(long seq) {
    return Optional.ofNullable(revised.get(seq)).or(() -> log.targets().find(seq));
  }

  /** How many messages are pinned before the next place, this batch included. */
  int pinned() {
    return log.targets().pinnedAfter(revised);
  }

  /** Whether an entry of this very batch changes a message. */
  boolean revised(long seq) {
    return revised.containsKey(seq);
  }

  /** Gives a pending entry the next place. */
  Batch.Line number(Pending pending, long now) {
    Draft draft = pending.draft();
    Entry entry =
        new Entry(
            log.id(),
            last.seq() + 1,
            last.n() + (draft.countable() ? 1 : 0),
            Math.max(now, last.at()),
            pending.id(),
            draft.kind(),
            draft.author(),
            draft.name(),
            draft.cid(),
            draft.target(),
            draft.countable(),
            draft.change().map(Draft.Change::version),
            draft.change().filter(c -> !c.standing().reads()).map(Draft.Change::user),
            draft.body(),
            pending.digest());
    draft.change().ifPresent(change -> changed.put(change.user(), standing(change, entry)));
    ruled |= draft.change().flatMap(Draft.Change::rules).isPresent();
    SlowMode.note(wrote, log.slowMode().rules(), draft, entry.at());
    long version = Math.max(last.version(), entry.version().orElse(0L));
    last = new Top(log.id(), entry.seq(), entry.n(), entry.at(), entry.id(), version);
    return new Batch.Line(log, pending, entry, revise(entry));
  }

  private Standing standing(Draft.Change change, Entry entry) {
    return change.standing().entering(standing(change.user()), entry.seq());
  }

  private Optional<MessageState> revise(Entry entry) {
    if (Mutation.of(entry).isEmpty()) {
      return Optional.empty();
    }
    Target before = target(entry.target().orElseThrow()).orElseThrow();
    Target after = before.with(before.state().after(entry));
    revised.put(after.seq(), after);
    return Optional.of(after.state());
  }
}
