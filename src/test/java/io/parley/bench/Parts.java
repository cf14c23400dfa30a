package io.parley.bench;

import io.parley.accounts.AuthenticatorCost;
import io.parley.bridge.FramesCost;
import io.parley.bridge.HubCost;
import io.parley.bridge.RequestCost;
import io.parley.bus.RecordCodecCost;
import io.parley.limits.RatesCost;
import io.parley.log.EntryJsonCost;
import io.parley.log.OwnerCost;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/** The small parts of which the way of a message is made, and how one is run. */
final class Parts {

  /** In the order in which a message passes them. */
  static final List<Part> ALL =
      List.of(
          new Part(RequestCost.class, "frame"),
          new Part(AuthenticatorCost.class, "request"),
          new Part(RatesCost.class, "question"),
          new Part(RecordCodecCost.class, "message"),
          new Part(OwnerCost.class, "post"),
          new Part(EntryJsonCost.class, "entry"),
          new Part(FramesCost.class, "batch"),
          new Part(HubCost.class, "delivery"));

  private Parts() {}

  /**
   * A class of benchmarks.
   *
   * @param unit of what there is one time
   */
  record Part(Class<?> type, String unit) {
    String name() {
      return type.getSimpleName().replace("Cost", "");
    }
  }

  /** Runs all benchmarks of a part, each with all its parameters. */
  static Collection<RunResult> run(Part part, ChainedOptionsBuilder how) {
    try {
      return new Runner(
              how.include("^" + part.type().getName().replace(".", "[.]") + "[.]")
                  .shouldFailOnError(true)
                  .build())
          .run();
    } catch (RunnerException broken) {
      throw new IllegalStateException(part.name() + " cannot be measured", broken);
    }
  }
}
