package io.parley.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.cli.load.socket.Framing;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How people are spread, and how much there is to come. */
class LoadPlanTest {
  private static final List<URI> NODES =
      IntStream.range(0, 3).mapToObj(i -> URI.create("http://n" + i)).toList();

  static LoadPlan plan(int members, int rooms, int rate) {
    return new LoadPlan(
        Scenario.TALK,
        NODES,
        NODES,
        LoadPlan.Via.SOCKET,
        Framing.RAW,
        1,
        members,
        rooms,
        rate,
        0,
        100,
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        1,
        0,
        5,
        1,
        1,
        1);
  }

  @Test
  void theMembersOfEachRoomAreSpreadEvenlyOverTheNodes() {
    LoadPlan plan = plan(18, 3, 1);

    for (int room = 0; room < 3; room++) {
      int first = room;
      Map<URI, Long> spread =
          IntStream.range(0, 18)
              .filter(member -> plan.room(member) == first)
              .mapToObj(plan::bridge)
              .collect(Collectors.groupingBy(node -> node, Collectors.counting()));
      assertThat(spread.values()).containsExactly(2L, 2L, 2L);
    }
  }

  @Test
  void theRestOfTheMembersIsInTheFirstRooms() {
    LoadPlan plan = plan(11, 4, 1);

    assertThat(IntStream.range(0, 4).map(plan::roomSize)).containsExactly(3, 3, 3, 2);
    for (int room = 0; room < 4; room++) {
      int each = room;
      assertThat(IntStream.range(0, 11).filter(member -> plan.room(member) == each))
          .hasSize(plan.roomSize(room));
    }
  }

  @Test
  void everyMessageIsReceivedByAllOfItsRoom() {
    LoadPlan plan = plan(11, 4, 1);

    for (int messages : new int[] {0, 1, 4, 11, 12, 100}) {
      long counted =
          IntStream.range(0, messages)
              .mapToLong(number -> plan.roomSize(plan.room(number % 11)))
              .sum();
      assertThat(plan.receptions(messages)).as("of %d", messages).isEqualTo(counted);
    }
  }

  @Test
  void aStretchHasAPaceOfItsOwn() {
    LoadPlan stretch = plan(12, 3, 40).paced(10, 5, Duration.ofSeconds(3));

    assertThat(stretch.messages()).isEqualTo(30);
    assertThat(stretch.warmUpMessages()).isZero();
    assertThat(stretch.closedLoop()).isTrue();
    assertThat(plan(12, 3, 40).among(9).roomSize(0)).isEqualTo(3);
  }

  @Test
  void theWarmUpIsPartOfWhatIsSent() {
    assertThat(plan(1, 1, 40).messages()).isEqualTo(100);
    assertThat(plan(1, 1, 40).warmUpMessages()).isEqualTo(20);
  }
}
