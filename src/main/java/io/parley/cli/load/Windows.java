package io.parley.cli.load;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What is used in a stretch of time. */
final class Windows {
  private Windows() {}

  /** For the duration of the plan, after its warm-up. */
  static Future<Stock> of(Stage stage, String what) {
    LoadPlan plan = stage.plan();
    stage.tell(what + ", for " + plan.duration().toSeconds() + " s");
    return pause(stage, plan.warmUp().toMillis())
        .compose(settled -> during(stage, () -> pause(stage, plan.duration().toMillis())));
  }

  /** While something is done. */
  static Future<Stock> during(Stage stage, Supplier<Future<Void>> deed) {
    return stage
        .nodes()
        .take()
        .compose(
            before ->
                deed.get().compose(done -> stage.nodes().take()).map(after -> after.since(before)));
  }

  private static Future<Void> pause(Stage stage, long millis) {
    return stage.vertx().timer(millis + 1, TimeUnit.MILLISECONDS).mapEmpty();
  }
}
