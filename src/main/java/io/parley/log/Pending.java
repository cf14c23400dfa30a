package io.parley.log;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.LogApi.Appended;
import io.parley.log.LogStore.Cid;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** An append whose outcome is not known yet, with everybody who waits for it. */
final class Pending {

  private static final int ENVELOPE = 256;

  /** How the entry must be written, since it was in a batch that was refused. */
  enum Company {
    ANY,
    ITS_LOG,
    ALONE
  }

  /**
   * How long somebody waits, in times of the clock that never jumps.
   *
   * @param deadline until when they want to know
   * @param attempt until when they wait for the answer to this very question
   */
  record Until(long deadline, long attempt) {

    boolean over(long now) {
      return deadline - now <= 0 || attempt - now <= 0;
    }
  }

  private record Asker(Promise<Appended> promise, Until patience, boolean first) {}

  private final Cid key;
  private final Draft draft;
  private final UUID id;
  private final UUID digest;
  private final int bytes;
  private final List<Asker> askers = new ArrayList<>(1);
  private Company company = Company.ANY;
  private boolean charged;
  private boolean reconsidered;
  private boolean uncertain;
  private boolean asked;

  Pending(Cid key, Draft draft, UUID id, UUID digest) {
    this.key = key;
    this.draft = draft;
    this.id = id;
    this.digest = digest;
    this.bytes = ENVELOPE + EntryJson.bodySize(draft);
  }

  /** One more who wants to know; all but the first are told that they repeat. */
  Future<Appended> ask(Until patience) {
    Promise<Appended> promise = Promise.promise();
    askers.add(new Asker(promise, patience, !asked));
    asked = true;
    return promise.future();
  }

  /** Tells those who can wait no longer that nobody knows yet. */
  void expire(long now) {
    askers.removeIf(asker -> asker.patience.deadline - now <= 0 && timedOut(asker));
  }

  /**
   * Lets those go who had given up asking here before the log was read last: whoever wrote it
   * meanwhile may have refused them for good.
   */
  void outdate(long readAt) {
    askers.removeIf(asker -> asker.patience.attempt - readAt <= 0 && timedOut(asker));
  }

  private static boolean timedOut(Asker asker) {
    asker.promise.fail(timeout());
    return true;
  }

  static Failure timeout() {
    return Failure.of(Reason.TIMEOUT, "not settled in time; ask again with the same cid");
  }

  /** Whether nobody waits any more, so that it must not be numbered. */
  boolean abandoned() {
    return askers.isEmpty();
  }

  void succeed(Appended appended) {
    for (Asker asker : askers) {
      asker.promise.complete(asker.first ? appended : repeated(appended));
    }
    askers.clear();
  }

  private static Appended repeated(Appended of) {
    return new Appended(of.seq(), of.n(), of.at(), of.cursor(), of.id(), true);
  }

  void fail(Failure failure) {
    askers.forEach(asker -> asker.promise.fail(failure));
    askers.clear();
  }

  Cid key() {
    return key;
  }

  Draft draft() {
    return draft;
  }

  UUID id() {
    return id;
  }

  UUID digest() {
    return digest;
  }

  int bytes() {
    return bytes;
  }

  Company company() {
    return company;
  }

  void separate(Company to) {
    company = to;
  }

  /** Whether a token was taken for it. */
  boolean charged() {
    return charged;
  }

  void charge(boolean taken) {
    charged = taken;
  }

  /** Whether its author's standing was read anew before it is refused. */
  boolean reconsidered() {
    return reconsidered;
  }

  void reconsider() {
    reconsidered = true;
  }

  /** Whether it was part of a write that may yet turn out to be stored. */
  boolean uncertain() {
    return uncertain;
  }

  void doubt() {
    uncertain = true;
  }
}
