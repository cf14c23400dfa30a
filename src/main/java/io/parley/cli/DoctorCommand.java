package io.parley.cli;

import io.parley.config.Config;
import io.parley.config.LoadedConfig;
import io.parley.stores.embedded.DataDirectory;
import io.parley.stores.embedded.EmbeddedStores;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code parley doctor}: what is wrong here, in words, and what to do about it. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description =
        "Looks at the JDK, limits, data directory, ports, stores, clocks and running nodes, and"
            + " says what is wrong and what to do. Exit code 1 when something is. It changes"
            + " nothing.")
final class DoctorCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int OK = 200;

  private final Map<String, String> environment;
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options = new ConfigOptions();

  DoctorCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    LoadedConfig loaded = options.load(environment);
    Config config = loaded.config();
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok("the configuration makes sense"));
    findings.addAll(new MachineDoctor().examine(loaded));
    findings.addAll(new ClusterDoctor(config.cluster(), Clock.systemUTC()).examine());
    findings.addAll(new EdgeDoctor(config, Clock.systemUTC()).examine());
    boolean bad = findings.stream().anyMatch(finding -> finding.level() == Finding.Level.BAD);
    if (!config.node().embedded()) {
      findings.addAll(new StoresDoctor().examine(config));
      findings.addAll(MachineDoctor.ports(config));
    } else if (!bad) {
      findings.addAll(embedded(config));
    }
    findings.forEach(finding -> spec.commandLine().getOut().println(finding));
    spec.commandLine().getOut().flush();
    return findings.stream().anyMatch(finding -> finding.level() == Finding.Level.BAD)
        ? Parley.FAILED
        : 0;
  }

  private static List<Finding> embedded(Config config) {
    if (!Files.exists(config.node().data())) {
      return MachineDoctor.ports(config);
    }
    DataDirectory data = DataDirectory.open(config.node().data());
    List<Finding> findings = new ArrayList<>();
    Optional<Config> running = EmbeddedStores.running(data, config);
    if (running.isPresent()) {
      findings.addAll(new StoresDoctor().examine(running.get()));
    } else {
      findings.add(Finding.ok("the embedded stores do not run; serve starts them"));
    }
    List<NodeFile> nodes = NodeFile.living(data);
    nodes.forEach(node -> findings.add(node(node)));
    if (nodes.isEmpty()) {
      findings.addAll(MachineDoctor.ports(config));
    }
    return findings;
  }

  private static Finding node(NodeFile node) {
    String who =
        "node with pid "
            + node.pid()
            + " (http "
            + node.httpPort()
            + ", admin "
            + node.adminPort()
            + ")";
    if (!node.ready()) {
      return Finding.attention(who + " is still starting");
    }
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.adminPort() + "/readyz"))
              .timeout(PATIENCE)
              .build();
      HttpResponse<String> response =
          HttpClient.newBuilder()
              .connectTimeout(PATIENCE)
              .build()
              .send(request, HttpResponse.BodyHandlers.ofString());
      return response.statusCode() == OK
          ? Finding.ok(who + " is ready")
          : Finding.bad(who + " is not ready: " + response.body().strip());
    } catch (IOException e) {
      return Finding.bad(who + " does not answer on its admin port; see its log");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Finding.attention(who + " was not asked");
    }
  }
}
