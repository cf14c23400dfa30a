package io.parley.faults;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.cli.history.Violation;
import io.parley.cli.history.Violation.Kind;
import io.parley.cli.verify.Verification;
import io.parley.cli.verify.VerifyPlan;
import io.parley.fixtures.ParleyProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Servers that break a promise, and a checker that must find it out. */
class SabotageIT {
  private static final Duration TIME = ofSeconds(4);

  @TempDir private Path data;

  @Test
  void aServerThatAcknowledgesBeforeItWritesLosesWhatItAcknowledged() throws Exception {
    try (Pair pair = sabotaged(Sabotage.ACK_BEFORE_WRITE, "")) {
      Verification.Outcome outcome =
          pair.verify(TIME, plan -> plan, nodes -> nodes.node(1).kill9());

      assertThat(kinds(outcome)).contains(Kind.LOST);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "parley.faults", matches = "all")
  void aServerThatOnlyRenumbersAfterAConflictTellsWrongPlaces() throws Exception {
    try (Pair pair = sabotaged(Sabotage.RENUMBERING, "forced")) {
      Verification.Outcome outcome = pair.verify(TIME, SabotageIT::impatient, nodes -> {});

      assertThat(kinds(outcome)).contains(Kind.MOVED);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "parley.faults", matches = "all")
  void withoutTheFenceTwoOwnersForkALog() throws Exception {
    try (Pair pair = sabotaged(Sabotage.NO_FENCE, "forced")) {
      Verification.Outcome outcome = pair.verify(TIME, SabotageIT::impatient, nodes -> {});

      assertThat(kinds(outcome)).contains(Kind.GAP);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "parley.faults", matches = "all")
  void aServerThatRepairsNothingLeavesReadersBehind() throws Exception {
    try (Pair pair = sabotaged(Sabotage.NO_REPAIR, "")) {
      Verification.Outcome outcome = pair.verify(TIME, SabotageIT::impatient, nodes -> {});

      assertThat(kinds(outcome)).contains(Kind.MISSED);
    }
  }

  private Pair sabotaged(Sabotage sabotage, String owner) {
    return new Pair(
        data, node -> jvm(node, "-Dparley.sabotage=" + sabotage.word(), "-Dparley.owner=" + owner));
  }

  private static ParleyProcess.Builder jvm(ParleyProcess.Builder node, String... arguments) {
    for (String each : arguments) {
      node.jvm(each);
    }
    return node;
  }

  /** What readers lack after this time they will never get. */
  private static VerifyPlan impatient(VerifyPlan plan) {
    return new VerifyPlan(
        plan.rest(),
        plan.bridges(),
        plan.clients(),
        plan.rooms(),
        plan.roomsEach(),
        plan.rate(),
        plan.duration(),
        ZERO,
        ZERO,
        plan.seed(),
        ofSeconds(5));
  }

  private static Set<Kind> kinds(Verification.Outcome outcome) {
    return outcome.violations().stream().map(Violation::kind).collect(Collectors.toSet());
  }
}
