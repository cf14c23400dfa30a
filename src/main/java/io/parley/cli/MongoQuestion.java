package io.parley.cli;

import io.parley.config.MongoConfig;
import io.parley.failure.Failure;
import io.parley.stores.mongo.MongoLink;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** One question to MongoDB, for a command that waits for the answer. */
final class MongoQuestion {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private MongoQuestion() {}

  /** The answer. A CommandFailure says why there is none. */
  static <T> T ask(MongoConfig config, Function<MongoLink, Future<T>> question) {
    Vertx vertx = Vertx.vertx();
    try {
      MongoLink link = MongoLink.open(vertx, config);
      return answer(question.apply(link).eventually(link::close), config);
    } finally {
      vertx.close();
    }
  }

  private static <T> T answer(Future<T> asked, MongoConfig config) {
    try {
      return asked
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new CommandFailure(
          cause instanceof Failure failure ? failure.detail() : cause.toString());
    } catch (TimeoutException e) {
      throw new CommandFailure(where(config) + " does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted while " + where(config) + " was asked");
    }
  }

  /** What to call it. */
  static String where(MongoConfig config) {
    return "MongoDB at " + config.host() + (config.host().contains(":") ? "" : ":" + config.port());
  }
}
