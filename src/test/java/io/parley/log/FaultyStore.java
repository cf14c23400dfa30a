package io.parley.log;

import io.parley.accounts.UserId;
import io.parley.fixtures.PassingStore;
import io.parley.stores.mongo.MongoLogStore;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real store with a will of its own: each script decides how one append or one search goes; where
 * there is none, it goes as it would.
 */
final class FaultyStore extends PassingStore {
  private final LogStore real;
  private final Queue<Appending> appends = new ConcurrentLinkedQueue<>();
  private final Queue<List<Entry>> seen = new ConcurrentLinkedQueue<>();
  private final AtomicInteger times = new AtomicInteger();
  private volatile Appending always = LogStore::append;
  private volatile Future<Void> tops = Future.succeededFuture();
  private volatile Future<Void> at = Future.succeededFuture();
  private volatile Future<Void> finds = Future.succeededFuture();

  /** How one append goes. */
  interface Appending {
    Future<Void> append(LogStore real, List<Entry> batch);
  }

  FaultyStore(LogStore real) {
    super(real);
    this.real = real;
  }

  LogStore real() {
    return real;
  }

  /** The next append for which there is no script yet goes like this. */
  FaultyStore append(Appending script) {
    appends.add(script);
    return this;
  }

  /** Every append without a script goes like this. */
  void always(Appending script) {
    always = script;
  }

  /** Every reading of single entries waits for this, and fails with it. */
  void at(Future<Void> gate) {
    at = gate;
  }

  /** Every search waits for this, and fails with it. */
  void find(Future<Void> gate) {
    finds = gate;
  }

  /** Every reading of heads waits for this, and fails with it. */
  void tops(Future<Void> gate) {
    tops = gate;
  }

  /** Every batch that was tried, in order. */
  List<List<Entry>> seen() {
    return List.copyOf(seen);
  }

  static Future<Void> unknown() {
    return unknown("a forced fault");
  }

  static Future<Void> conflict() {
    return Future.failedFuture(
        new Fault(Fault.Outcome.CONFLICT, new IllegalStateException("a forced conflict")));
  }

  /** Written, and nobody is told. */
  static Future<Void> replyLost(LogStore real, List<Entry> batch) {
    return real.append(batch).transform(written -> unknown());
  }

  /**
   * The entries are written and nobody is told; what they make of messages is written where both
   * are one.
   */
  static Future<Void> endsHalfway(LogStore real, List<Entry> batch) {
    LogStore entriesOnly = ((Revising) real).withoutStates();
    return entriesOnly.append(batch).transform(written -> unknown());
  }

  /** Never written, and nobody is told. */
  static Future<Void> requestLost(LogStore real, List<Entry> batch) {
    return unknown();
  }

  @Override
  public Future<Void> append(List<Entry> batch, List<Revised> revised) {
    seen.add(batch);
    Appending script = appends.poll();
    return (script == null ? always : script).append(new Revising(real, revised), batch);
  }

  /** The real store, to which each entry comes with what it makes of an earlier message. */
  private static final class Revising extends PassingStore {
    private final LogStore store;
    private final List<Revised> all;

    Revising(LogStore real, List<Revised> all) {
      super(real);
      this.store = real;
      this.all = all;
    }

    @Override
    public Future<Void> append(List<Entry> batch, List<Revised> none) {
      return super.append(batch, all.stream().filter(each -> changed(batch, each)).toList());
    }

    LogStore withoutStates() {
      return store instanceof MongoLogStore ? store : this;
    }

    private static boolean changed(List<Entry> batch, Revised revised) {
      return batch.stream()
          .filter(entry -> entry.log().equals(revised.log()))
          .anyMatch(entry -> entry.seq() == revised.state().rev());
    }
  }

  /** How often it was asked when people wrote last. */
  int times() {
    return times.get();
  }

  @Override
  public Future<Map<UserId, Long>> wrote(LogId log, List<UserId> authors) {
    times.incrementAndGet();
    return super.wrote(log, authors);
  }

  @Override
  public Future<List<Entry>> find(List<Cid> cids) {
    return finds.compose(open -> super.find(cids));
  }

  @Override
  public Future<List<Top>> tops(List<LogId> logs) {
    return tops.compose(open -> super.tops(logs));
  }

  @Override
  public Future<List<Shown>> at(LogId log, List<Long> places) {
    return at.compose(open -> super.at(log, places));
  }

  @Override
  public Future<List<Top>> open(List<LogId> logs) {
    return tops.compose(open -> super.open(logs));
  }
}
