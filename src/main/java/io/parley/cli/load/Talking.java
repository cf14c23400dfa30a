package io.parley.cli.load;

import io.vertx.core.Future;
import java.util.List;

/** People who talk, at a given rate or as fast as they are answered. */
final class Talking {
  private final Stage stage;
  private final Gathering gathering;
  private final LoadTimes times;

  Talking(Stage stage, Gathering gathering) {
    LoadPlan plan = stage.plan();
    this.stage = stage;
    this.gathering = gathering;
    this.times =
        plan.closedLoop() ? LoadTimes.asSent(plan.threads()) : LoadTimes.atRate(plan.threads());
  }

  Future<LoadReport> run() {
    return gathering.gather().compose(this::talk);
  }

  private Future<LoadReport> talk(List<Member> members) {
    Crowd crowd = Crowd.of(stage, members, times);
    TalkRun run = new TalkRun(stage, crowd, times);
    return crowd
        .connect()
        .compose(connected -> run.talk())
        .<LoadReport>map(cost -> TalkReport.of(stage.plan(), times, run, cost))
        .compose(report -> crowd.close().map(report));
  }
}
