package io.parley.cli.load;

import io.parley.cli.load.socket.Lanes;
import io.parley.config.Config;
import io.parley.failure.Failure;
import io.parley.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code parley load}: many people at once, how long it takes and what it costs. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 120,
    description = {
      "Plays many people at once against a running server, and prints what came of it, how long it took (from the moment a"
          + " message was due), and what it cost each node in CPU, memory and messages to others.",
      "",
      "  TALK    members talk in rooms, at a --rate or with so many messages --in-flight",
      "  DIRECT  pairs talk, likewise",
      "  IDLE    members connect, at a --connect-rate, and are silent; in the end a message to each room must reach all",
      "  STORM   all lose their connection at once, miss some messages, come back and catch up",
      "  DAY     a bit of everything, at a --rate: 30 %% post, 25 %% move their read marker, 20 %% type,",
      "          10 %% read 50 messages of history, 5 %% list their rooms, 5 %% leave their room and enter it again,",
      "          5 %% lose their connection and catch up",
      "  LEASES  one socket of each member listens to its share of --rooms, at most 1000 each, and nobody talks",
      "  STALLED members of one room talk at a --rate while --stalled of them read nothing from their connection;",
      "          then these read on, or come back with their cursors, and must have everything, in order",
      "  OVERLOAD members talk with so many messages --in-flight, which tells the capacity, then at three times",
      "          that rate, then at half of it, each for the --duration",
      "",
      "It makes new accounts and rooms whose names begin with 'load'. The server spends most of the time before a run on"
          + " hashing their passwords, unless --mint makes them without.",
      ""
    },
    footer = {
      "",
      "The server has limits that are in the way of a load test unless it was started without them: what a person may post"
          + " (PARLEY_LIMITS_ROOM_RATE=0, PARLEY_LIMITS_USER_RATE=0), what a socket may send (PARLEY_EDGE_FRAME_RATE=0), and"
          + " what may be asked over REST (PARLEY_LIMITS_REST_USER=0, PARLEY_LIMITS_REST_ANONYMOUS=0), new accounts from one"
          + " address among it (PARLEY_LIMITS_REGISTRATIONS=0). Thousands of sockets take as many open files on both sides, see ulimit -n.",
      "A server that was just started is slow at first: take a --warm-up of 30 s and more for figures to keep. What sockets"
          + " take of its memory shows only on one that was just started: later it fills what it has.",
      "",
      "Exit code: 0 whatever came of it, 1 it could not be done, 2 wrong use.",
      "",
      "Examples, against a node in the same directory:",
      "  parley load --mint --members 1000 --rate 50 --pid 4711       one big room",
      "  parley load --mint --members 2000 --rooms 200 --in-flight 64 --framing SOCKJS",
      "  parley load --mint --scenario IDLE --members 18000 --rooms 1000 --connect-rate 1000 --pid 4711",
      "Of three nodes: parley load --url http://a:8080,http://b:8080 --bridge http://a:8081,http://b:8081 \\",
      "  --admin http://a:9090,http://b:9090,http://core:9090"
    })
public final class LoadCommand implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int LONGEST_TOKEN_HOURS = 24 * 30;

  private final Supplier<Config> config;
  @Spec private CommandSpec spec;
  @Mixin private ShapeOptions shape = new ShapeOptions();
  @Mixin private TargetOptions targets = new TargetOptions();

  @Option(
      names = "--mint",
      description =
          "Makes people and their rooms directly in the database of the server and signs tokens with its secret; the options"
              + " below say which. People have no password, and enter the default rooms when they first list theirs.")
  private boolean mint;

  @Option(
      names = "--token-lifetime",
      paramLabel = "HOURS",
      description =
          "With --mint: how long their access tokens live (default: 24). Others are renewed as they end.")
  private @Nullable Integer tokenLifetime;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the results here, too.")
  private @Nullable Path json;

  /**
   * @param config of the server, for minting; read when it is needed
   */
  public LoadCommand(Supplier<Config> config) {
    this.config = config;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    objections()
        .findFirst()
        .ifPresent(
            objection -> {
              throw new ParameterException(spec.commandLine(), objection);
            });
    LoadPlan plan = shape.plan(targets);
    Vertx vertx = Lanes.vertx(plan.threads());
    try {
      LoadReport report = run(vertx, plan).toCompletionStage().toCompletableFuture().get();
      spec.commandLine().getOut().print(report.text());
      spec.commandLine().getOut().flush();
      if (json != null) {
        Files.write(json, Json.bytes(report));
      }
      return 0;
    } catch (ExecutionException failed) {
      return explain(failed.getCause() == null ? failed : failed.getCause());
    } catch (Failure refused) {
      return explain(refused);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private Stream<String> objections() {
    return Stream.of(shape.objections(), targets.objections(), token(), machine())
        .flatMap(each -> each);
  }

  private Stream<String> token() {
    if (tokenLifetime == null) {
      return Stream.empty();
    }
    if (!mint) {
      return Stream.of("--token-lifetime is for those that --mint makes");
    }
    return tokenLifetime >= 1 && tokenLifetime <= LONGEST_TOKEN_HOURS
        ? Stream.empty()
        : Stream.of("--token-lifetime is a number from 1 to " + LONGEST_TOKEN_HOURS);
  }

  private Stream<String> machine() {
    return MachineLimits.objection(shape.members, Math.max(1, targets.bridges.size())).stream();
  }

  private Future<LoadReport> run(Vertx vertx, LoadPlan plan) {
    Nodes nodes = new Nodes(vertx, targets.admins, targets.pids, targets.stores);
    Stage stage = new Stage(vertx, plan, nodes, this::tell);
    Gathering gathering = new Gathering(stage, minting(vertx));
    return switch (plan.scenario()) {
      case TALK, DIRECT -> new Talking(stage, gathering).run();
      case IDLE -> new Idling(stage, gathering).run();
      case STORM -> new Storming(stage, gathering).run();
      case DAY -> new Day(stage, gathering).run();
      case LEASES -> new Leasing(stage, gathering).run();
      case STALLED -> gathering.gather().compose(all -> new Stalling(stage, all).run());
      case OVERLOAD -> gathering.gather().compose(all -> new Overloading(stage, all).run());
    };
  }

  private Optional<Mint> minting(Vertx vertx) {
    Duration lifetime = Duration.ofHours(tokenLifetime == null ? 24 : tokenLifetime);
    return mint ? Optional.of(Mint.of(vertx, config.get(), lifetime)) : Optional.empty();
  }

  private int explain(Throwable cause) {
    String why =
        cause instanceof Failure failure ? failure.detail() : String.valueOf(cause.getMessage());
    spec.commandLine().getErr().println("parley load: " + why);
    spec.commandLine().getErr().flush();
    return FAILED;
  }

  private void tell(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
