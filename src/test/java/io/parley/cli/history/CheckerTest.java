package io.parley.cli.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.cli.history.Violation.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checker finds every broken promise, and none where all were kept. */
class CheckerTest {
  private static final Logger LOG = LoggerFactory.getLogger(CheckerTest.class);
  private static final int VALID_RUNS = 100;
  private static final int DOCTORED_RUNS = 20;
  private static final Set<Kind> READERS =
      EnumSet.of(
          Kind.MISSED,
          Kind.REPEATED,
          Kind.SWAPPED,
          Kind.RESET,
          Kind.STALE,
          Kind.UNLIKE,
          Kind.UNANSWERED,
          Kind.UNHEARD);

  private final long seed = System.nanoTime();

  @Test
  void aServerThatKeepsItsPromisesIsNotAccused() {
    LOG.info("seed {}", seed);
    for (int i = 0; i < VALID_RUNS; i++) {
      GeneratedRun run = new GeneratedRun(seed + i);

      assertThat(check(run)).as("seed %d", seed + i).isEmpty();
    }
  }

  @Test
  void aGeneratedRunHasSomethingOfEverything() {
    LOG.info("seed {}", seed);
    GeneratedRun run = new GeneratedRun(seed);

    Set<Class<? extends Event>> kinds =
        run.histories().stream()
            .flatMap(history -> history.events().stream())
            .map(Event::getClass)
            .collect(Collectors.toSet());
    assertThat(kinds)
        .contains(
            Event.Send.class,
            Event.Acked.class,
            Event.Unknown.class,
            Event.Refused.class,
            Event.Resume.class,
            Event.Ready.class,
            Event.Received.class,
            Event.Shown.class);
    assertThat(run.logs.get("blue")).extracting(Entry::kind).contains("message", "kick", "join");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyBrokenPromiseIsFoundAndNamed(Kind kind) {
    LOG.info("seed {}", seed);
    for (int i = 0; i < DOCTORED_RUNS; i++) {
      GeneratedRun run = new GeneratedRun(seed + i);
      Doctor.Finding wanted = new Doctor(run, new Random(seed + i)).commit(kind);

      assertThat(check(run))
          .as("seed %d, %s", seed + i, wanted)
          .anyMatch(
              found ->
                  found.kind() == wanted.kind()
                      && found.room().equals("blue")
                      && (wanted.seq() == 0 || found.seq() == wanted.seq()));
    }
  }

  @Test
  void aMistakeThatTouchesOneReaderAccusesNothingElse() {
    LOG.info("seed {}", seed);
    for (Kind kind : READERS) {
      for (int i = 0; i < DOCTORED_RUNS; i++) {
        GeneratedRun run = new GeneratedRun(seed + i);
        new Doctor(run, new Random(seed + i)).commit(kind);

        assertThat(check(run))
            .as("%s, seed %d", kind, seed + i)
            .extracting(Violation::kind)
            .containsOnly(kind);
      }
    }
  }

  @Test
  void whatIsKeptIsReadBackAsItWas(@TempDir Path dir) {
    GeneratedRun run = new GeneratedRun(seed);
    Archive archive = new Archive(dir.resolve("kept"));
    for (History history : run.histories()) {
      try (Recorder recorder = new Recorder(archive.history(history.client()))) {
        history.events().forEach(recorder::add);
        assertThat(recorder.history()).isEqualTo(history);
      }
    }
    assertThat(archive.complete()).isFalse();
    archive.keep(run.logs());

    assertThat(archive.complete()).isTrue();
    assertThat(archive.histories()).isEqualTo(run.histories());
    assertThat(archive.logs()).extracting(RoomLog::room).containsExactly("blue", "red");
    for (RoomLog log : archive.logs()) {
      assertThat(log.entries()).isEqualTo(run.logs.get(log.room()));
    }
  }

  @Test
  void aReaderWhoIsThereToTheEndHasToHaveTheEnd() {
    LOG.info("seed {}", seed);
    GeneratedRun run = new GeneratedRun(seed);
    long head = run.logs.get("red").size();
    run.histories
        .get("user-1")
        .removeIf(
            event ->
                event instanceof Event.Received received
                    && received.room().equals("red")
                    && received.entry().seq() == head);

    List<Violation> missed =
        check(run).stream().filter(found -> found.kind() == Kind.MISSED).toList();
    run.histories.get("user-1").add(new Event.Ended(Long.MAX_VALUE, "red", 1, "left"));
    List<Violation> afterLeaving = check(run);

    assertThat(missed).isNotEmpty();
    assertThat(afterLeaving).isEmpty();
  }

  @Test
  void aStuckRoomIsAccusedOnceForAllPostsThatNobodyAnswered() {
    List<Event> events = new ArrayList<>(List.of(new Event.Began(0, "client", "user")));
    for (String cid : List.of("one", "two", "three")) {
      events.add(new Event.Send(1, "red", cid, "digest", 1, 1));
      events.add(new Event.Unknown(2, "red", cid, "TIMEOUT: was it you?"));
    }
    events.add(new Event.Refused(3, "red", "two", "MUTED"));

    List<Violation> found =
        Checker.check(
            List.of(new History(events)),
            List.of(new RoomLog("red", List.of()), new RoomLog("blue", List.of())));

    assertThat(found)
        .singleElement()
        .extracting(Violation::toString)
        .asString()
        .contains("UNANSWERED room red", "cid one", "2 posts", "TIMEOUT: was it you?");
  }

  private static List<Violation> check(GeneratedRun run) {
    return Checker.check(run.histories(), run.logs());
  }
}
