package io.parley.faults;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.cli.history.Event;
import io.parley.cli.verify.Verification;
import io.parley.faults.FaultCluster.Seat;
import io.parley.fixtures.RestClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A machine's clock is an hour wrong; the one that measures how long things take is right. */
@EnabledIfSystemProperty(named = "parley.faults", matches = "all")
class ClockFaultsIT {
  private static final int WRONG = 2;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration LASTING = ofSeconds(10);
  private static final Duration ROUGHLY = Duration.ofMinutes(10);

  private static FaultCluster cluster;

  @BeforeAll
  static void start(@TempDir Path data) {
    StoresAway stores = StoresAway.of("127.0.0.1");
    List<Seat> seats = new Operated(data, stores).here(3);
    seats.get(WRONG).builder().main(FaultyNode.class);
    cluster = new FaultCluster(seats, List.of(stores::close));
  }

  @AfterEach
  void setRight() {
    FaultyControl.of(cluster.node(WRONG)).clock(Duration.ZERO);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void aClockJumpsAnHourAheadAndBack() throws Exception {
    FaultRun.of("a clock is an hour ahead for 10 s", cluster)
        .also(ClockFaultsIT::rightTimes)
        .strike(scene -> jump(scene, HOUR));
  }

  @Test
  void aClockJumpsAnHourBackAndAhead() throws Exception {
    FaultRun.of("a clock is an hour behind for 10 s", cluster)
        .also(ClockFaultsIT::rightTimes)
        .strike(scene -> jump(scene, HOUR.negated()));
  }

  /** The others keep all logs, the node says why it does not, and is let in again. */
  private static long jump(Scene scene, Duration by) {
    FaultyControl control = FaultyControl.of(cluster.node(WRONG));
    double before = cluster.count(0, "parley_log_ownership_changes_total");
    control.clock(by);
    scene.strikeNow("the clock jumps");
    cluster.awaitShared(0, 1);
    long changes = (long) (cluster.count(0, "parley_log_ownership_changes_total") - before);
    scene.pass(LASTING);
    RestClient.Answer ready =
        RestClient.anonymous(cluster.node(WRONG).adminPort()).get("/readyz").expect(503);
    assertThat(new String(ready.raw().body(), StandardCharsets.UTF_8))
        .contains("the clock is 3")
        .contains("the database's");
    control.clock(Duration.ZERO);
    cluster.awaitShared();
    return changes;
  }

  /** Whatever was shown to anybody says when it was written. */
  private static void rightTimes(Verification.Outcome outcome) {
    Instant now = Instant.now();
    assertThat(outcome.histories().stream().flatMap(history -> history.events().stream()))
        .filteredOn(Event.Received.class::isInstance)
        .isNotEmpty()
        .allSatisfy(
            event ->
                assertThat(Instant.ofEpochMilli(((Event.Received) event).entry().at()))
                    .isBetween(now.minus(ROUGHLY), now.plus(ROUGHLY)));
  }
}
