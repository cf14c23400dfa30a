package io.parley.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When messages are due, and what is made of how long they took. */
class LoadTimesTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  @Test
  void atARateTimesRunFromWhenAMessageWasDue() {
    LoadTimes times = LoadTimes.atRate(2);
    times.begin(0, 100, 1_000 * MILLI);
    times.measureFrom(1);

    assertThat(times.due(7)).isEqualTo(1_070 * MILLI);
    times.lane(0).acknowledged(0, 1_900 * MILLI);
    times.lane(0).acknowledged(7, 1_075 * MILLI);
    times.lane(1).acknowledged(8, 1_100 * MILLI);
    times.rest().acknowledged(9, 1_100 * MILLI);

    assertThat(times.acks()).isEqualTo(4);
    assertThat(times.acknowledgedMicros().getTotalCount())
        .as("the warm-up is not timed")
        .isEqualTo(3);
    Latencies latencies = Latencies.of(times.acknowledgedMicros());
    assertThat(latencies.max()).isBetween(20.0, 20.1);
    assertThat(latencies.p50()).isBetween(10.0, 10.1);
  }

  @Test
  void withoutARateTheyRunFromWhenItWasSent() {
    LoadTimes times = LoadTimes.asSent(1);
    times.measureFrom(0);
    times.sent(5, 300 * MILLI);
    times.lane(0).delivered(5, 304 * MILLI);
    times.lane(0).delivered(5, 302 * MILLI);

    assertThat(times.deliveries()).isEqualTo(2);
    assertThat(Latencies.of(times.deliveredMicros()).max()).isBetween(4.0, 4.1);
  }

  @Test
  void aRateMayBeginWithAnyMessageAndEnd() {
    LoadTimes times = LoadTimes.asSent(1);
    times.begin(50, 10, 9_000 * MILLI);

    assertThat(times.due(50)).isEqualTo(9_000 * MILLI);
    assertThat(times.due(52)).isEqualTo(9_200 * MILLI);

    times.begin();
    times.sent(53, 7 * MILLI);
    assertThat(times.due(53)).isEqualTo(7 * MILLI);
  }

  @Test
  void whatCameBetweenTwoMomentsIsTheDifference() {
    LoadTimes times = LoadTimes.atRate(1);
    times.begin(0, 100, 0);
    times.measureFrom(0);
    times.lane(0).acknowledged(0, 5_000 * MILLI);
    times.lane(0).delivered(0, 7_000 * MILLI);
    times.lane(0).refused("MUTED", () -> "");
    Tally before = Tally.of(times);
    times.lane(0).acknowledged(1, 13 * MILLI);
    times.lane(0).acknowledged(2, 24 * MILLI);
    times.lane(0).delivered(1, 12 * MILLI);
    times.lane(0).refused("OVERLOADED", () -> "");
    times.lane(0).lost(2);
    Tally between = Tally.of(times).since(before);

    assertThat(between.acks()).isEqualTo(2);
    assertThat(between.deliveries()).isEqualTo(1);
    assertThat(between.refused()).isEqualTo(Map.of("OVERLOADED", 1L));
    assertThat(between.lost()).isEqualTo(2);
    assertThat(between.settled()).isEqualTo(5);
    assertThat(Latencies.of(between.acknowledgedMicros()).max()).isBetween(4.0, 4.1);
    assertThat(Latencies.of(between.deliveredMicros()).p99()).isBetween(2.0, 2.1);
  }

  @Test
  void everyPostIsSettledOnce() {
    List<Boolean> settled = new ArrayList<>();
    LoadTimes times = LoadTimes.asSent(1);
    times.onSettled(settled::add);

    times.lane(0).acknowledged(0, 1);
    times.lane(0).refused("RATE_LIMITED", () -> "RATE_LIMITED: slowly");
    times.lane(0).refused("MUTED", () -> "MUTED: no");
    times.lane(0).lost(2);
    times.lane(0).delivered(0, 1);

    assertThat(settled).containsExactly(true, false, false, false, false);
    assertThat(times.settled()).isEqualTo(5);
    assertThat(times.events()).isEqualTo(6);
    assertThat(times.firstRefusal()).isEqualTo("RATE_LIMITED: slowly");
    assertThat(times.refusalsByCode()).isEqualTo(Map.of("RATE_LIMITED", 1L, "MUTED", 1L));
    assertThat(times.losses()).isEqualTo(2);
  }

  @Test
  void closedSocketsAreCountedByReason() {
    LoadTimes times = LoadTimes.asSent(1);
    times.closed(4408, "slow");
    times.closed(4408, "slow");
    times.closed(1006, "");

    assertThat(times.closes()).isEqualTo(Map.of("4408 slow", 2L, "1006", 1L));
  }

  @Test
  void whatIsUsedIsSharedByWhatPeopleGot() {
    NodeUse node = new NodeUse("a", 3, 1, 5, 0, 0, 0, 0, Map.of(), 0, 0, 0, Commits.NONE);
    LoadCost before = new LoadCost(new Stock(10, List.of(node), 2, 1), 100, 1_000);
    NodeUse later = new NodeUse("a", 5, 1.5, 9, 0, 0, 0, 0, Map.of(), 0, 0, 0, Commits.NONE);
    LoadCost cost =
        new LoadCost(new Stock(20, List.of(later), 2.5, 1.25), 1_100, 251_000).since(before);
    Figures figures = Figures.of(cost);

    assertThat(figures.deliveriesPerSecond()).isEqualTo(25_000);
    assertThat(figures.postsPerSecond()).isEqualTo(100);
    assertThat(figures.cpuSecondsPerMillionDeliveries()).isEqualTo(8);
    assertThat(figures.cpuMicrosPerPost()).isEqualTo(2_000);
    assertThat(figures.storeMicrosPerPost()).isEqualTo(1_000);
    assertThat(figures.toolMicrosPerDelivery()).isEqualTo(1);
    assertThat(String.join("\n", Figures.lines(cost, figures)))
        .contains("server CPU 2.00 s, its stores 1.00 s, resident 0 MiB; this tool 0.25 s, 1.00 us")
        .contains("a million deliveries 8.00, us for a durable post 2000 (stores 1000)");
  }

  @Test
  void nothingIsDividedByNothing() {
    Figures figures = Figures.of(new LoadCost(new Stock(0, List.of(), 0, 0), 0, 0));

    assertThat(figures).isEqualTo(new Figures(0, 0, 0, 0, 0, 0));
  }

  @Test
  void whatASocketTakesIsReadOffBetweenTheFirstSampleWithSomeAndTheLast() {
    assertThat(
            IdleReport.slope(
                List.of(
                    new IdleReport.Sample(0, 0, 100, 0),
                    new IdleReport.Sample(10, 0, 5_000, 0),
                    new IdleReport.Sample(20, 0, 7_000, 0),
                    new IdleReport.Sample(30, 0, 9_000, 0))))
        .isEqualTo(200);
    assertThat(IdleReport.slope(List.of(new IdleReport.Sample(0, 0, 100, 0)))).isZero();
  }

  @Test
  void aDayHasEachDeedAsOftenAsItSays() {
    Map<Deed, Integer> counts = new EnumMap<>(Deed.class);
    for (int i = 0; i < 1_000; i++) {
      counts.merge(Deed.of(i / 1_000.0), 1, Integer::sum);
    }

    assertThat(counts.values()).containsExactly(300, 250, 200, 100, 50, 50, 50);
    assertThat(Deed.day()).startsWith("30 % post, 25 % move their read marker, 20 % type");
  }
}
