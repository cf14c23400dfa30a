package io.parley.log;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.LogApi.Admitted;
import io.parley.log.LogApi.Alive;
import io.parley.log.LogApi.Appended;
import io.parley.log.LogApi.Done;
import io.parley.log.LogApi.Leased;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;

/**
 * What one log verticle answers as an owner: only for logs that are its own, as far as it knows.
 */
final class Logs {
  private final Ownership ownership;
  private final Ownership.Owner here;
  private final long incarnation;
  private final Owner owner;
  private final Leases leases;
  private final Signals signals;
  private final LogReads reads;
  private final long[] terms = new long[LogId.SHARDS];

  Logs(
      Ownership ownership,
      Ownership.Owner here,
      long incarnation,
      Owner owner,
      Leases leases,
      Signals signals,
      LogReads reads) {
    this.ownership = ownership;
    this.here = here;
    this.incarnation = incarnation;
    this.owner = owner;
    this.leases = leases;
    this.signals = signals;
    this.reads = reads;
  }

  Future<Appended> append(LogApi.Append request) {
    return owned(request.log(), () -> owner.append(request));
  }

  Future<Admitted> admit(LogApi.Admit request) {
    return owned(request.log(), () -> owner.admit(request));
  }

  Future<Done> signal(LogApi.Signal request) {
    return owned(request.log(), () -> signals.signal(request));
  }

  /** The leases stand before the heads are read, so that nothing falls between them. */
  Future<Leased> lease(LogApi.Lease request) {
    for (LogId log : request.logs()) {
      checkOwned(log);
    }
    Leases.Holder holder = leases.take(request);
    long lastNumber = holder.number();
    return reads
        .heads(new LogApi.Heads(request.logs()))
        .map(found -> new Leased(found.heads(), incarnation, lastNumber));
  }

  Future<Done> release(LogApi.Release request) {
    leases.release(request);
    return Future.succeededFuture(new Done());
  }

  Future<Alive> keepAlive(LogApi.KeepAlive request) {
    return Future.succeededFuture(leases.keep(request, incarnation));
  }

  private <T> Future<T> owned(LogId log, Supplier<Future<T>> answer) {
    checkOwned(log);
    return answer.get();
  }

  private void checkOwned(LogId log) {
    Ownership.Owner now = ownership.of(log.shard());
    if (!now.equals(here)) {
      owner.close(log);
      throw Failure.of(Reason.NOT_OWNER, "another place writes this log")
          .with("owner", now.place());
    }
    refresh(log.shard());
  }

  /** What was known before somebody else owned the shard is thrown away. */
  private void refresh(int shard) {
    long term = ownership.term(shard);
    if (terms[shard] != term) {
      terms[shard] = term;
      owner.forget(shard);
    }
  }

  LogReads reads() {
    return reads;
  }

  List<Leases.Holder> holders() {
    return leases.all();
  }
}
