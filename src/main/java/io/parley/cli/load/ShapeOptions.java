package io.parley.cli.load;

import io.parley.cli.load.socket.Framing;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many people do how much of what. */
final class ShapeOptions {
  private static final int MOST_MISSED = 300;
  private static final int MOST_IN_FLIGHT = 100_000;
  private static final int MOST_ROUNDS = 1_000;
  private static final int LONGEST_OVERLOAD = 3_600;
  private static final int OVERLOAD_IN_FLIGHT = 1_000;

  @Option(
      names = "--scenario",
      description =
          "What people do, see above: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
      defaultValue = "TALK")
  Scenario scenario = Scenario.TALK;

  @Option(
      names = "--members",
      description = "How many people, one socket each (default: ${DEFAULT-VALUE}).",
      defaultValue = "100")
  int members;

  @Option(
      names = "--rooms",
      description =
          "Rooms they are spread over, each in one; DIRECT has a room for each pair instead (default:"
              + " ${DEFAULT-VALUE}).",
      defaultValue = "1")
  int rooms;

  @Option(
      names = "--rate",
      description =
          "Messages (DAY: deeds) a second in all, sent when they are due whatever became of earlier"
              + " ones (default: ${DEFAULT-VALUE}).",
      defaultValue = "20")
  int rate;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description =
          "TALK, DIRECT and the first stretch of OVERLOAD: no rate; N messages wait for their acknowledgement at any time, and each"
              + " that comes sends another one.")
  @Nullable Integer inFlight;

  @Option(
      names = "--unanswered",
      paramLabel = "N",
      description =
          "At a rate: N messages wait for their acknowledgement at most; what is due beyond them is held"
              + " back for good, and counted (default: 100000).")
  @Nullable Integer unanswered;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "Time before measuring (default: ${DEFAULT-VALUE}).",
      defaultValue = "5")
  int warmUp;

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      description = "Time of measuring (default: ${DEFAULT-VALUE}).",
      defaultValue = "20")
  int duration;

  @Option(
      names = "--body",
      paramLabel = "CHARACTERS",
      description = "In a message (default: ${DEFAULT-VALUE}).",
      defaultValue = "200")
  int body;

  @Option(
      names = "--missed",
      paramLabel = "N",
      description =
          "STORM: messages sent to each room while everybody is away, at most 300 (default: 5).")
  @Nullable Integer missed;

  @Option(
      names = "--stalled",
      paramLabel = "N",
      description = "STALLED: members who stop reading (default: 1).")
  @Nullable Integer stalled;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description =
          "STALLED: how often everybody reads for the --duration, and then some do not for as long (default: 1).")
  @Nullable Integer rounds;

  @Option(
      names = "--via",
      description =
          "TALK and DIRECT: how messages are sent: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})."
              + " They are received by sockets either way.",
      defaultValue = "SOCKET")
  LoadPlan.Via via = LoadPlan.Via.SOCKET;

  @Option(
      names = "--framing",
      description =
          "RAW: WebSockets at /eventbus/websocket. SOCKJS: as browsers have them, at"
              + " /eventbus/…/websocket (default: ${DEFAULT-VALUE}).",
      defaultValue = "RAW")
  Framing framing = Framing.RAW;

  @Option(
      names = "--connect-rate",
      paramLabel = "N",
      description =
          "Sockets connected a second; 0: as fast as they are taken (default: ${DEFAULT-VALUE}).",
      defaultValue = "0")
  int connectRate;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Event loops for the sockets; more than one only helps when this tool's is busy all the time"
              + " (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  int threads;

  @Option(
      names = "--seed",
      description = "Of all that is random; otherwise it is another one each time.")
  @Nullable Long seed;

  /** What is wrong with them, each naming its option. */
  Stream<String> objections() {
    return Stream.of(ranges(), fit(), belonging()).flatMap(each -> each);
  }

  LoadPlan plan(TargetOptions targets) {
    return new LoadPlan(
        scenario,
        targets.urls,
        targets.bridges,
        via,
        framing,
        threads,
        members,
        scenario == Scenario.DIRECT ? members / 2 : rooms,
        rate,
        inFlight == null ? fallbackInFlight() : inFlight,
        unanswered == null ? MOST_IN_FLIGHT : unanswered,
        Duration.ofSeconds(warmUp),
        Duration.ofSeconds(duration),
        body,
        connectRate,
        missed == null ? 5 : missed,
        stalled == null ? 1 : stalled,
        rounds == null ? 1 : rounds,
        seed == null ? System.nanoTime() : seed);
  }

  private int fallbackInFlight() {
    return scenario == Scenario.OVERLOAD ? OVERLOAD_IN_FLIGHT : 0;
  }

  private Stream<String> ranges() {
    return Stream.of(
            range("--members", members, 1, 1_000_000),
            range("--rooms", rooms, 1, 1_000_000),
            range("--rate", rate, 1, 1_000_000),
            range("--in-flight", inFlight == null ? 1 : inFlight, 1, MOST_IN_FLIGHT),
            range("--unanswered", unanswered == null ? 1 : unanswered, 1, MOST_IN_FLIGHT),
            range("--stalled", stalled == null ? 1 : stalled, 1, 1_000_000),
            range("--rounds", rounds == null ? 1 : rounds, 1, MOST_ROUNDS),
            range("--warm-up", warmUp, 0, 86_400),
            range("--duration", duration, 1, 7 * 86_400),
            range("--body", body, 1, 1 << 20),
            range("--missed", missed == null ? 1 : missed, 1, MOST_MISSED),
            range("--connect-rate", connectRate, 0, 1_000_000),
            range("--threads", threads, 1, 64))
        .flatMap(each -> each);
  }

  private static Stream<String> range(String option, int value, int min, int max) {
    return value >= min && value <= max
        ? Stream.empty()
        : Stream.of(option + " is a number from " + min + " to " + max + ", not " + value);
  }

  private Stream<String> fit() {
    long messages = (long) (warmUp + duration) * rate;
    if (messages > Integer.MAX_VALUE) {
      return Stream.of("--rate: " + messages + " messages are too many for one run");
    }
    return switch (scenario) {
      case LEASES ->
          members < Leasing.people(rooms)
              ? Stream.of(rooms + " rooms take " + Leasing.people(rooms) + " members")
              : Stream.empty();
      case STALLED ->
          rooms != 1 || members - (stalled == null ? 1 : stalled) < 1
              ? Stream.of("STALLED takes one room, and more --members than --stalled")
              : Stream.empty();
      case OVERLOAD ->
          duration > LONGEST_OVERLOAD || members < rooms
              ? Stream.of(
                  "OVERLOAD takes at least as many --members as --rooms, for an hour at most")
              : Stream.empty();
      case DIRECT ->
          members % 2 != 0
              ? Stream.of("--members has to be even: DIRECT makes pairs of them")
              : Stream.empty();
      default ->
          members < rooms
              ? Stream.of("--rooms: " + rooms + " rooms take at least as many --members")
              : Stream.empty();
    };
  }

  private Stream<String> belonging() {
    Stream<String> talk =
        scenario.talks()
            ? Stream.empty()
            : Stream.concat(
                inFlight == null || scenario == Scenario.OVERLOAD
                    ? Stream.empty()
                    : Stream.of("--in-flight is of TALK and DIRECT, and of OVERLOAD"),
                via == LoadPlan.Via.SOCKET
                    ? Stream.empty()
                    : Stream.of("--via REST is of TALK and DIRECT"));
    Stream<String> storm =
        missed == null || scenario == Scenario.STORM
            ? Stream.empty()
            : Stream.of("--missed is of STORM");
    Stream<String> stall =
        (stalled == null && rounds == null) || scenario == Scenario.STALLED
            ? Stream.empty()
            : Stream.of("--stalled and --rounds are of STALLED");
    return Stream.of(talk, storm, stall).flatMap(each -> each);
  }
}
