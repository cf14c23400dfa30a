package io.parley.cli.load;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Stretches of talk, one after the other, by the same people over the same sockets. */
final class Stretches {
  private final Stage stage;
  private final Crowd crowd;
  private final LoadTimes times;
  private final List<Stretch> taken = new ArrayList<>();
  private int next;

  Stretches(Stage stage, Crowd crowd, LoadTimes times) {
    this.stage = stage;
    this.crowd = crowd;
    this.times = times;
  }

  /** One that nobody asks about later. */
  Future<Void> warmUp(LoadPlan plan) {
    return plan.duration().isZero() ? Future.succeededFuture() : run("warm-up", plan).mapEmpty();
  }

  /** One more, until all of it was answered and delivered. */
  Future<Stretch> take(String name, LoadPlan plan) {
    return run(name, plan).onSuccess(taken::add);
  }

  List<Stretch> taken() {
    return List.copyOf(taken);
  }

  private Future<Stretch> run(String name, LoadPlan plan) {
    stage.tell(name + ", for " + plan.duration().toSeconds() + " s");
    TalkRun run = new TalkRun(stage, plan, crowd, times, next);
    return stage
        .nodes()
        .take()
        .compose(
            before ->
                Watch.during(stage, run::talk)
                    .map(seen -> stretch(name, plan, run, seen, Peak.of(before))))
        .onSuccess(done -> next = run.next());
  }

  private static Stretch stretch(
      String name, LoadPlan plan, TalkRun run, Watch.Seen<LoadCost> seen, Peak before) {
    return Stretch.of(name, plan, run, run.tally(), seen.outcome(), before, seen.peak());
  }
}
