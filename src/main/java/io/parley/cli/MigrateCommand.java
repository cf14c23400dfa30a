package io.parley.cli;

import io.parley.config.Config;
import io.parley.config.MongoConfig;
import io.parley.config.PostgresConfig;
import io.parley.stores.embedded.DataDirectory;
import io.parley.stores.embedded.DataLock;
import io.parley.stores.embedded.EmbeddedStores;
import io.parley.stores.mongo.MongoLink;
import io.parley.stores.postgres.PostgresMigrations;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parley migrate}: the database schema of this version. */
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description =
        "Brings the schema of PostgreSQL, and the indexes of MongoDB when it keeps the logs, to this"
            + " version; serve does so by itself when it starts.")
final class MigrateCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(names = "--check", description = "Change nothing; exit code 1 when steps are missing.")
  private boolean check;

  MigrateCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Config config = options.load(environment).config();
    if (!config.node().embedded()) {
      return migrate(config);
    }
    Lifecycle lifecycle = new Lifecycle();
    lifecycle.closeOnSignal();
    DataDirectory data = DataDirectory.open(config.node().data());
    try {
      EmbeddedStores stores =
          lifecycle.open(
              () -> EmbeddedStores.open(data, DataLock.of(data), config, this::tell),
              EmbeddedStores::close);
      return migrate(stores.in(config));
    } finally {
      lifecycle.close();
    }
  }

  private int migrate(Config config) {
    boolean done = schema(config.postgres());
    if (config.log().inMongo()) {
      done &= indexes(config.mongo());
    }
    return done ? 0 : Parley.FAILED;
  }

  private boolean schema(PostgresConfig config) {
    if (check) {
      int pending = PostgresMigrations.pending(config);
      tell(
          pending == 0
              ? "The database schema is up to date."
              : pending + " steps are missing; run parley migrate, or start a node.");
      return pending == 0;
    }
    int steps = PostgresMigrations.apply(config);
    tell(steps == 0 ? "The database schema was up to date." : steps + " steps were applied.");
    return true;
  }

  private boolean indexes(MongoConfig config) {
    if (check) {
      List<String> missing = MongoQuestion.ask(config, MongoLink::checkUp).missing();
      tell(
          missing.isEmpty()
              ? "The indexes of logs in MongoDB stand."
              : "MongoDB lacks "
                  + String.join(", ", missing)
                  + "; run parley migrate, or start a node.");
      return missing.isEmpty();
    }
    MongoQuestion.ask(config, link -> link.store(new SecureRandom()));
    tell("The indexes of logs in MongoDB stand.");
    return true;
  }

  private void tell(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
