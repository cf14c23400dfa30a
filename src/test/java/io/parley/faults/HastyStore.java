package io.parley.faults;

import io.parley.fixtures.PassingStore;
import io.parley.log.Entry;
import io.parley.log.LogStore;
import io.parley.log.Revised;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A store that says yes at once and writes a second later, in order. */
final class HastyStore extends PassingStore {
  private static final int LATER_MS = 1_000;

  HastyStore(LogStore real) {
    super(real);
  }

  @Override
  public Future<Void> append(List<Entry> batch, List<Revised> revised) {
    Vertx vertx = Objects.requireNonNull(Vertx.currentContext(), "on an event loop").owner();
    vertx
        .timer(LATER_MS, TimeUnit.MILLISECONDS)
        .compose(due -> super.append(batch, revised))
        .onFailure(cause -> Failpoints.tell("never written: " + cause.getMessage()));
    return Future.succeededFuture();
  }
}
