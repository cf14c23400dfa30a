package io.parley.cli.load;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/**
 * How much a server bears, what becomes of three times as much, and how it does right afterwards.
 */
final class Overloading {
  private static final int TOO_MUCH = 3;
  private static final int MOST_RATE = 500_000;

  private final LoadPlan plan;
  private final Crowd crowd;
  private final LoadTimes times;
  private final Stretches stretches;

  Overloading(Stage stage, List<Member> members) {
    this.plan = stage.plan();
    this.times = LoadTimes.asSent(plan.threads());
    this.crowd = Crowd.of(stage, members, times);
    this.stretches = new Stretches(stage, crowd, times);
  }

  Future<LoadReport> run() {
    return crowd
        .connect()
        .compose(connected -> stretches.warmUp(asFastAsItGoes(plan.warmUp())))
        .compose(warm -> stretches.take("capacity", asFastAsItGoes(plan.duration())))
        .map(capacity -> capacity.figures().postsPerSecond())
        .compose(
            capacity ->
                stretches
                    .take("overload", at(TOO_MUCH * capacity))
                    .compose(done -> stretches.take("half of it", at(capacity / 2))))
        .map(done -> report())
        .compose(report -> crowd.close().map(report));
  }

  private LoadPlan asFastAsItGoes(Duration duration) {
    return plan.paced(plan.rate(), plan.inFlight(), duration);
  }

  private LoadPlan at(double rate) {
    return plan.paced((int) Math.max(1, Math.min(MOST_RATE, rate)), 0, plan.duration());
  }

  private LoadReport report() {
    return new OverloadReport(
        plan.members(),
        plan.rooms(),
        plan.bridges().size(),
        plan.framing(),
        plan.bodyBytes(),
        stretches.taken(),
        times.firstRefusal(),
        times.closes());
  }
}
