package io.parley.cli.verify;

import io.parley.cli.history.Archive;
import io.parley.cli.history.Checker;
import io.parley.cli.history.History;
import io.parley.cli.history.RoomLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code parley verify}: does this server keep its promises, whatever happens to it meanwhile? */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Proves that a server loses, doubles, invents and reorders nothing, whatever is done to it meanwhile.",
      "",
      "Clients sign up, make rooms of their own and post into them, each post until it is answered and always with the same"
          + " id. They lose their connections at random and resume where they were, are removed from rooms and come"
          + " back, and write down all they do and are told. In the end the logs are read, and every client's history is held"
          + " against them: what was acknowledged is stored once, at its place, as it was sent; what was refused is not;"
          + " every post was answered, and every reader has every entry, once, in order; nobody has an entry from after their"
          + " removal.",
      ""
    },
    footer = {
      "",
      "Kill nodes, freeze them, cut their networks while it runs: that is what it is for. It writes to the server: new accounts"
          + " and rooms whose names begin with 'verify'.",
      "A person may post 3 messages a second into one room and 10 in all unless the server was started with"
          + " PARLEY_LIMITS_ROOM_RATE=0 and PARLEY_LIMITS_USER_RATE=0; what is over the limit is posted again later. More than 60"
          + " clients take PARLEY_LIMITS_REGISTRATIONS=0 and PARLEY_LIMITS_REST_ANONYMOUS=0.",
      "",
      "Exit code: 0 no promise was broken, 1 some were (each is told), or the server could not be asked, 2 wrong use.",
      "",
      "Example, three nodes: parley verify --clients 60 --rooms 20 --rate 200 --duration 60 \\",
      "  --url http://a:8080,http://b:8080,http://c:8080 --bridge http://a:8081,http://b:8081,http://c:8081"
    })
public final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

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
          "The sockets, of each node; who loses one goes to the next (default: ${DEFAULT-VALUE}).",
      defaultValue = "http://127.0.0.1:8081")
  private List<URI> bridges;

  @Option(
      names = "--clients",
      description = "How many (default: ${DEFAULT-VALUE}).",
      defaultValue = "20")
  private int clients;

  @Option(
      names = "--rooms",
      description = "How many (default: ${DEFAULT-VALUE}).",
      defaultValue = "5")
  private int rooms;

  @Option(
      names = "--rooms-each",
      description = "Rooms that each client is in (default: ${DEFAULT-VALUE}).",
      defaultValue = "3")
  private int roomsEach;

  @Option(
      names = "--rate",
      description = "Posts a second in all (default: ${DEFAULT-VALUE}).",
      defaultValue = "50")
  private int rate;

  @Option(
      names = "--duration",
      description = "Seconds (default: ${DEFAULT-VALUE}).",
      defaultValue = "30")
  private int duration;

  @Option(
      names = "--cut-every",
      description =
          "Seconds after which a client loses its connection, about; 0: never (default: ${DEFAULT-VALUE}).",
      defaultValue = "5")
  private double cutEvery;

  @Option(
      names = "--kick-every",
      description =
          "Seconds after which somebody is removed from a room; 0: never (default: ${DEFAULT-VALUE}).",
      defaultValue = "3")
  private double kickEvery;

  @Option(
      names = "--patience",
      description =
          "Seconds that the server has, when the time is over, to answer what is open and deliver what is missing (default:"
              + " ${DEFAULT-VALUE}).",
      defaultValue = "60")
  private int patience;

  @Option(names = "--seed", description = "Who does what; otherwise it is another one each time.")
  private @Nullable Long seed;

  @Option(
      names = "--faults",
      description =
          "Each line on standard input names what you are breaking just then; the report tells how long it took until"
              + " posts flowed again in all rooms.")
  private boolean faults;

  @Option(
      names = "--history",
      paramLabel = "DIR",
      description = "Keep the histories and the logs here, as lines of JSON.")
  private @Nullable Path history;

  @Option(
      names = "--check",
      paramLabel = "DIR",
      description = "Run nothing; check what was kept here.")
  private @Nullable Path check;

  @Override
  public Integer call() throws InterruptedException, ExecutionException {
    Verification.Outcome outcome = check == null ? run() : kept(new Archive(check));
    spec.commandLine().getOut().print(VerifyReport.of(outcome));
    spec.commandLine().getOut().flush();
    return outcome.violations().isEmpty() ? 0 : 1;
  }

  private Verification.Outcome kept(Archive archive) {
    if (!archive.complete()) {
      throw wrong("no run that came to its end is kept in " + check);
    }
    List<History> histories = archive.histories();
    List<RoomLog> logs = archive.logs();
    return new Verification.Outcome(histories, logs, Checker.check(histories, logs));
  }

  private Verification.Outcome run() throws InterruptedException, ExecutionException {
    VerifyPlan plan = plan();
    plan.objection()
        .ifPresent(
            objection -> {
              throw wrong(objection);
            });
    tell("seed " + plan.seed());
    Vertx vertx = Vertx.vertx();
    try {
      Verification.Outcome outcome =
          run(vertx, plan).toCompletionStage().toCompletableFuture().get();
      if (history != null) {
        new Archive(history).keep(outcome.logs());
      }
      return outcome;
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get();
    }
  }

  private Future<Verification.Outcome> run(Vertx vertx, VerifyPlan plan) {
    Verification verification = new Verification(vertx, plan, files(), this::tell);
    if (faults) {
      listen(verification);
    }
    return verification
        .gather()
        .compose(done -> verification.talk())
        .compose(done -> verification.conclude());
  }

  private Function<String, Writer> files() {
    return history == null ? client -> Writer.nullWriter() : new Archive(history)::history;
  }

  private void listen(Verification verification) {
    Thread reader = new Thread(() -> read(verification), "faults");
    reader.setDaemon(true);
    reader.start();
  }

  private void read(Verification verification) {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String name = line;
        verification.fault(name).onSuccess(noted -> tell("noted: " + name));
      }
    } catch (IOException closed) {
      tell("no more faults can be named: " + closed.getMessage());
    }
  }

  private VerifyPlan plan() {
    return new VerifyPlan(
        urls,
        bridges,
        clients,
        rooms,
        roomsEach,
        rate,
        Duration.ofSeconds(duration),
        millis(cutEvery),
        millis(kickEvery),
        seed == null ? System.nanoTime() : seed,
        Duration.ofSeconds(patience));
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  private void tell(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }

  private static Duration millis(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
