package io.parley.cli;

import io.parley.cli.NodeStarter.RunningNode;
import io.parley.config.Config;
import io.parley.config.LoadedConfig;
import io.parley.config.NodeConfig;
import io.parley.observability.Logging;
import io.parley.stores.embedded.DataDirectory;
import io.parley.stores.embedded.DataLock;
import io.parley.stores.embedded.EmbeddedStores;
import io.parley.stores.postgres.PostgresMigrations;
import io.vertx.core.Future;
import java.io.PrintWriter;
import java.net.BindException;
import java.nio.channels.FileLock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parley serve}: a node, with its stores if it is to bring its own. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description =
        "Runs a node. With nothing configured it runs PostgreSQL, Redis and S3 below the data"
            + " directory as well; a second serve on the same directory joins the first.",
    footer = {"", "Ctrl-C or SIGTERM stops it; what was acknowledged is kept either way."})
final class ServeCommand implements Callable<Integer> {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration LET_GO = Duration.ofSeconds(2);
  private static final Duration STOP_STORES = Duration.ofSeconds(15);
  private static final Duration JOIN = Duration.ofMinutes(3);

  private final Map<String, String> environment;
  private final NodeStarter starter;
  private final Lifecycle lifecycle = new Lifecycle();
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(
      names = "--http-port",
      paramLabel = "N",
      description = "REST and the web app (default: 8080; 0: any free one).")
  private @Nullable Integer httpPort;

  @Option(
      names = "--bridge-port",
      paramLabel = "N",
      description = "Sockets (default: 8081; 0: any free one).")
  private @Nullable Integer bridgePort;

  @Option(
      names = "--admin-port",
      paramLabel = "N",
      description = "Health and metrics (default: 9090; 0: any free one).")
  private @Nullable Integer adminPort;

  @Option(
      names = "--roles",
      paramLabel = "ROLES",
      description = "What this node does: any of http,bridge,persistence,media (default: all).")
  private @Nullable String roles;

  @Option(names = "--standalone", description = "Form no cluster.")
  private boolean standalone;

  ServeCommand(Map<String, String> environment, NodeStarter starter) {
    this.environment = environment;
    this.starter = starter;
  }

  @Override
  public Integer call() throws InterruptedException {
    LoadedConfig loaded = options.load(environment, flags());
    Logging.start(loaded.config().node().logFormat());
    NodeConfig node = loaded.config().node();
    lifecycle.closeOnSignal(node.drain().plus(node.embedded() ? STOP_STORES : LET_GO));
    try {
      if (loaded.config().node().embedded()) {
        serveEmbedded(loaded);
      } else {
        Config config = NodePorts.settle(loaded, List.of()).config();
        migrate(config);
        announce(run(config), config);
      }
    } catch (CancellationException told) {
      lifecycle.awaitClose();
      return 0;
    } catch (RuntimeException e) {
      lifecycle.close();
      throw e;
    }
    lifecycle.awaitClose();
    return 0;
  }

  private Map<String, @Nullable Object> flags() {
    Map<String, @Nullable Object> flags = new HashMap<>();
    flags.put("http.port", httpPort);
    flags.put("bridge.port", bridgePort);
    flags.put("admin.port", adminPort);
    flags.put("node.roles", roles);
    flags.put("cluster.standalone", standalone ? true : null);
    return flags;
  }

  /** One node after the other joins, so that each finds those before it. */
  private void serveEmbedded(LoadedConfig loaded) {
    DataDirectory data = DataDirectory.open(loaded.config().node().data());
    DataLock lock = DataLock.of(data);
    FileLock join = join(lock);
    try {
      List<NodeFile> others = NodeFile.living(data);
      refuseStrangers(others, loaded.config());
      Config settled = NodePorts.settle(loaded, others).config();
      EmbeddedStores stores =
          lifecycle.open(
              () -> EmbeddedStores.open(data, lock, settled, this::tell), EmbeddedStores::close);
      Config config = stores.in(settled);
      migrate(config);
      lifecycle.open(() -> write(data, config, 0, 0, 0, false), file -> file.remove(data));
      RunningNode node = run(config);
      write(data, config, node.httpPort(), node.bridgePort(), node.adminPort(), true);
      announce(node, config);
    } finally {
      DataLock.release(join);
    }
  }

  private FileLock join(DataLock lock) {
    return lock.tryTake(DataLock.Place.JOIN)
        .or(
            () -> {
              tell("waiting for another node that is starting on the same data directory");
              return lock.take(DataLock.Place.JOIN, JOIN);
            })
        .orElseThrow(
            () -> new CommandFailure("another node has been starting for too long; is it stuck?"));
  }

  /** Two nodes that share data and not the bus would both believe to own every room. */
  private static void refuseStrangers(List<NodeFile> others, Config config) {
    for (NodeFile other : others) {
      if (other.standalone() || config.cluster().standalone()) {
        throw new CommandFailure(
            "a node (pid "
                + other.pid()
                + ") runs on "
                + config.node().data()
                + " already, and with --standalone it must be alone; stop it, or start both"
                + " without --standalone");
      }
    }
  }

  private static NodeFile write(
      DataDirectory data, Config config, int http, int bridge, int admin, boolean ready) {
    NodeFile file =
        new NodeFile(
            ProcessHandle.current().pid(),
            NodeFile.processStart(),
            ready,
            config.cluster().standalone(),
            http,
            bridge,
            admin,
            config.cluster().port());
    file.write(data);
    return file;
  }

  /** A node without the role knows no PostgreSQL, and need not be able to reach it. */
  private void migrate(Config config) {
    if (!config.node().roles().contains("persistence")) {
      return;
    }
    int steps = PostgresMigrations.apply(config.postgres());
    if (steps > 0) {
      tell("brought the database schema up to date in " + steps + " steps");
    }
  }

  private RunningNode run(Config config) {
    return lifecycle.open(
        () -> await(starter.start(config)), node -> stop(node, config.node().drain()));
  }

  private static RunningNode await(Future<? extends RunningNode> starting) {
    try {
      return starting
          .toCompletionStage()
          .toCompletableFuture()
          .get(START.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw refusal(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw new CommandFailure("the node is not ready after " + START.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted while starting");
    }
  }

  private static RuntimeException refusal(Throwable cause) {
    if (cause instanceof BindException) {
      return new CommandFailure(
          cause.getMessage() + "; stop what listens there or choose another port");
    }
    return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
  }

  private void stop(RunningNode node, Duration atMost) {
    tell("stopping");
    try {
      node.stop()
          .toCompletionStage()
          .toCompletableFuture()
          .get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      tell("the node does not stop in order, and is left: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void announce(RunningNode node, Config config) {
    double seconds = Duration.between(NodeFile.processStart(), Instant.now()).toMillis() / 1_000.0;
    String took = String.format(Locale.ROOT, "(%.1f s after the start)", seconds);
    String bridge = node.bridgePort() == 0 ? "" : "sockets on port " + node.bridgePort() + ", ";
    String admin = "health and metrics on port " + node.adminPort() + " " + took;
    if (node.httpPort() == 0) {
      tell("Parley is ready: " + bridge + admin);
    } else {
      String host = config.http().host();
      String shown = host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
      String scheme = config.http().tls().present() ? "https" : "http";
      String where = scheme + "://" + shown + ":" + node.httpPort();
      tell("Parley is ready at " + where + ", " + bridge + admin);
    }
  }

  private void tell(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
