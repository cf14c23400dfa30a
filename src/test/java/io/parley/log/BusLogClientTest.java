package io.parley.log;

import static io.parley.log.OwnerFixture.await;
import static io.parley.log.OwnerFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.LocalOwnership;
import io.parley.log.LogApi.Append;
import io.parley.log.LogApi.Appended;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BusLogClientTest {
  private static final long ATTEMPT_MS = 1_500;
  private static final Appended DONE = new Appended(1, 1, 1, "cursor", "id", false);

  private final LogId room = Entries.room();
  private final Draft draft = Entries.message(Entries.user(), "c1");
  private final Queue<Future<Appended>> answers = new ConcurrentLinkedQueue<>();
  private final Queue<Append> asked = new ConcurrentLinkedQueue<>();
  private final Vertx vertx = Vertx.vertx();
  private final LocalOwnership ownership = new LocalOwnership("n", 1);
  private BusLogClient client;

  @BeforeEach
  void open() {
    Bus bus = Bus.over(vertx, List.of(LogApi.CONTRACT));
    client = new BusLogClient(vertx, bus, ownership, new Random(1));
    await(
        bus.answer(
            LogApi.APPEND.at("n/0"),
            append -> {
              asked.add(append);
              Future<Appended> answer = answers.poll();
              return answer == null ? Future.succeededFuture(DONE) : answer;
            }));
  }

  @AfterEach
  void close() {
    await(vertx.close());
  }

  private static Future<Appended> failing(Reason reason) {
    return Future.failedFuture(Failure.of(reason, "not now"));
  }

  @Test
  void itTriesAgainWithTheSameCidUntilTheOwnerIsFound() {
    answers.addAll(
        List.of(failing(Reason.NOT_OWNER), failing(Reason.UNAVAILABLE), failing(Reason.DRAINING)));

    assertThat(await(client.append(room, draft, Duration.ofSeconds(20)))).isEqualTo(DONE);
    assertThat(asked).hasSize(4).extracting(Append::draft).containsOnly(draft);
    assertThat(asked).extracting(Append::attempt).isSorted();
    assertThat(asked)
        .allSatisfy(each -> assertThat(each.deadline()).isGreaterThanOrEqualTo(each.attempt()));
  }

  @Test
  void aLostAnswerIsAskedForAgain() {
    answers.add(Promise.<Appended>promise().future());

    assertThat(await(client.append(room, draft, Duration.ofSeconds(20)))).isEqualTo(DONE);
    assertThat(asked).hasSize(2);
  }

  @Test
  void theAnswerOfANodeThatIsGoneIsNotWaitedFor() {
    answers.add(Promise.<Appended>promise().future());
    long begun = System.nanoTime();
    Future<Appended> appended = client.append(room, draft, Duration.ofSeconds(20));
    Awaitility.await().until(() -> asked.size() == 1);

    ownership.gone("another");
    ownership.gone("n");

    assertThat(await(appended)).isEqualTo(DONE);
    assertThat(asked).hasSize(2).extracting(Append::draft).containsOnly(draft);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(1_400));
  }

  @Test
  void whoAskedANodeThatIsGoneDoesNotKnowTheOutcome() {
    for (int i = 0; i < 1_000; i++) {
      answers.add(i == 0 ? Promise.<Appended>promise().future() : failing(Reason.UNAVAILABLE));
    }
    Future<Appended> appended = client.append(room, draft, Duration.ofMillis(900));
    Awaitility.await().until(() -> asked.size() == 1);

    ownership.gone("n");

    assertThat(refusal(appended)).isEqualTo(Reason.TIMEOUT);
    assertThat(asked).hasSizeGreaterThan(1);
  }

  /** The node that did not answer may be alive, and write what the other one refuses. */
  @Test
  void aRefusalIsNotBelievedWhileTheNodeAskedBeforeMayYetWrite() {
    answers.add(Promise.<Appended>promise().future());
    answers.add(failing(Reason.NOT_MEMBER));
    answers.add(failing(Reason.NOT_MEMBER));
    Future<Appended> appended = client.append(room, draft, Duration.ofSeconds(20));
    Awaitility.await().until(() -> asked.size() == 1);

    ownership.gone("n");

    assertThat(refusal(appended)).isEqualTo(Reason.NOT_MEMBER);
    List<Append> questions = List.copyOf(asked);
    assertThat(questions).hasSize(3);
    long asking = questions.get(2).attempt() - ATTEMPT_MS;
    assertThat(asking).isGreaterThanOrEqualTo(questions.get(0).attempt());
  }

  @Test
  void whatIsFinalIsNotAskedAgain() {
    for (Reason reason : List.of(Reason.BANNED, Reason.RATE_LIMITED, Reason.OVERLOADED)) {
      answers.add(failing(reason));
      assertThat(refusal(client.append(room, draft, Duration.ofSeconds(20)))).isEqualTo(reason);
    }
    assertThat(asked).hasSize(3);
  }

  @Test
  void inTheEndItSaysWhetherTheOutcomeIsKnown() {
    for (int i = 0; i < 1_000; i++) {
      answers.add(failing(Reason.UNAVAILABLE));
    }
    assertThat(refusal(client.append(room, draft, Duration.ofMillis(200))))
        .isEqualTo(Reason.UNAVAILABLE);
    answers.clear();
    answers.add(failing(Reason.TIMEOUT));
    for (int i = 0; i < 1_000; i++) {
      answers.add(failing(Reason.UNAVAILABLE));
    }
    assertThat(refusal(client.append(room, draft, Duration.ofMillis(200))))
        .isEqualTo(Reason.TIMEOUT);
  }

  @Test
  void withoutAnOwnerNobodyIsFound() {
    assertThat(refusal(client.admit(room, Entries.user(), 0))).isEqualTo(Reason.UNAVAILABLE);
  }
}
