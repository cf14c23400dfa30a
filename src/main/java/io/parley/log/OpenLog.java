package io.parley.log;

import static io.parley.log.Draft.Change.EVERYBODY;

import io.parley.accounts.UserId;
import io.parley.log.LogStore.Top;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What an owner knows of one log: its newest entry, what people may do with it, and who waits.
 *
 * <p>All of it but the waiting is a memory of the store, taken head first and standings second, and
 * thrown away together at the first doubt.
 */
final class OpenLog {
  private static final int STANDINGS = 2_000;

  private static final long BEHIND_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final LogId id;
  private final Deque<Pending> waiting = new ArrayDeque<>();
  private final List<Seeker> seekers = new ArrayList<>();
  private final Map<UserId, Standing> standings = new Remembered<>(STANDINGS);
  private final Map<UserId, Bucket> buckets = new Remembered<>(STANDINGS);
  private final Set<UserId> doubted = new HashSet<>();
  private final Targets targets = new Targets();
  private final SlowMode slowMode = new SlowMode(STANDINGS);
  private Optional<Bucket> ceiling = Optional.empty();
  private Optional<Top> top = Optional.empty();
  private Optional<Long> behindAt = Optional.empty();
  private int generation;
  private long readAt;
  private boolean loading;
  private boolean lined;
  private boolean writing;

  OpenLog(LogId id) {
    this.id = id;
  }

  LogId id() {
    return id;
  }

  /** Appends that wait for their place, oldest first. */
  Deque<Pending> waiting() {
    return waiting;
  }

  /** Those who want to know somebody's standing. */
  List<Seeker> seekers() {
    return seekers;
  }

  /** The newest durable entry, once loaded. */
  Optional<Top> top() {
    return top;
  }

  /**
   * The standing of a user as of the newest durable entry, if it is at hand; and then the rules for
   * all are as well.
   */
  Optional<Standing> standing(UserId user) {
    return doubted.contains(user) || !slowMode.known()
        ? Optional.empty()
        : Optional.ofNullable(standings.get(user));
  }

  /** What holds for everybody, and who has to wait for how long. */
  SlowMode slowMode() {
    return slowMode;
  }

  Bucket bucket(UserId user, int rate, int burst, long now) {
    return buckets.computeIfAbsent(user, any -> new Bucket(rate, burst, now));
  }

  /** The bucket that all share: as much at once as in a second. */
  Bucket ceiling(int rate, long now) {
    if (ceiling.isEmpty()) {
      ceiling = Optional.of(new Bucket(rate, rate, now));
    }
    return ceiling.get();
  }

  /** Whether the next one in the line can be decided on with what is at hand. */
  boolean workable() {
    return top.isPresent() && !waiting.isEmpty() && !lacks(waiting.getFirst().draft());
  }

  /**
   * Whether a draft that comes last is taken care of already: the log is in the line or being
   * written, and nothing has to be read for this one.
   */
  boolean served(Draft draft) {
    return (lined || writing) && top.isPresent() && !lacks(draft);
  }

  /**
   * Whether a draft must wait for what is to be known of its author, or for the message it names.
   */
  boolean lacks(Draft draft) {
    return targets.lacking(draft) || (Admitting.untrusted(id, draft) && lacksAuthor(draft));
  }

  /** Whether somebody's standing is not at hand, or when they wrote last and that matters. */
  boolean lacksAuthor(Draft draft) {
    return standing(draft.author()).map(known -> slowMode.lacks(draft, known)).orElse(true);
  }

  /** The messages that are being changed or answered, as of the newest durable entry. */
  Targets targets() {
    return targets;
  }

  /**
   * @param now when it was read, by the clock that never jumps
   */
  void loaded(Top newest, long now) {
    top = Optional.of(newest);
    readAt = now;
    if (newest.seq() == 0) {
      slowMode.learn(Rules.NONE);
    }
  }

  /** When the newest entry was last read from the store, if it is known. */
  long readAt() {
    return readAt;
  }

  /** Takes note of a standing, unless a newer one is known. */
  void learn(UserId user, Standing standing) {
    doubted.remove(user);
    Standing known = standings.get(user);
    if (known == null || newer(standing, known)) {
      standings.put(user, standing);
    }
  }

  /** What was read before an entry had its place does not take that place back. */
  private static boolean newer(Standing standing, Standing known) {
    return known.version() < standing.version()
        || (known.version() == standing.version() && (standing.placed() || !known.placed()));
  }

  private void learn(Draft.Change changed, long seq) {
    Optional<Standing> before = Optional.ofNullable(standings.get(changed.user()));
    learn(changed.user(), changed.standing().entering(before, seq));
  }

  void forget(UserId user) {
    doubted.remove(user);
    standings.remove(user);
  }

  /** What is remembered of a user counts again when it was compared with what is true now. */
  void doubt(UserId user) {
    doubted.add(user);
  }

  /** The same for everybody. */
  void doubt() {
    doubted.addAll(standings.keySet());
  }

  /** Throws away everything that was read from a store; answers on their way no longer count. */
  void forget() {
    top = Optional.empty();
    standings.clear();
    doubted.clear();
    targets.forget();
    slowMode.forget();
    loading = false;
    generation++;
  }

  /**
   * Somebody knows of a change that is not known here: it is on its way, or another owner has
   * written it. Everything is read anew, though not each time somebody asks again.
   *
   * @return whether it is now
   */
  boolean behind(long nanos) {
    if (behindAt.map(last -> nanos - last < BEHIND_AGAIN_NANOS).orElse(false)) {
      return false;
    }
    behindAt = Optional.of(nanos);
    forget();
    return true;
  }

  /**
   * An entry of this log has become durable. When everything was thrown away meanwhile it stays so:
   * the entry alone does not tell the version, and somebody else may have written after it. The
   * last entry of a log leaves nothing that could be remembered of anybody.
   */
  void committed(Batch.Line line) {
    if (top.isEmpty()) {
      return;
    }
    Entry entry = line.entry();
    long version = Math.max(entry.version().orElse(0L), top.get().version());
    top = Optional.of(new Top(id, entry.seq(), entry.n(), entry.at(), entry.id(), version));
    Draft draft = line.pending().draft();
    if (draft.change().filter(change -> change.user().equals(EVERYBODY)).isPresent()) {
      forget();
      return;
    }
    draft.change().ifPresent(changed -> learn(changed, entry.seq()));
    draft.change().flatMap(Draft.Change::rules).ifPresent(slowMode::learn);
    slowMode.committed(draft, entry.at());
    line.state().ifPresent(state -> targets.revised(entry.target().orElseThrow(), state));
  }

  /** Which memory this is; an answer to a question asked in an older one means nothing. */
  int generation() {
    return generation;
  }

  boolean loading() {
    return loading;
  }

  void loading(boolean now) {
    loading = now;
  }

  /** Whether it stands in the line of logs that want to be written. */
  boolean lined() {
    return lined;
  }

  void lined(boolean now) {
    lined = now;
  }

  /** Whether entries of it are being written. */
  boolean writing() {
    return writing;
  }

  void writing(boolean now) {
    writing = now;
  }

  /** Whether nothing would be lost with it. */
  boolean idle() {
    return waiting.isEmpty() && seekers.isEmpty() && !loading && !lined && !writing;
  }

  /** Begins to give places after the newest durable entry. */
  Numbering numbering() {
    return new Numbering(this, top.orElseThrow());
  }
}
