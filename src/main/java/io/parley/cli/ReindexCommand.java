package io.parley.cli;

import io.parley.config.Config;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.LogStore;
import io.parley.log.StoredLogs;
import io.parley.search.Rebuilding;
import io.parley.search.SearchStore.Progress;
import io.parley.stores.mongo.MongoLink;
import io.parley.stores.postgres.PostgresTools;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code parley reindex}: what search knows, from the logs. */
@Command(
    name = "reindex",
    mixinStandardHelpOptions = true,
    description = {
      "Makes the index that messages are found by anew, from the logs.",
      "",
      "It works on the stores, whether nodes run or not, and nobody is kept from searching. When it"
          + " is interrupted, it goes on there the next time."
    })
final class ReindexCommand implements Callable<Integer> {
  private static final int TRIES = 10;
  private static final int PAUSE_SECONDS = 3;

  private final Map<String, String> environment;
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options = new ConfigOptions();

  ReindexCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    return new ServerStores(options, environment).at(false, this::tell, this::rebuild);
  }

  private int rebuild(Config config) {
    Vertx vertx = Vertx.vertx();
    try {
      PostgresTools stores = new PostgresTools(vertx, config.postgres(), Clock.systemUTC());
      await(
          logs(vertx, config, stores)
              .map(StoredLogs::new)
              .compose(logs -> run(vertx, new Rebuilding(stores.search(), logs), TRIES)));
      tell("The index is new.");
      return 0;
    } finally {
      await(vertx.close());
    }
  }

  /** A store that is away for a moment is no reason to begin by hand again. */
  private Future<Void> run(Vertx vertx, Rebuilding work, int tries) {
    return work.run(this::tell)
        .recover(
            cause ->
                tries > 1 && Failure.from(cause).reason() == Reason.UNAVAILABLE
                    ? vertx
                        .timer(PAUSE_SECONDS, TimeUnit.SECONDS)
                        .compose(due -> run(vertx, work, tries - 1))
                    : Future.failedFuture(cause));
  }

  private static Future<LogStore> logs(Vertx vertx, Config config, PostgresTools stores) {
    return config.log().inMongo()
        ? MongoLink.open(vertx, config.mongo()).store(new SecureRandom())
        : Future.succeededFuture(stores.logs());
  }

  private void tell(Progress progress) {
    if (progress.done() < progress.all()) {
      tell(progress.done() + " of " + progress.all() + " rooms are done.");
    }
  }

  private void tell(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  /** However long it takes. */
  private static void await(Future<?> work) {
    try {
      work.toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(Reason.UNAVAILABLE, "interrupted; run it again to go on");
    }
  }
}
