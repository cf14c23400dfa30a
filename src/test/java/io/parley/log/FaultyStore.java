package io.parley.log;

import io.parley.accounts.UserId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A real store with a will of its own: each script decides how one append or one search goes; where
 * there is none, it goes as it would.
 */
final class FaultyStore implements LogStore {
  private final LogStore real;
  private final Queue<Appending> appends = new ConcurrentLinkedQueue<>();
  private final Queue<List<Entry>> seen = new ConcurrentLinkedQueue<>();
  private volatile Appending always = LogStore::append;
  private volatile Future<Void> tops = Future.succeededFuture();
  private volatile Future<Void> finds = Future.succeededFuture();

  /** How one append goes. */
  interface Appending {
    Future<Void> append(LogStore real, List<Entry> batch);
  }

  FaultyStore(LogStore real) {
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
    return Future.failedFuture(
        new Fault(Fault.Outcome.UNKNOWN, new IllegalStateException("a forced fault")));
  }

  static Future<Void> conflict() {
    return Future.failedFuture(
        new Fault(Fault.Outcome.CONFLICT, new IllegalStateException("a forced conflict")));
  }

  /** Written, and nobody is told. */
  static Future<Void> replyLost(LogStore real, List<Entry> batch) {
    return real.append(batch).transform(written -> unknown());
  }

  /** Never written, and nobody is told. */
  static Future<Void> requestLost(LogStore real, List<Entry> batch) {
    return unknown();
  }

  @Override
  public Future<Void> append(List<Entry> batch) {
    seen.add(batch);
    Appending script = appends.poll();
    return (script == null ? always : script).append(real, batch);
  }

  @Override
  public Future<List<Entry>> find(List<Cid> cids) {
    return finds.compose(open -> real.find(cids));
  }

  @Override
  public Future<Identity> identity() {
    return real.identity();
  }

  @Override
  public Future<List<Top>> tops(List<LogId> logs) {
    return tops.compose(open -> real.tops(logs));
  }

  @Override
  public Future<List<Entry>> read(LogId log, long after, long through, int limit, long bytes) {
    return real.read(log, after, through, limit, bytes);
  }

  @Override
  public Future<List<Entry>> visible(
      LogId log, long from, long through, boolean newest, int limit, long bytes) {
    return real.visible(log, from, through, newest, limit, bytes);
  }

  @Override
  public Future<List<Long>> own(UserId author, List<LogApi.Place> places) {
    return real.own(author, places);
  }

  @Override
  public Future<List<Entry>> lasts(List<LogApi.Place> places, long bytes) {
    return real.lasts(places, bytes);
  }
}
