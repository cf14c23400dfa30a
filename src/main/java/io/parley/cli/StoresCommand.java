package io.parley.cli;

import io.parley.config.Config;
import io.parley.observability.Logging;
import io.parley.stores.embedded.DataDirectory;
import io.parley.stores.embedded.DataLock;
import io.parley.stores.embedded.EmbeddedStores;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code parley stores}: the embedded servers without a node. */
@Command(
    name = "stores",
    mixinStandardHelpOptions = true,
    description =
        "Runs PostgreSQL, Redis and S3 below the data directory and nothing else; every serve on"
            + " the same directory uses them. They stop with the last process that uses them.")
final class StoresCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final Lifecycle lifecycle = new Lifecycle();
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options = new ConfigOptions();

  StoresCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    Config config = options.load(environment).config();
    Logging.start(config.node().logFormat());
    DataDirectory data = DataDirectory.open(config.node().data());
    lifecycle.closeOnSignal();
    try {
      EmbeddedStores stores =
          lifecycle.open(
              () -> EmbeddedStores.open(data, DataLock.of(data), config, this::tell),
              EmbeddedStores::close);
      Config found = stores.in(config);
      tell(
          "The stores are ready: PostgreSQL on port %d, Redis on port %d, S3 at %s"
              .formatted(found.postgres().port(), found.redis().port(), found.s3().endpoint()));
    } catch (CancellationException told) {
      lifecycle.awaitClose();
      return 0;
    }
    lifecycle.awaitClose();
    return 0;
  }

  private void tell(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
