package io.parley.cli.load;

import static io.parley.cli.load.UseTable.format;

import io.parley.cli.load.socket.Framing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came of people who talked.
 *
 * @param nodes how many they were connected to
 * @param rate messages a second; of no meaning when some were in flight
 * @param inFlight how many posts waited for their answer at any time; 0: they were sent at the rate
 * @param due how many were sent, the warm-up included
 * @param acknowledged of all that was sent, the warm-up included
 * @param refusals how many for each code
 * @param heldBack messages that were due and were not sent, since too many waited already
 * @param lost whose connection broke before they were answered
 * @param closed sockets that the server has closed, by code and reason
 * @param cost of what was measured, the warm-up left out
 */
record TalkReport(
    Scenario scenario,
    int members,
    int rooms,
    int nodes,
    int rate,
    int inFlight,
    LoadPlan.Via via,
    Framing framing,
    long seconds,
    long warmUpSeconds,
    int bodyBytes,
    long due,
    long acknowledged,
    long refused,
    Map<String, Long> refusals,
    long heldBack,
    long lost,
    String firstRefusal,
    Map<String, Long> closed,
    long delivered,
    Latencies toAcknowledged,
    Latencies toDelivered,
    LoadCost cost,
    Figures figures)
    implements LoadReport {

  static TalkReport of(LoadPlan plan, LoadTimes times, TalkRun run, LoadCost cost) {
    return new TalkReport(
        plan.scenario(),
        plan.members(),
        plan.rooms(),
        plan.bridges().size(),
        plan.closedLoop() ? 0 : plan.rate(),
        plan.inFlight(),
        plan.via(),
        plan.framing(),
        plan.duration().toSeconds(),
        plan.warmUp().toSeconds(),
        plan.bodyBytes(),
        run.sent(),
        times.acks(),
        times.refusals(),
        times.refusalsByCode(),
        run.heldBack(),
        times.losses(),
        times.firstRefusal(),
        times.closes(),
        times.deliveries(),
        Latencies.of(times.acknowledgedMicros()),
        Latencies.of(times.deliveredMicros()),
        cost,
        Figures.of(cost));
  }

  @Override
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add(headline());
    lines.add(
        format(
            "acknowledged %d of %d, refused %d, delivered %d",
            acknowledged, due, refused, delivered));
    lines.add(
        format(
            "measured: %.0f acknowledged a second, %.0f delivered a second",
            figures.postsPerSecond(), figures.deliveriesPerSecond()));
    Troubles.add(lines, refusals, heldBack);
    Troubles.add(lines, firstRefusal, lost, closed);
    lines.add(Latencies.HEADING);
    lines.add(toAcknowledged.row("acknowledged"));
    lines.add(toDelivered.row("delivered"));
    lines.addAll(Figures.lines(cost, figures));
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }

  private String headline() {
    String how = inFlight > 0 ? inFlight + " messages in flight" : rate + " messages/s";
    return format(
        "%d members in %d %s, %s by %s for %d s after %d s of warm-up, %d bytes each",
        members,
        rooms,
        scenario == Scenario.DIRECT ? "pairs" : "rooms",
        how,
        via.name().toLowerCase(Locale.ROOT),
        seconds,
        warmUpSeconds,
        bodyBytes);
  }
}
