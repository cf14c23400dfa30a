package io.parley.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.cli.history.Archive;
import io.parley.cli.history.Violation;
import io.parley.cli.verify.Verification;
import io.parley.cli.verify.VerifyCommand;
import io.parley.cli.verify.VerifyPlan;
import io.parley.fixtures.Await;
import io.parley.fixtures.FreePorts;
import io.parley.fixtures.ParleyProcess;
import io.parley.fixtures.StoreSql;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** An operator has a node proven. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerifyIT {
  private static final Logger LOG = LoggerFactory.getLogger(VerifyIT.class);

  private Path dir;
  private ParleyProcess node;

  @BeforeAll
  void start(@TempDir Path shared) {
    dir = shared;
    node =
        ParleyProcess.serve(data())
            .with("--http-port", Integer.toString(FreePorts.one()))
            .with("--bridge-port", Integer.toString(FreePorts.one()))
            .withoutRates()
            .start()
            .awaitReady();
  }

  @AfterAll
  void stop() {
    node.close();
  }

  @Test
  void aNodeKeepsItsPromisesAndARunThatIsKeptCanBeCheckedAgain() throws IOException {
    Path kept = dir.resolve("kept");
    try (ParleyProcess verify =
        ParleyProcess.command("verify", dir)
            .without("--data")
            .with("--url", node.url())
            .with("--bridge", node.bridgeUrl())
            .with("--clients", "8")
            .with("--rooms", "3")
            .with("--rate", "80")
            .with("--duration", "5")
            .with("--cut-every", "1")
            .with("--kick-every", "0.5")
            .with("--history", kept.toString())
            .start()) {
      assertThat(verify.awaitExit()).as("%s", verify.output()).isZero();
      assertThat(verify.output()).contains("no promise was broken");
      tell(verify.output());
    }
    check(kept, 0, "no promise was broken");

    loseAnEntry(kept.resolve("store.jsonl"));
    check(kept, 1, "promises were broken");
  }

  /** The store takes no more entries of one room, and nobody may come back into any. */
  @Test
  void aRoomThatIsStuckIsABrokenPromise() {
    Path kept = dir.resolve("stuck");
    Vertx vertx = Vertx.vertx();
    try {
      Archive archive = new Archive(kept);
      Verification verification =
          new Verification(vertx, impatient(plan()), archive::history, LOG::info);
      Await.of(verification.gather());
      String stuck = StoreSql.in(data()).run("select max(id::text) from rooms").orElseThrow();
      obstruct("log_entries", "new.log = '" + stuck + "'");
      obstruct("room_members", "true");
      Await.of(verification.talk());
      Verification.Outcome outcome = Await.of(verification.conclude());
      archive.keep(outcome.logs());

      LOG.info("{}", outcome.violations());
      assertThat(outcome.violations())
          .extracting(Violation::kind)
          .contains(Violation.Kind.UNHEARD)
          .doesNotContain(Violation.Kind.LOST);
      assertThat(outcome.violations())
          .filteredOn(found -> found.kind() == Violation.Kind.UNANSWERED)
          .extracting(Violation::room)
          .containsExactly(stuck);
    } finally {
      StoreSql.in(data()).run("drop function obstruct() cascade");
      Await.of(vertx.close());
    }
    check(kept, 1, "posts were never answered");
  }

  private Path data() {
    return dir.resolve("data");
  }

  /** As a conflict that never ends. */
  private void obstruct(String table, String when) {
    StoreSql store = StoreSql.in(data());
    store.run(
        """
        create or replace function obstruct() returns trigger language plpgsql as
        $$ begin raise 'obstructed' using errcode = '40001'; end $$""");
    store.run(
        "create trigger obstruct before insert on "
            + table
            + " for each row when ("
            + when
            + ") execute function obstruct()");
  }

  private static VerifyPlan impatient(VerifyPlan plan) {
    return new VerifyPlan(
        plan.rest(),
        plan.bridges(),
        plan.clients(),
        plan.rooms(),
        plan.roomsEach(),
        plan.rate(),
        Duration.ofSeconds(4),
        plan.cutEvery(),
        Duration.ofMillis(300),
        plan.seed(),
        Duration.ofSeconds(4));
  }

  private VerifyPlan plan() {
    long seed = System.nanoTime();
    LOG.info("seed {}", seed);
    return new VerifyPlan(
        List.of(URI.create(node.url())),
        List.of(URI.create(node.bridgeUrl())),
        8,
        3,
        3,
        80,
        Duration.ofSeconds(8),
        Duration.ofSeconds(2),
        Duration.ofSeconds(1),
        seed,
        Duration.ofSeconds(30));
  }

  private static void check(Path kept, int code, String verdict) {
    StringWriter out = new StringWriter();
    CommandLine verify = new CommandLine(new VerifyCommand()).setOut(new PrintWriter(out));

    assertThat(verify.execute("--check", kept.toString())).as("%s", out).isEqualTo(code);
    assertThat(out.toString()).contains(verdict);
  }

  /** As if the store had forgotten a message that it has acknowledged. */
  private static void loseAnEntry(Path store) throws IOException {
    List<String> lines = Files.readAllLines(store, StandardCharsets.UTF_8);
    String lost =
        lines.stream().filter(line -> line.contains("\"message\"")).findFirst().orElseThrow();
    Files.write(store, lines.stream().filter(line -> !line.equals(lost)).toList());
  }

  private static void tell(List<String> output) {
    output.forEach(LOG::info);
  }
}
