package io.parley.cli.load;

import io.parley.cli.client.People;
import io.parley.cli.client.Person;
import io.parley.cli.client.RestCalls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parley load}: people who talk at a given rate, how long it takes and what it costs. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description =
        "Lets members talk in rooms at a given rate over raw WebSockets or REST, and prints latencies (from the moment a message was"
            + " due) and the CPU that the server used.",
    footer = {
      "",
      "A person may post 3 messages a second into one room unless the server was started with",
      "PARLEY_LIMITS_ROOM_RATE=0. Example: parley load --members 200 --rooms 10 --rate 100 --pid 4711"
    })
public final class LoadCommand implements Callable<Integer> {
  private static final int CONNECTIONS = 200;

  @Spec private CommandSpec spec;

  @Option(
      names = "--url",
      description = "The REST API (default: ${DEFAULT-VALUE}).",
      defaultValue = "http://127.0.0.1:8080")
  private URI url;

  @Option(
      names = "--bridge",
      description = "The sockets (default: ${DEFAULT-VALUE}).",
      defaultValue = "http://127.0.0.1:8081")
  private URI bridge;

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
      names = "--pid",
      description = "The server's process, to learn its CPU and memory.",
      defaultValue = "0")
  private long pid;

  @Override
  public Integer call() throws InterruptedException, ExecutionException {
    PrintWriter out = spec.commandLine().getOut();
    LoadPlan plan =
        new LoadPlan(
            url,
            bridge,
            via,
            members,
            rooms,
            rate,
            Duration.ofSeconds(warmUp),
            Duration.ofSeconds(duration),
            body);
    Vertx vertx = Vertx.vertx();
    try {
      String report = run(vertx, plan, out).toCompletionStage().toCompletableFuture().get();
      out.print(report);
      out.flush();
      return 0;
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get();
    }
  }

  private Future<String> run(Vertx vertx, LoadPlan plan, PrintWriter out) {
    RestCalls rest = new RestCalls(vertx, plan.rest(), CONNECTIONS);
    return gather(plan, new People(rest, "load", line -> tell(out, line)))
        .map(members -> new LoadRun(vertx, plan, members, rest))
        .compose(run -> run.connect(line -> tell(out, line)).map(run))
        .compose(run -> measure(plan, run));
  }

  private static Future<List<Member>> gather(LoadPlan plan, People people) {
    return people
        .signUp(plan.members())
        .compose(
            all ->
                people
                    .open(plan.rooms(), all.subList(0, 1))
                    .compose(rooms -> enter(people, all, rooms)));
  }

  /** Everybody, evenly spread over the rooms. */
  private static Future<List<Member>> enter(People people, List<Person> all, List<String> rooms) {
    return people
        .inTurns(
            all.size(),
            "entered",
            index -> people.enter(all.get(index), rooms.get(index % rooms.size())))
        .map(
            done ->
                IntStream.range(0, all.size())
                    .mapToObj(
                        index ->
                            new Member(all.get(index).token(), rooms.get(index % rooms.size())))
                    .toList());
  }

  private Future<String> measure(LoadPlan plan, LoadRun run) {
    return run.talk(() -> LoadCost.now(pid, run.times()))
        .map(cost -> LoadReport.of(plan, run.times(), cost, ProcessCpu.residentBytes(pid)))
        .compose(report -> run.close().map(report));
  }

  private static void tell(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
