package io.parley.faults;

import io.parley.accounts.UserId;
import io.parley.log.Entry;
import io.parley.log.LogApi;
import io.parley.log.LogId;
import io.parley.log.LogStore;
import io.vertx.core.Future;
import java.util.List;

/**
 * Another store behind a thin wall: all goes through, and whoever extends it may stand in the way.
 */
class PassingStore implements LogStore {
  private final LogStore real;

  PassingStore(LogStore real) {
    this.real = real;
  }

  static Future<Void> unknown(String why) {
    return Future.failedFuture(new Fault(Fault.Outcome.UNKNOWN, new IllegalStateException(why)));
  }

  @Override
  public Future<Identity> identity() {
    return real.identity();
  }

  @Override
  public Future<List<Top>> tops(List<LogId> logs) {
    return real.tops(logs);
  }

  @Override
  public Future<List<Entry>> find(List<Cid> cids) {
    return real.find(cids);
  }

  @Override
  public Future<Void> append(List<Entry> batch) {
    return real.append(batch);
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
