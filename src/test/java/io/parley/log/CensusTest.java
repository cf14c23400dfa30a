package io.parley.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CensusTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.over(vertx, List.of(CensusApi.CONTRACT));
  private final Set<String> nodes = ConcurrentHashMap.newKeySet();
  private final AtomicLong ahead = new AtomicLong();

  @AfterEach
  void close() {
    Await.of(vertx.close());
  }

  @Test
  void untilOneIsReadyNobodyOwnsAnything() {
    Census one = census("one");

    assertThatThrownBy(() -> one.of(0))
        .isInstanceOfSatisfying(
            Failure.class, no -> assertThat(no.reason()).isEqualTo(Reason.UNAVAILABLE));
    Await.of(one.ready(2));
    assertThat(shares(one)).containsOnly("one/0", "one/1");
  }

  @Test
  void allAgreeOnWhoOwnsWhat() {
    List<Census> all = List.of(census("one"), census("two"), census("edge"));
    Await.of(all.get(0).ready(2));
    Await.of(all.get(1).ready(1));

    for (Census each : all) {
      await().atMost(PATIENCE).until(() -> shares(each).equals(shares(all.get(2))));
      assertThat(Set.copyOf(shares(each))).containsOnly("one/0", "one/1", "two/0");
    }
  }

  @Test
  void whoeverComesLateLearnsWhoIsReady() {
    Census early = census("early");
    Await.of(early.ready(1));
    Census late = census("late");

    await().atMost(PATIENCE).until(() -> owned(late) && shares(late).contains("early/0"));
  }

  @Test
  void aNodeThatDrainsHandsEverythingOverAtOnce() {
    Census going = census("going");
    Census staying = census("staying");
    Await.of(going.ready(1));
    Await.of(staying.ready(1));
    await().atMost(PATIENCE).until(() -> shares(going).contains("staying/0"));
    Queue<Set<String>> told = new ConcurrentLinkedQueue<>();
    going.watch(told::add);

    Await.of(going.drain());

    assertThat(shares(going)).containsOnly("staying/0");
    await().pollInterval(Duration.ofMillis(5)).until(() -> !shares(staying).contains("going/0"));
    assertThat(going.term(0) + staying.term(0)).isPositive();
    assertThat(told).isNotEmpty().containsOnly(Set.of());
  }

  @Test
  void aNodeThatLeftTheClusterOwnsNothing() {
    Census here = census("here");
    Census gone = census("gone");
    Await.of(here.ready(1));
    Await.of(gone.ready(1));
    await().atMost(PATIENCE).until(() -> shares(here).contains("gone/0"));
    Queue<Set<String>> told = new ConcurrentLinkedQueue<>();
    here.watch(told::add);

    nodes.remove("gone");

    await().atMost(PATIENCE).until(() -> told.contains(Set.of("gone")));
    assertThat(shares(here)).doesNotContain("gone/0");
    await().atMost(PATIENCE).until(() -> Set.copyOf(shares(here)).equals(Set.of("here/0")));
  }

  @Test
  void afterAPauseNothingIsBelievedUntilItIsAskedAnew() {
    Census here = census("here");
    Await.of(here.ready(1));
    long term = here.term(0);

    ahead.addAndGet(Duration.ofMinutes(1).toNanos());

    await().atMost(PATIENCE).until(() -> owned(here) && here.term(0) >= term + 2);
  }

  @Test
  void aNodeThatIsThereButDoesNotAnswerOwnsNothing() {
    nodes.add("mute");
    Census here = census("here");
    Await.of(here.ready(1));

    assertThat(Set.copyOf(shares(here))).containsOnly("here/0");
    assertThat(here.unheard()).isZero();
  }

  @Test
  void aNodeThatIsUnfitLeavesEverythingToThoseThatAreFit() {
    Census ill = census("ill");
    Census well = census("well");
    Await.of(ill.ready(1));
    Await.of(well.ready(1));
    await().atMost(PATIENCE).until(() -> shares(well).contains("ill/0"));

    Await.of(ill.fit(false));

    assertThat(shares(ill)).containsOnly("well/0");
    await().atMost(PATIENCE).until(() -> !shares(well).contains("ill/0"));
    Await.of(ill.fit(true));
    await().atMost(PATIENCE).until(() -> shares(well).contains("ill/0"));
  }

  @Test
  void whereNobodyIsFitTheUnfitShareEverything() {
    Census one = census("one");
    Census two = census("two");
    Await.of(one.fit(false));
    Await.of(one.ready(1));
    Await.of(two.ready(1));
    await().atMost(PATIENCE).until(() -> Set.copyOf(shares(one)).equals(Set.of("two/0")));

    Await.of(two.fit(false));

    await().atMost(PATIENCE).until(() -> shares(one).contains("two/0"));
    assertThat(shares(one)).contains("one/0");
  }

  @Test
  void whoDrainsOwnsNothingHoweverFit() {
    Census going = census("going");
    Await.of(going.ready(1));
    Await.of(going.drain());

    Await.of(going.fit(false));
    Await.of(going.fit(true));

    assertThat(owned(going)).isFalse();
  }

  @Test
  void eachKnowsWhatTheClocksOfTheOthersSay() {
    Census here = census("here");
    long hours = TimeUnit.HOURS.toNanos(3);
    census("there", () -> System.nanoTime() + hours);

    await().atMost(PATIENCE).until(() -> told(here, "there"));
    long known = here.clock("there");
    long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() + hours);
    assertThat(known).isBetween(now - TimeUnit.HOURS.toMillis(1), now);
    assertThat(told(here, "nobody")).isFalse();
  }

  private static boolean told(Census census, String node) {
    try {
      return census.clock(node) != Long.MIN_VALUE;
    } catch (Failure never) {
      return false;
    }
  }

  private Census census(String node) {
    return census(node, () -> System.nanoTime() + ahead.get());
  }

  private Census census(String node, LongSupplier nanos) {
    nodes.add(node);
    Census census =
        new Census(vertx, bus, node, () -> Set.copyOf(nodes), nanos, new SimpleMeterRegistry());
    Await.of(census.start());
    return census;
  }

  private static boolean owned(Census census) {
    try {
      return !shares(census).isEmpty();
    } catch (Failure nobody) {
      return false;
    }
  }

  private static List<String> shares(Census census) {
    return IntStream.range(0, LogId.SHARDS).mapToObj(shard -> census.of(shard).place()).toList();
  }
}
