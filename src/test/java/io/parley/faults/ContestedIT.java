package io.parley.faults;

import static java.time.Duration.ofSeconds;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that each believe to own every room, while both serve clients. */
@EnabledIfSystemProperty(named = "parley.faults", matches = "all")
class ContestedIT {
  private static FaultCluster cluster;

  @BeforeAll
  static void start(@TempDir Path data) {
    cluster = FaultCluster.contested(data, Collections.nCopies(2, FaultCluster.ALL_ROLES));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void twoOwnersOfEveryRoomForAMoment() throws Exception {
    FaultRun.of("two owners of every room for 5 s", cluster)
        .clients(20, 3)
        .rooms(8)
        .rate(80)
        .strike(scene -> contend(scene, ofSeconds(5)));
  }

  @Test
  void twoOwnersOfEveryRoomForHalfAMinute() throws Exception {
    FaultRun.of("two owners of every room for 30 s", cluster)
        .strike(scene -> contend(scene, ofSeconds(30)));
  }

  /** Returns how often one was in the other's way. */
  private static long contend(Scene scene, Duration time) {
    double before = cluster.count("parley_log_conflicts_total");
    scene.strikeNow("both write");
    scene.pass(time);
    return (long) (cluster.count("parley_log_conflicts_total") - before);
  }
}
