package io.parley.log;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/**
 * How an owner waits for others: not for ever, and always back on its own thread, wherever they
 * answer from. What throws is what fails.
 */
final class Patience {
  private final Vertx vertx;
  private final Context context;
  private final Thread home;
  private final long millis;

  /** To be made on the context, and used there. */
  Patience(Vertx vertx, long millis) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.home = Thread.currentThread();
    this.millis = millis;
  }

  /** The answer, or TIMEOUT: then an answer that comes still is not heard. */
  <T> Future<T> await(Supplier<Future<T>> question) {
    Promise<T> answer = Promise.promise();
    long timer = vertx.setTimer(millis, due -> answer.tryFail(late()));
    ask(question)
        .onComplete(
            outcome -> {
              if (Thread.currentThread() == home) {
                settle(answer, timer, outcome);
              } else {
                context.runOnContext(turn -> settle(answer, timer, outcome));
              }
            });
    return answer.future();
  }

  private static <T> Future<T> ask(Supplier<Future<T>> question) {
    try {
      return question.get();
    } catch (RuntimeException thrown) {
      return Future.failedFuture(thrown);
    }
  }

  private <T> void settle(Promise<T> answer, long timer, AsyncResult<T> outcome) {
    vertx.cancelTimer(timer);
    if (outcome.succeeded()) {
      answer.tryComplete(outcome.result());
    } else {
      answer.tryFail(outcome.cause());
    }
  }

  private static Failure late() {
    return Failure.of(Reason.TIMEOUT, "no answer in time; the outcome is unknown");
  }
}
