package io.parley.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Time and garbage of each small part that a message passes, in processes of their own. */
class MicroBench {
  private static final int SECONDS = Integer.getInteger("parley.bench.seconds", 1);
  private static final int ROUNDS = Integer.getInteger("parley.bench.rounds", 5);
  private static final int WARM_UP = Integer.getInteger("parley.bench.warm-up", 5);
  private static final int FORKS = Integer.getInteger("parley.bench.forks", 2);

  /** A part, or some of its name; all without it. */
  private static final String ONLY = System.getProperty("parley.bench.part", "");

  private static final String GARBAGE = "gc.alloc.rate.norm";

  /** What a delivery is divided by: it is measured for a whole room. */
  private static final String SOCKETS = "sockets";

  @Test
  void costOfSmallParts() {
    Table table =
        new Table(
            "micro",
            String.format(
                Locale.ROOT, "%d processes, each %d rounds of %d s", FORKS, ROUNDS, SECONDS),
            "part",
            "of",
            "for each",
            "ns",
            "± ns",
            "bytes allocated");
    Parts.ALL.stream()
        .filter(part -> part.name().contains(ONLY))
        .forEach(part -> measure(table, part));
  }

  private static void measure(Table table, Parts.Part part) {
    Parts.run(part, thoroughly(part)).forEach(result -> row(table, part, result));
  }

  private static ChainedOptionsBuilder thoroughly(Parts.Part part) {
    return new OptionsBuilder()
        .forks(FORKS)
        .warmupIterations(WARM_UP)
        .warmupTime(TimeValue.seconds(SECONDS))
        .measurementIterations(ROUNDS)
        .measurementTime(TimeValue.seconds(SECONDS))
        .addProfiler(GCProfiler.class)
        .output(log(part).toString());
  }

  /** Where each round is told, for whoever wonders about a figure. */
  private static Path log(Parts.Part part) {
    try {
      return Files.createDirectories(Path.of("target", "bench")).resolve(part.name() + ".log");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void row(Table table, Parts.Part part, RunResult result) {
    BenchmarkParams params = result.getParams();
    double each =
        params.getParamsKeys().contains(SOCKETS) ? Double.parseDouble(params.getParam(SOCKETS)) : 1;
    Result<?> time = result.getPrimaryResult();
    String benchmark = params.getBenchmark();
    table.row(
        "| %s.%s | %s | %s | %,.1f | %,.1f | %,.0f |",
        part.name(),
        benchmark.substring(benchmark.lastIndexOf('.') + 1),
        params.getParamsKeys().stream()
            .map(key -> key + " " + params.getParam(key))
            .collect(Collectors.joining(", ")),
        part.unit(),
        time.getScore() / each,
        time.getScoreError() / each,
        result.getSecondaryResults().get(GARBAGE).getScore() / each);
  }
}
