package io.parley.faults;

import static org.awaitility.Awaitility.await;

import io.parley.cli.verify.Verification;
import io.parley.cli.verify.VerifyPlan;
import io.parley.fixtures.Await;
import io.parley.fixtures.FreePorts;
import io.parley.fixtures.ParleyProcess;
import io.parley.fixtures.Scraped;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two nodes on one data directory, both serving clients; the first one brings the stores. */
final class Pair implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pair.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Vertx vertx = Vertx.vertx();
  private final List<ParleyProcess> nodes;

  /** What is done to the nodes while clients talk. */
  interface Blow {
    void strike(Pair pair) throws Exception;
  }

  Pair(Path data, UnaryOperator<ParleyProcess.Builder> each) {
    List<ParleyProcess> starting =
        Stream.of(1, 2)
            .map(
                number ->
                    each.apply(
                            ParleyProcess.serve(data)
                                .with("--http-port", "" + FreePorts.one())
                                .with("--bridge-port", "" + FreePorts.one())
                                .withoutRates()
                                .main(FaultyNode.class)
                                .jvm("-Xmx384m"))
                        .start())
            .toList();
    starting.forEach(ParleyProcess::awaitReady);
    nodes =
        starting.stream()
            .sorted((a, b) -> Boolean.compare(bringsStores(b), bringsStores(a)))
            .toList();
    await("both in one cluster")
        .atMost(PATIENCE)
        .until(
            () ->
                nodes.stream().allMatch(node -> Scraped.value(node, "parley_cluster_nodes") == 2));
  }

  private static boolean bringsStores(ParleyProcess node) {
    return ProcessHandle.of(node.pid()).orElseThrow().descendants().findAny().isPresent();
  }

  /** The one whose end is not the end of the stores is the second. */
  ParleyProcess node(int number) {
    return nodes.get(number);
  }

  /** Lets clients talk, strikes in the middle, and judges what they saw. */
  Verification.Outcome verify(Duration time, UnaryOperator<VerifyPlan> special, Blow blow)
      throws Exception {
    long seed = Long.getLong("parley.seed", System.nanoTime());
    LOG.info("seed {}", seed);
    Consumer<String> progress = LOG::info;
    Verification verification =
        new Verification(
            vertx, special.apply(plan(time, seed)), client -> Writer.nullWriter(), progress);
    Await.of(verification.gather());
    Future<Void> talking = verification.talk();
    Await.of(vertx.timer(time.toMillis() / 2, TimeUnit.MILLISECONDS));
    blow.strike(this);
    Await.of(talking);
    Verification.Outcome outcome = Await.of(verification.conclude());
    outcome.violations().stream().limit(5).forEach(each -> LOG.warn("{}", each));
    return outcome;
  }

  private VerifyPlan plan(Duration time, long seed) {
    return new VerifyPlan(
        nodes.stream().map(node -> URI.create(node.url())).toList(),
        nodes.stream().map(node -> URI.create(node.bridgeUrl())).toList(),
        8,
        12,
        3,
        100,
        time,
        Duration.ZERO,
        Duration.ZERO,
        seed,
        Duration.ofSeconds(20));
  }

  @Override
  public void close() {
    nodes.get(1).close();
    nodes.get(0).close();
    Await.of(vertx.close());
  }
}
