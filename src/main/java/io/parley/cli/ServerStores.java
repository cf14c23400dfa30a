package io.parley.cli;

import io.parley.cli.users.Server;
import io.parley.config.Config;
import io.parley.stores.embedded.DataDirectory;
import io.parley.stores.embedded.DataLock;
import io.parley.stores.embedded.EmbeddedStores;
import io.parley.stores.postgres.PostgresMigrations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The stores that the configuration names. Embedded ones that do not run are started, and stopped
 * afterwards.
 */
final class ServerStores implements Server {
  private final ConfigOptions options;
  private final Map<String, String> environment;

  ServerStores(ConfigOptions options, Map<String, String> environment) {
    this.options = options;
    this.environment = environment;
  }

  @Override
  public <T> T at(boolean begins, Consumer<String> progress, Function<Config, T> work) {
    Config config = options.load(environment).config();
    if (!config.node().embedded()) {
      return migrated(config, work);
    }
    Path root = config.node().data();
    if (!begins && !Files.isDirectory(root)) {
      throw new CommandFailure(
          "there is no data directory at "
              + root.toAbsolutePath()
              + "; give the --data, --config or environment of the server");
    }
    DataDirectory data = DataDirectory.open(root);
    Optional<Config> running = EmbeddedStores.running(data, config);
    return running.isPresent()
        ? migrated(running.get(), work)
        : started(data, config, progress, work);
  }

  private static <T> T started(
      DataDirectory data, Config config, Consumer<String> progress, Function<Config, T> work) {
    Lifecycle lifecycle = new Lifecycle();
    lifecycle.closeOnSignal();
    try {
      EmbeddedStores stores =
          lifecycle.open(
              () -> EmbeddedStores.open(data, DataLock.of(data), config, progress),
              EmbeddedStores::close);
      return migrated(stores.in(config), work);
    } finally {
      lifecycle.close();
    }
  }

  private static <T> T migrated(Config config, Function<Config, T> work) {
    PostgresMigrations.apply(config.postgres());
    return work.apply(config);
  }
}
