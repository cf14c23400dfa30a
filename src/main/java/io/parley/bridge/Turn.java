package io.parley.bridge;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.List;

/**
 * One event loop of the bridge: everything of a socket happens on its own.
 *
 * <p>Wires that were written to flush once, at the end of the loop's turn, however much was
 * written.
 */
final class Turn {
  private final Context context;
  private List<Runnable> due = new ArrayList<>();
  private List<Runnable> spare = new ArrayList<>();
  private boolean posted;

  Turn(Context context) {
    this.context = context;
  }

  /** Runs something on this loop, after what it does now. From any thread. */
  void run(Runnable task) {
    context.runOnContext(nothing -> task.run());
  }

  /** Serves what the network has brought, now: this is the loop's thread already. */
  <T> void serve(T event, Handler<T> handler) {
    ((ContextInternal) context).dispatch(event, handler);
  }

  /** The same outcome, told on this loop. */
  <T> Future<T> here(Future<T> elsewhere) {
    Promise<T> promise = Promise.promise();
    elsewhere.onComplete(
        outcome -> {
          if (Vertx.currentContext() == context) {
            promise.handle(outcome);
          } else {
            context.runOnContext(nothing -> promise.handle(outcome));
          }
        });
    return promise.future();
  }

  /** Runs a flush at the end of this turn; a wire asks once until it has been flushed. */
  void flushLater(Runnable flush) {
    due.add(flush);
    if (!posted) {
      posted = true;
      run(this::flushAll);
    }
  }

  private void flushAll() {
    posted = false;
    List<Runnable> now = due;
    due = spare;
    now.forEach(Runnable::run);
    now.clear();
    spare = now;
  }
}
