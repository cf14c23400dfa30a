package io.parley.cli.load;

import io.parley.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code parley load}: people who talk at a given rate, how long it takes and what it costs. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description =
        "Lets members talk in rooms at a given rate over raw WebSockets or REST, and prints latencies (from the moment a message was"
            + " due), the CPU that each node used and the messages it sent to others.",
    footer = {
      "",
      "A person may post 3 messages a second into one room unless the server was started with",
      "PARLEY_LIMITS_ROOM_RATE=0. Example: parley load --members 200 --rooms 10 --rate 100 --pid 4711",
      "Of three nodes: parley load --url http://a:8080,http://b:8080 --bridge http://a:8081,http://b:8081 \\",
      "  --admin http://a:9090,http://b:9090,http://core:9090"
    })
public final class LoadCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** What people do. */
  enum Scenario {
    TALK,
    LEASES
  }

  @Option(
      names = "--scenario",
      description =
          "TALK: members talk in rooms at a rate. LEASES: one socket of each member listens to its share of the rooms, at most"
              + " 1000 each, and nobody talks (default: ${DEFAULT-VALUE}).",
      defaultValue = "TALK")
  private Scenario scenario;

  @Option(
      names = "--url",
      split = ",",
      description = "The REST API, of each node (default: ${DEFAULT-VALUE}).",
      defaultValue = "http://127.0.0.1:8080")
  private List<URI> urls;

  @Option(
      names = "--bridge",
      split = ",",
      description =
          "The sockets, of each node; the members of each room are spread evenly (default: ${DEFAULT-VALUE}).",
      defaultValue = "http://127.0.0.1:8081")
  private List<URI> bridges;

  @Option(
      names = "--via",
      description =
          "How messages are sent: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). They are"
              + " received by sockets either way.",
      defaultValue = "SOCKET")
  private LoadPlan.Via via;

  @Option(
      names = "--members",
      description = "How many people (default: ${DEFAULT-VALUE}).",
      defaultValue = "100")
  private int members;

  @Option(
      names = "--rooms",
      description = "Rooms they are spread over (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  private int rooms;

  @Option(
      names = "--rate",
      description = "Messages a second in all (default: ${DEFAULT-VALUE}).",
      defaultValue = "20")
  private int rate;

  @Option(
      names = "--warm-up",
      description = "Seconds before measuring (default: ${DEFAULT-VALUE}).",
      defaultValue = "5")
  private int warmUp;

  @Option(
      names = "--duration",
      description = "Seconds of measuring (default: ${DEFAULT-VALUE}).",
      defaultValue = "20")
  private int duration;

  @Option(
      names = "--body",
      description = "Characters in a message (default: ${DEFAULT-VALUE}).",
      defaultValue = "200")
  private int body;

  @Option(
      names = "--admin",
      split = ",",
      description =
          "The admin port of each node to be measured, such as http://127.0.0.1:9090, to learn what it counts.")
  private List<URI> admins = List.of();

  @Option(
      names = "--pid",
      split = ",",
      description =
          "The process of each node to be measured, in the same order, to learn its CPU and memory.")
  private List<Long> pids = List.of();

  @Option(
      names = "--stores",
      paramLabel = "PID",
      description = "The process of 'parley stores', to learn the CPU of the stores.",
      defaultValue = "0")
  private long stores;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the results here, too.")
  private @Nullable Path json;

  @Override
  public Integer call() throws InterruptedException, ExecutionException, IOException {
    if (!admins.isEmpty() && !pids.isEmpty() && admins.size() != pids.size()) {
      throw new ParameterException(
          spec.commandLine(), "--admin and --pid name the same nodes, in the same order");
    }
    if (scenario == Scenario.LEASES && members < Leasing.people(rooms)) {
      throw new ParameterException(
          spec.commandLine(), rooms + " rooms take " + Leasing.people(rooms) + " members");
    }
    Vertx vertx = Vertx.vertx();
    try {
      LoadReport report = run(vertx).toCompletionStage().toCompletableFuture().get();
      PrintWriter out = spec.commandLine().getOut();
      out.print(report.text());
      out.flush();
      if (json != null) {
        Files.write(json, Json.bytes(report));
      }
      return 0;
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get();
    }
  }

  private Future<LoadReport> run(Vertx vertx) {
    Nodes nodes = new Nodes(vertx, admins, pids, stores);
    return switch (scenario) {
      case TALK -> new Talking(vertx, plan(), nodes, this::tell).run();
      case LEASES -> new Leasing(vertx, plan(), nodes, this::tell).run();
    };
  }

  private LoadPlan plan() {
    return new LoadPlan(
        urls,
        bridges,
        via,
        members,
        rooms,
        rate,
        Duration.ofSeconds(warmUp),
        Duration.ofSeconds(duration),
        body);
  }

  private void tell(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
