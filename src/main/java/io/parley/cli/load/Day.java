package io.parley.cli.load;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * An ordinary day: at a rate, whoever is free does something, in stated proportions. Each deed is
 * timed from the moment it was due.
 */
final class Day {
  private static final int OTHERS = 100;

  private final Stage stage;
  private final LoadPlan plan;
  private final Gathering gathering;
  private final LoadTimes times;
  private final DayTimes day = new DayTimes();
  private final SplittableRandom random;
  private final BitSet busy = new BitSet();
  private final String text;
  private int skipped;

  Day(Stage stage, Gathering gathering) {
    this.stage = stage;
    this.plan = stage.plan();
    this.gathering = gathering;
    this.times = LoadTimes.atRate(plan.threads());
    this.random = new SplittableRandom(plan.seed());
    this.text = stage.text();
  }

  Future<LoadReport> run() {
    return gathering
        .gather()
        .map(this::crowd)
        .compose(
            crowd ->
                crowd
                    .connect()
                    .compose(connected -> pass(crowd))
                    .map(this::report)
                    .compose(report -> crowd.close().map(report)));
  }

  private Crowd crowd(List<Member> members) {
    return new Crowd(
        stage,
        members.stream()
            .map(member -> new LoadSocket(stage, member, times, List.of(member.room())))
            .map(LoadSocket::following)
            .toList());
  }

  private Future<LoadCost> pass(Crowd crowd) {
    stage.tell("a day of " + plan.messages() + " deeds: " + Deed.day());
    Promise<LoadCost> warm = Promise.promise();
    Supplier<Future<LoadCost>> cost =
        () -> {
          int posts = day.done(Deed.POST);
          long deliveries = times.deliveries();
          return stage.nodes().take().map(stock -> new LoadCost(stock, posts, deliveries));
        };
    Context context = stage.vertx().getOrCreateContext();
    Pace pace =
        new OpenLoop(
            stage.vertx(),
            plan,
            times,
            0,
            () -> day.ended() + skipped,
            number -> context.runOnContext(go -> act(context, crowd, number)),
            () -> cost.get().onComplete(warm));
    return pace.send()
        .compose(
            sent ->
                Awaiting.until(
                    stage.vertx(),
                    () -> day.ended() == plan.messages() - skipped,
                    () -> day.ended() + times.deliveries()))
        .compose(settled -> Future.all(cost.get(), warm.future()))
        .map(both -> both.<LoadCost>resultAt(0).since(both.resultAt(1)));
  }

  private void act(Context context, Crowd crowd, int number) {
    Deed chosen = Deed.of(random.nextDouble());
    int person = free(crowd, chosen);
    if (person < 0) {
      skipped++;
      return;
    }
    LoadSocket socket = crowd.socket(person);
    Deed deed = socket.connected() ? chosen : Deed.RECONNECT;
    busy.set(person);
    day.began(deed);
    deed.by(socket, number, text)
        .onComplete(
            outcome -> {
              long now = System.nanoTime();
              context.runOnContext(
                  go -> {
                    busy.clear(person);
                    if (outcome.succeeded()) {
                      day.done(deed, micros(number, now));
                    } else {
                      day.refused(deed, String.valueOf(outcome.cause().getMessage()));
                    }
                  });
            });
  }

  /** Somebody who does nothing else just now; owners never leave their room. */
  private int free(Crowd crowd, Deed deed) {
    int first = random.nextInt(crowd.size());
    for (int i = 0; i < Math.min(OTHERS, crowd.size()); i++) {
      int person = (first + i) % crowd.size();
      if (!busy.get(person) && (deed != Deed.REJOIN || person >= plan.rooms())) {
        return person;
      }
    }
    return -1;
  }

  private long micros(int number, long now) {
    return times.measured(number)
        ? Math.max(0, TimeUnit.NANOSECONDS.toMicros(now - times.due(number)))
        : -1;
  }

  private LoadReport report(LoadCost cost) {
    return new DayReport(
        plan.members(),
        plan.rooms(),
        plan.bridges().size(),
        plan.framing(),
        plan.rate(),
        plan.duration().toSeconds(),
        plan.warmUp().toSeconds(),
        plan.seed(),
        day.outcomes(),
        skipped,
        times.deliveries(),
        Latencies.of(times.deliveredMicros()),
        times.closes(),
        cost,
        Figures.of(cost));
  }
}
